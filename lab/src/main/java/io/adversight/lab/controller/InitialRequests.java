package io.adversight.lab.controller;

import io.adversight.lab.http.Json;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.PanelState;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The requests that the page sends as soon as it is first opened. */
public final class InitialRequests {
  private static final int POINTS = 25;

  private record Update(String type, PanelState state, boolean resting) {}

  private record Maps(String type, PanelState state, List<AlgorithmChoice> methods) {}

  private record Curves(
      String type, PanelState state, List<Double> epsilons, List<Integer> classes) {}

  private InitialRequests() {}

  /** The questions: the changed image, its heat maps, and the curves over epsilon. */
  public static List<JsonNode> requests() {
    AboutController.Defaults first = InitialState.DEFAULTS;
    PanelState state =
        new PanelState(
            first.model(),
            first.image(),
            null,
            AlgorithmChoice.of(first.attack()),
            first.norm(),
            first.epsilon(),
            null,
            null,
            null,
            null,
            null,
            null);
    List<AlgorithmChoice> methods = first.methods().stream().map(AlgorithmChoice::of).toList();
    List<Double> epsilons =
        IntStream.rangeClosed(1, POINTS).mapToObj(i -> 2.0 * i / POINTS * first.epsilon()).toList();
    return List.of(
        Json.tree((Object) new Update("update", state, true)),
        Json.tree((Object) new Maps("maps", state, methods)),
        Json.tree((Object) new Curves("curves", state, epsilons, List.of())));
  }
}
