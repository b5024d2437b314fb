package io.adversight.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line that makes a result again. */
final class CommandWords {
  private CommandWords() {}

  static List<String> of(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of("adversight"));
    List<String> given = spec.commandLine().getParseResult().originalArgs();
    if (given.isEmpty() || !given.get(0).equals(spec.name())) {
      words.add(spec.name());
    }
    words.addAll(given);
    return List.copyOf(words);
  }
}
