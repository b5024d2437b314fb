package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.Fit;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Trend;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first study's transfer table: the five most probable classes of the adversarial panda, made
 * on each of two networks and shown to both.
 */
public final class AdvisPanda implements Experiment {
  private static final int TOP = 5;

  @Override
  public String name() {
    return "advis-panda";
  }

  @Override
  public void measure(Bench bench) {
    DataSet photos = Photos.of(bench);
    List<Double> levels = bench.values("epsilons");
    List<List<String>> table = new ArrayList<>();
    for (String maker : bench.names("models")) {
      Photo photo = Photo.of(bench.network(maker), photos, 0, bench.rng());
      for (String viewer : bench.names("models")) {
        String cell = "made on %s, seen by %s".formatted(maker, viewer);
        JsonNode row =
            bench.stage(cell.replaceAll("[ ,]+", "-"), () -> row(bench, photo, viewer, levels));
        List<String> line = new ArrayList<>(List.of(cell));
        for (int e = 0; e < levels.size(); e++) {
          String at = "%s, at %s".formatted(cell, Trend.place(levels.get(e)));
          JsonNode found = row.path(e);
          bench.number("panda probability, " + at, Json.number(found.path("panda")));
          bench.number("panda first, " + at, found.path("first").asBoolean() ? 1 : 0);
          bench.text(at, Json.text(found, "top"));
          line.add(Json.text(found, "top"));
        }
        table.add(line);
      }
    }
    List<String> header = new ArrayList<>(List.of("classes with per cent"));
    levels.forEach(level -> header.add("epsilon " + Trend.place(level)));
    bench.table(
        "classes", "The five most probable classes of the adversarial panda", header, table);
  }

  private static JsonNode row(Bench bench, Photo photo, String viewer, List<Double> levels) {
    GraphClassifier network = bench.network(viewer);
    List<Raster> shown =
        photo.fgsm(levels).stream()
            .map(Adversarial::changed)
            .map(image -> Fit.DOWN_SIZE.of(image, network.card()))
            .toList();
    var row = Json.MAPPER.createArrayNode();
    for (Prediction prediction : Photo.predict(network, shown)) {
      ObjectNode found = row.addObject();
      found.put("panda", prediction.probability(photo.predicted()));
      found.put("first", prediction.top() == photo.predicted());
      found.put("top", text(prediction, network.labels()));
    }
    return row;
  }

  /** The classes as the poster prints them: name and per cent. */
  static String text(Prediction prediction, Labels labels) {
    return prediction.top(TOP).stream()
        .map(
            index ->
                String.format(
                    Locale.ROOT,
                    "%s: %.2f",
                    labels.name(index),
                    100 * prediction.probability(index)))
        .collect(Collectors.joining(", "));
  }
}
