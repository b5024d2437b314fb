package io.adversight.cli;

import io.adversight.data.Labels;
import java.io.PrintWriter;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which class is explained. */
final class ClassOption {
  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "the class that is explained, by name or index (default: the predicted one)")
  @Nullable String either;

  @Option(
      names = "--class-index",
      paramLabel = "N",
      description = "the same by index, where the classes' names are numbers")
  @Nullable String index;

  @Option(
      names = "--class-name",
      paramLabel = "NAME",
      description = "the same by name, where the classes' names are numbers")
  @Nullable String name;

  /** The class; empty if none was named. */
  OptionalInt in(Labels labels, PrintWriter err) {
    return ClassWord.index(ClassWord.choice("--class", either, index, name), labels, err);
  }
}
