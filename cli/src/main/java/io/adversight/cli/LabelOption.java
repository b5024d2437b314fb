package io.adversight.cli;

import io.adversight.data.ClassChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The true class of images. */
final class LabelOption {
  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description = "the true class of the images, by name or index (default: the predicted one)")
  @Nullable String either;

  @Option(
      names = "--label-index",
      paramLabel = "N",
      description = "the same by index, where the classes' names are numbers")
  @Nullable String index;

  @Option(
      names = "--label-name",
      paramLabel = "NAME",
      description = "the same by name, where the classes' names are numbers")
  @Nullable String name;

  /** The class as it was named; empty if it was not. */
  Optional<ClassChoice> label() {
    return ClassWord.choice("--label", either, index, name);
  }
}
