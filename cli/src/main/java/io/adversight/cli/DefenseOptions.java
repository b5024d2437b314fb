package io.adversight.cli;

import io.adversight.catalog.DefenseText;
import io.adversight.defense.DefenseChain;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What stands in front of the network. */
final class DefenseOptions {
  @Option(
      names = "--defense",
      paramLabel = "NAME[(NAME=VALUE)][,NAME]",
      description = {
        "input transformations in front of the network, such as jpeg(quality=50),bit-depth; see:",
        "adversight catalog. Attacks and explanations know of them"
      })
  @Nullable String defense;

  @Option(
      names = "--defense-draws",
      paramLabel = "N",
      description = "draws of the expectation that a gradient through a random defence is (16)")
  @Nullable Integer draws;

  /**
   * The defence that was asked for.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  Optional<DefenseChain> chain() {
    if (defense == null && draws != null) {
      throw new InputException("--defense-draws goes with --defense, such as random-resize");
    }
    return Optional.ofNullable(defense).map(DefenseText::parse);
  }

  /** The network behind a defence; itself without one. */
  GraphClassifier before(GraphClassifier network, Optional<DefenseChain> chain) {
    if (chain.isEmpty()) {
      return network;
    }
    GraphClassifier behind =
        chain.get().before(network, draws == null ? DefenseChain.DRAWS : draws);
    System.err.println( // the options know no command's writer
        "note: %s; gradients: %s".formatted(behind.card().nameInResults(), behind.gradients()));
    return behind;
  }

  /**
   * Refuses a defence where it would change nothing.
   *
   * @throws IllegalArgumentException if one was asked for
   */
  void refuse(String why) {
    if (chain().isPresent()) {
      throw new InputException(why + "; leave --defense out");
    }
  }
}
