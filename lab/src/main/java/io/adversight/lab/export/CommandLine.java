package io.adversight.lab.export;

import io.adversight.lab.panel.Choice;
import io.adversight.lab.panel.PanelState;
import io.adversight.lab.panel.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The command that makes the same on a command line. */
final class CommandLine {
  private CommandLine() {}

  static List<String> of(PanelState state, Situation situation, List<Choice> methods) {
    List<String> words = new ArrayList<>();
    add(words, "./adversight", "attack", "--model", state.model());
    add(words, "--attack", state.attack().id());
    parameters(words, state.attack());
    if (situation.isBounded()) {
      add(words, "--epsilon", Double.toString(situation.epsilon()));
    }
    add(words, "--norm", situation.norm().name().toUpperCase(Locale.ROOT));
    if (situation.label() != situation.subject().prediction().top()) {
      add(words, "--label", Integer.toString(situation.label()));
    }
    if (situation.target().isPresent()) {
      add(words, "--target", Integer.toString(situation.target().getAsInt()));
    }
    if (situation.seed() != 0) {
      add(words, "--seed", Long.toString(situation.seed()));
    }
    String named = methods.stream().map(Choice::id).distinct().collect(Collectors.joining(","));
    add(words, "--method", named.isEmpty() ? "none" : named);
    methods.forEach(method -> parameters(words, method));
    words.add("clean.npy");
    return words;
  }

  private static void parameters(List<String> words, Choice choice) {
    Map<String, String> parameters = choice.algorithm().parameters();
    parameters.keySet().stream()
        .sorted()
        .forEach(
            name ->
                words.add(
                    "--%s.%s=%s".formatted(choice.id(), name, parameters.getOrDefault(name, ""))));
  }

  private static void add(List<String> words, String... more) {
    words.addAll(List.of(more));
  }

  /** The words as a shell takes them. */
  static String quoted(List<String> words) {
    return words.stream()
        .map(
            word ->
                word.matches("[A-Za-z0-9_./:=,+-]+")
                    ? word
                    : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
