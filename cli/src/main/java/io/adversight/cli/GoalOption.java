package io.adversight.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an attack should lead. */
final class GoalOption {
  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "the class to be predicted, by index or name (default: any wrong one)")
  @Nullable String target;
}
