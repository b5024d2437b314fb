package io.adversight.experiments.grid;

import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some images and a network: what its heat maps are before and after each attack. The map before
 * explains the class predicted for the clean image; the map after the class predicted then, and for
 * comparison ("same class") the one of the clean image.
 */
final class MapBatch {
  /** The field of an image's values before any attack. */
  static final String CLEAN = "clean";

  /** The field of those under an attack where the class of the clean image is explained. */
  static final String SAME = "same class";

  /** The field of the rank correlation of the maps before and after. */
  static final String SIMILARITY = "similarity";

  /** The field that says whether the predicted class changed. */
  static final String CHANGED = "class changed";

  private final Bench bench;
  private final GraphClassifier network;
  private final List<GridMap> maps;
  private final DataSet images;
  private final int first;
  private final Tensor pixels;
  private final Run run;

  private MapBatch(
      Bench bench,
      GraphClassifier network,
      List<GridMap> maps,
      DataSet images,
      int first,
      int end) {
    this.bench = bench;
    this.network = network;
    this.maps = maps;
    this.images = images;
    this.first = first;
    this.pixels = NetworkView.of(images, network).batch(network, first, end);
    this.run = Run.of(bench.rng(), pixels);
  }

  /** What is measured on the images {@code first} to {@code end} of a set: one row per image. */
  static ArrayNode rows(
      Bench bench,
      GraphClassifier network,
      List<GridMap> maps,
      List<GridAttack> attacks,
      DataSet images,
      int first,
      int end) {
    try (Scope scope = Scope.open()) {
      return new MapBatch(bench, network, maps, images, first, end).rows(attacks);
    }
  }

  /** Whether the maps of the clean image's class are measured as well. */
  static boolean explainsSame(Bench bench) {
    return bench.settings().path("sameClass").asBoolean();
  }

  /** The states of an image under an attack. */
  static List<String> states(Bench bench, GridAttack attack) {
    return explainsSame(bench) ? List.of(attack.name(), same(attack)) : List.of(attack.name());
  }

  private static String same(GridAttack attack) {
    return "%s, %s".formatted(attack.name(), SAME);
  }

  private ArrayNode rows(List<GridAttack> attacks) {
    ArrayNode rows = Json.MAPPER.createArrayNode();
    List<Integer> clean = top(pixels);
    List<Map<String, Raster>> objects =
        IntStream.range(first, first + clean.size())
            .mapToObj(i -> Quantity.objects(images, i))
            .toList();
    clean.forEach(predicted -> rows.addObject());
    List<List<Raster>> before = maps(pixels, clean);
    put(rows, CLEAN, before, objects);
    Problem problem =
        Problem.of(network, pixels, NetworkView.of(images, network).labels(network, pixels, first));
    for (GridAttack attack : attacks) {
      bench.run().checkCancelled();
      try (Scope scope = Scope.open()) {
        Tensor changed = attack.change().of(problem, run);
        List<Integer> after = top(changed);
        List<List<Raster>> shown = maps(changed, after);
        put(rows, attack.name(), shown, objects);
        compare(rows, attack.name(), before, shown);
        if (explainsSame(bench)) {
          List<List<Raster>> still = after.equals(clean) ? shown : maps(changed, clean);
          put(rows, same(attack), still, objects);
          compare(rows, same(attack), before, still);
        }
        for (int i = 0; i < rows.size(); i++) {
          boolean moved = !after.get(i).equals(clean.get(i));
          ((ObjectNode) rows.path(i)).withObject(CHANGED).put(attack.name(), moved ? 1 : 0);
        }
      }
    }
    return rows;
  }

  private List<Integer> top(Tensor batch) {
    return network.predict(batch).stream().map(Prediction::top).toList();
  }

  /** For each map of the grid, those of the images. */
  private List<List<Raster>> maps(Tensor batch, List<Integer> classes) {
    return of(network, maps, batch, classes, run);
  }

  /** For each map of the grid, those of the images of a batch. */
  static List<List<Raster>> of(
      GraphClassifier network, List<GridMap> maps, Tensor batch, List<Integer> classes, Run run) {
    return Attributions.run(
            maps.stream().map(GridMap::method).toList(),
            network,
            batch,
            new Objective.Logit(classes),
            run)
        .stream()
        .map(of -> of.stream().map(Heatmap::map).toList())
        .toList();
  }

  private void put(
      ArrayNode rows, String state, List<List<Raster>> shown, List<Map<String, Raster>> objects) {
    for (int m = 0; m < maps.size(); m++) {
      for (int i = 0; i < rows.size(); i++) {
        ObjectNode values = at(rows, i, m, state);
        Quantity.of(shown.get(m).get(i), objects.get(i)).forEach(values::put);
      }
    }
  }

  private void compare(
      ArrayNode rows, String state, List<List<Raster>> before, List<List<Raster>> after) {
    for (int m = 0; m < maps.size(); m++) {
      for (int i = 0; i < rows.size(); i++) {
        double similarity = new Spearman().similarity(before.get(m).get(i), after.get(m).get(i));
        at(rows, i, m, state).put(SIMILARITY, similarity);
      }
    }
  }

  private ObjectNode at(ArrayNode rows, int image, int map, String state) {
    return ((ObjectNode) rows.path(image)).withObject(maps.get(map).name()).withObject(state);
  }
}
