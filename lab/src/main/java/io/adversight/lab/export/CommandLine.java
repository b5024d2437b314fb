package io.adversight.lab.export;

import io.adversight.catalog.Numbers;
import io.adversight.defense.DefenseChain;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.Defenses;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.GraphClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command that makes the same on a command line. */
public final class CommandLine {
  private CommandLine() {}

  static List<String> of(PanelState state, PanelRequest request, List<AlgorithmChoice> methods) {
    List<String> words = new ArrayList<>();
    add(words, "./adversight", "attack", "--model", state.model());
    words.addAll(labelSet(request.opened().labelSet()));
    if (request.isAdaptive()) {
      words.addAll(defense(state.defenses(), request.network()));
    }
    add(words, "--attack", state.attack().id());
    words.addAll(parameters(state.attack()));
    if (request.isBounded()) {
      add(words, "--epsilon", epsilon(request.epsilon()));
    }
    add(words, "--norm", request.norm().name().toUpperCase(Locale.ROOT));
    if (request.label() != request.subject().prediction().top()) {
      add(words, "--label", Integer.toString(request.label()));
    }
    if (request.target().isPresent()) {
      add(words, "--target", Integer.toString(request.target().getAsInt()));
    }
    if (request.seed() != 0) {
      add(words, "--seed", Long.toString(request.seed()));
    }
    String named =
        methods.stream().map(AlgorithmChoice::id).distinct().collect(Collectors.joining(","));
    add(words, "--method", named.isEmpty() ? "none" : named);
    methods.forEach(method -> words.addAll(parameters(method)));
    words.add("clean.npy");
    return words;
  }

  /** The command that shows a network behind its defences what an attack made without them. */
  static List<String> behind(PanelState state, PanelRequest request) {
    List<String> words = new ArrayList<>();
    add(words, "./adversight", "predict", "--model", state.model());
    words.addAll(labelSet(request.opened().labelSet()));
    words.addAll(defense(state.defenses(), request.network()));
    words.add("adversarial.npy");
    return words;
  }

  /** The option of the independent labels that are decided on; none where there is no choice. */
  public static List<String> labelSet(@Nullable List<Integer> labels) {
    return labels == null || labels.isEmpty()
        ? List.of()
        : List.of(
            "--label-set", labels.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** The options of the defences in front of a network; none where there are no defences. */
  public static List<String> defense(
      @Nullable List<AlgorithmChoice> choices, GraphClassifier network) {
    List<String> words = new ArrayList<>();
    Defenses.chain(choices)
        .ifPresent(
            chain -> {
              add(words, "--defense", chain.toString());
              int draws = Defenses.draws(network);
              if (chain.isRandom() && draws != DefenseChain.DRAWS) {
                add(words, "--defense-draws", Integer.toString(draws));
              }
            });
    return words;
  }

  /** The options of an algorithm's changed parameters, in the order of their names. */
  public static List<String> parameters(AlgorithmChoice choice) {
    return new TreeMap<>(choice.algorithm().parameters())
        .entrySet().stream()
            .map(set -> "--%s.%s=%s".formatted(choice.id(), set.getKey(), set.getValue()))
            .toList();
  }

  /**
   * An epsilon as people write it, {@code 4/255} or {@code 4.5/255}, where that is exactly the same
   * number, else with all digits.
   */
  public static String epsilon(double epsilon) {
    double halves = Math.rint(510 * epsilon);
    String levels =
        halves % 2 == 0 ? Long.toString((long) halves / 2) : Double.toString(halves / 2);
    return epsilon > 0 && Numbers.read(levels + "/255") == epsilon
        ? levels + "/255"
        : Double.toString(epsilon);
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
