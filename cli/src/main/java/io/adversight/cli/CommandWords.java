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
    List<String> names = List.of(spec.qualifiedName().split(" ")); // adversight universal craft
    String first = names.get(Math.min(1, names.size() - 1));
    if (given.isEmpty() || !given.get(0).equals(first)) {
      words.addAll(names.subList(Math.min(1, names.size() - 1), names.size()));
    }
    words.addAll(given);
    return List.copyOf(words);
  }
}
