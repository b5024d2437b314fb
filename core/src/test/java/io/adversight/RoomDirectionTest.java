package io.adversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inside a package the arrows between its rooms (sub-packages) all point one way. */
class RoomDirectionTest {
  /**
   * Each room with the rooms of its package that it may use; a name alone is the package's root.
   */
  private static final Map<String, List<String>> ALLOWED = allowed();

  private static Map<String, List<String>> allowed() {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    rooms.put("attack.problem", List.of());
    rooms.put("attack.corruption", List.of());
    rooms.put("attack", List.of("attack.problem"));
    rooms.put("attack.iteration", List.of("attack.problem"));
    rooms.put("attack.fooling", List.of("attack.problem"));
    rooms.put("attack.transform", List.of("attack", "attack.problem"));
    rooms.put("attack.latent", List.of("attack", "attack.problem"));
    rooms.put("attack.minimal", List.of("attack", "attack.problem", "attack.iteration"));
    rooms.put("attack.learned", List.of("attack", "attack.problem"));
    rooms.put(
        "attack.gradient",
        List.of("attack", "attack.problem", "attack.iteration", "attack.corruption"));
    rooms.put(
        "attack.universal",
        List.of("attack", "attack.problem", "attack.iteration", "attack.minimal"));
    rooms.put(
        "attack.blackbox",
        List.of("attack", "attack.problem", "attack.iteration", "attack.gradient"));
    rooms.put(
        "attack.composite",
        List.of(
            "attack", "attack.problem", "attack.gradient", "attack.minimal", "attack.blackbox"));
    rooms.put("graph.operator", List.of());
    rooms.put("graph", List.of("graph.operator"));
    rooms.put("graph.backward", List.of("graph", "graph.operator"));
    rooms.put("graph.derivative", List.of("graph", "graph.operator"));
    rooms.put("graph.onnx", List.of("graph", "graph.operator"));
    rooms.put("graph.training", List.of("graph", "graph.operator"));
    rooms.put("metric", List.of());
    rooms.put("metric.numeric", List.of("metric"));
    rooms.put("metric.difference", List.of("metric"));
    rooms.put("metric.distance", List.of("metric"));
    rooms.put("metric.statistic", List.of("metric", "metric.numeric"));
    rooms.put("metric.similarity", List.of("metric", "metric.numeric", "metric.distance"));
    rooms.put("evaluation.explanation", List.of());
    rooms.put("evaluation.detection", List.of());
    rooms.put("evaluation.robustness", List.of());
    rooms.put("evaluation.certificate", List.of("evaluation.robustness"));
    rooms.put("study.image", List.of());
    rooms.put("study", List.of("study.image"));
    rooms.put("study.robustness", List.of("study", "study.image"));
    rooms.put("study.evaluation", List.of("study", "study.image", "study.robustness"));
    rooms.put("study.detection", List.of("study", "study.image"));
    rooms.put("study.explanation", List.of("study", "study.image"));
    rooms.put("report", List.of());
    rooms.put("report.format", List.of("report"));
    rooms.put("report.study", List.of("report", "report.format"));
    rooms.put("report.explanation", List.of("report", "report.format"));
    rooms.put("report.detection", List.of("report", "report.format"));
    rooms.put("report.robustness", List.of("report", "report.format"));
    rooms.put("report.evaluation", List.of("report", "report.format", "report.robustness"));
    rooms.put("report.image", List.of("report", "report.format"));
    rooms.put("visualization.objective", List.of());
    rooms.put("visualization.parameterization", List.of());
    rooms.put("visualization.transformation", List.of());
    rooms.put("visualization.layer", List.of());
    rooms.put("visualization.regularizer", List.of("visualization.parameterization"));
    rooms.put("visualization.patch", List.of("visualization.objective"));
    rooms.put(
        "visualization",
        List.of(
            "visualization.objective",
            "visualization.parameterization",
            "visualization.transformation",
            "visualization.regularizer"));
    rooms.put("attribution", List.of());
    rooms.put("attribution.internal", List.of("attribution"));
    for (String family :
        List.of("gradient", "relevance", "cam", "attention", "perturbation", "inherent")) {
      rooms.put("attribution." + family, List.of("attribution", "attribution.internal"));
    }
    return rooms;
  }

  static Set<String> rooms() {
    return ALLOWED.keySet();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsBelowIt(String room) {
    Rooms.usesOnly(room, ALLOWED.getOrDefault(room, List.of()));
  }

  /** What is shared inside a package, and nowhere else. */
  @ParameterizedTest
  @ValueSource(strings = {"attack.iteration", "report.format", "attribution.internal"})
  void aSharedRoomIsImportedByItsOwnPackageOnly(String room) {
    Rooms.staysInItsPackage(room);
  }

  @Test
  void everyRoomHasItsArrows() {
    Set<String> found = new TreeSet<>();
    rooms().forEach(room -> found.addAll(Rooms.of(Rooms.top(room))));
    assertThat(found).isEqualTo(new TreeSet<>(rooms()));
  }
}
