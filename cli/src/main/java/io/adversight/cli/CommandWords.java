package io.adversight.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The command line that makes a result again. */
final class CommandWords {
  private CommandWords() {}

  static List<String> of(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of("adversight", spec.name()));
    words.addAll(spec.commandLine().getParseResult().originalArgs());
    return List.copyOf(words);
  }
}
