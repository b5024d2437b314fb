package io.adversight.experiments.grid;

import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.evaluation.detection.DetectionScore;
import io.adversight.evaluation.detection.DetectorInputs;
import io.adversight.evaluation.detection.ExplanationStability;
import io.adversight.evaluation.detection.FeatureSqueezing;
import io.adversight.evaluation.detection.MaxSoftmax;
import io.adversight.evaluation.detection.SmallChange;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Heat maps as detectors of attacks, beside detectors that need no map. A detector sees one image:
 * it is judged by how well it tells attacked images from clean ones. The dissimilarity from the
 * clean image's map is judged too, against noise, though a detector in use has no clean image.
 * Settings: {@code maps} (see {@link GridMap}), {@code attacks} (see {@link GridAttack}), {@code
 * controls} (for each attack that is to be detected, which of them is noise of its size), and the
 * attack whose ROC curves are {@code drawn}.
 *
 * @param name of its folder
 */
public record MapDetectors(String name) implements Experiment {
  private static final int BATCH = 20;
  private static final String CLEAN = "clean";
  private static final String DISSIMILARITY = "dissimilarity of ";

  @Override
  public void measure(Bench bench) {
    DataSet images = bench.images();
    List<GridAttack> attacks = GridAttack.of(bench);
    Map<String, String> controls = new LinkedHashMap<>();
    bench
        .settings()
        .path("controls")
        .forEachEntry((attack, noise) -> controls.put(attack, noise.asString()));
    List<String> columns = List.copyOf(controls.keySet());
    List<String> rows = new ArrayList<>();
    List<List<Double>> aucs = new ArrayList<>();
    List<Line> curves = new ArrayList<>();
    GridMap.byNetwork(bench)
        .forEach(
            (id, maps) -> {
              List<JsonNode> parts =
                  bench.each(
                      MapSheet.file(id),
                      (images.size() + BATCH - 1) / BATCH,
                      b -> batch(bench, id, maps, attacks, images, b));
              for (String detector : parts.get(0).path(CLEAN).propertyNames()) {
                boolean paired = detector.startsWith(DISSIMILARITY);
                rows.add(detector);
                List<Double> line = new ArrayList<>();
                for (String attack : columns) {
                  String other = paired ? controls.getOrDefault(attack, CLEAN) : CLEAN;
                  RocCurve roc =
                      RocCurve.of(scores(parts, attack, detector), scores(parts, other, detector));
                  bench.number("AUC of %s, %s".formatted(detector, attack), roc.auc());
                  line.add(roc.auc());
                  if (attack.equals(bench.settings().path("drawn").asString())) {
                    curves.add(line(detector, roc));
                  }
                }
                aucs.add(line);
              }
            });
    bench.number("images", images.size());
    bench.table("auc", "Area under the ROC curve", header(columns), table(rows, aucs));
    bench.plot(
        "roc",
        LinePlot.of(
                "Detectors of %s".formatted(bench.settings().path("drawn").asString()),
                "false positive rate",
                "true positive rate",
                curves.stream().filter(line -> line.name().startsWith("stability")).toList())
            .within(0, 1)
            .withDiagonal());
  }

  private static List<String> header(List<String> columns) {
    List<String> header = new ArrayList<>(List.of("detector"));
    header.addAll(columns);
    return header;
  }

  private static List<List<String>> table(List<String> rows, List<List<Double>> aucs) {
    return IntStream.range(0, rows.size())
        .mapToObj(
            r -> {
              List<String> line = new ArrayList<>(List.of(rows.get(r)));
              aucs.get(r).forEach(auc -> line.add(AttackedMaps.shown(auc)));
              return line;
            })
        .toList();
  }

  private static Line line(String detector, RocCurve roc) {
    return new Line(
        detector,
        roc.drawn().stream().map(RocCurve.Point::falsePositiveRate).toList(),
        roc.drawn().stream().map(RocCurve.Point::truePositiveRate).toList());
  }

  private static double[] scores(List<JsonNode> parts, String state, String detector) {
    return parts.stream()
        .flatMap(part -> part.path(state).path(detector).valueStream())
        .mapToDouble(Json::number)
        .toArray();
  }

  /** For each state and detector, the scores of the images. */
  private static ObjectNode batch(
      Bench bench,
      String id,
      List<GridMap> maps,
      List<GridAttack> attacks,
      DataSet images,
      int number) {
    GraphClassifier network = bench.network(id);
    int first = number * BATCH;
    int end = Math.min(images.size(), first + BATCH);
    ObjectNode row = Json.MAPPER.createObjectNode();
    try (Scope scope = Scope.open()) {
      NetworkView view = NetworkView.of(images, network);
      Tensor pixels = view.batch(network, first, end);
      Run run = Run.of(bench.rng(), pixels);
      Problem problem = Problem.of(network, pixels, view.labels(network, pixels, first));
      List<List<Raster>> clean = maps(network, maps, pixels, run);
      Map<String, DetectionScore> detectors = detectors(id, maps);
      put(row.putObject(CLEAN), network, pixels, maps, clean, clean, detectors, run);
      for (GridAttack attack : attacks) {
        bench.run().checkCancelled();
        try (Scope inner = Scope.open()) {
          Tensor changed = attack.change().of(problem, run);
          List<List<Raster>> shown = maps(network, maps, changed, run);
          put(row.putObject(attack.name()), network, changed, maps, clean, shown, detectors, run);
        }
      }
    }
    return row;
  }

  private static List<List<Raster>> maps(
      GraphClassifier network, List<GridMap> maps, Tensor batch, Run run) {
    List<Integer> top = network.predict(batch).stream().map(Prediction::top).toList();
    return MapBatch.of(network, maps, batch, top, run);
  }

  private static Map<String, DetectionScore> detectors(String network, List<GridMap> maps) {
    Map<String, DetectionScore> all = new LinkedHashMap<>();
    all.put("max-softmax of " + network, new MaxSoftmax());
    all.put("feature squeezing of " + network, new FeatureSqueezing());
    maps.forEach(
        map ->
            all.put(
                "stability of " + map.name(),
                new ExplanationStability(
                    map.method(), new Spearman(), List.of(SmallChange.values()))));
    return all;
  }

  private static void put(
      ObjectNode scores,
      GraphClassifier network,
      Tensor pixels,
      List<GridMap> maps,
      List<List<Raster>> clean,
      List<List<Raster>> shown,
      Map<String, DetectionScore> detectors,
      Run run) {
    detectors.forEach(
        (name, detector) ->
            detector
                .scores(DetectorInputs.of(network, pixels), run)
                .forEach(score -> scores.withArray(name).add(score)));
    for (int m = 0; m < maps.size(); m++) {
      String map = maps.get(m).name();
      for (int i = 0; i < shown.get(m).size(); i++) {
        Raster before = clean.get(m).get(i);
        Raster after = shown.get(m).get(i);
        double area = Quantity.of(after, Map.of()).getOrDefault(Quantity.AREA, 0.0);
        scores.withArray("%s of %s".formatted(Quantity.AREA, map)).add(area);
        scores.withArray(DISSIMILARITY + map).add(1 - new Spearman().similarity(before, after));
      }
    }
  }
}
