package io.adversight.cli;

import io.adversight.data.ClassChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an attack should lead. */
final class GoalOption {
  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "the class to be predicted, by name or index (default: any wrong one)")
  @Nullable String either;

  @Option(
      names = "--target-index",
      paramLabel = "N",
      description = "the same by index, where the classes' names are numbers")
  @Nullable String index;

  @Option(
      names = "--target-name",
      paramLabel = "NAME",
      description = "the same by name, where the classes' names are numbers")
  @Nullable String name;

  /** The class as it was named; empty for an untargeted attack. */
  Optional<ClassChoice> target() {
    return ClassWord.choice("--target", either, index, name);
  }
}
