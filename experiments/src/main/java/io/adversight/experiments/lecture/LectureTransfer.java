package io.adversight.experiments.lecture;

import io.adversight.attack.Attacks;
import io.adversight.attack.minimal.BoxConstrainedLbfgs;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lecture's two transfer tables (Szegedy et al. 2014, tables 3 and 5): networks of two
 * architectures trained on two halves of MNIST, each attacked by box-constrained L-BFGS and shown
 * to all, and the cells of the fourth network that the lecture asks for.
 */
public final class LectureTransfer implements Experiment {
  private static final int BATCH = 50;
  private static final String FOUND = "as found";
  private static final String NOISE = "Gaussian noise";

  @Override
  public String name() {
    return "lecture-transfer";
  }

  @Override
  public void measure(Bench bench) {
    Map<String, GraphClassifier> networks = networks(bench);
    DataSet images = bench.images();
    List<String> sizes = new ArrayList<>(List.of(FOUND));
    bench.values("distortions").forEach(size -> sizes.add("at " + size));
    Map<String, Map<String, List<Double>>> errors = new LinkedHashMap<>();
    for (String maker : networks.keySet()) {
      List<JsonNode> parts = batches(bench, images, maker, networks);
      bench.number("average distortion, made on " + maker, mean(parts, "distortion"));
      errors.put(maker, errors(parts, sizes, networks));
    }
    List<JsonNode> noise = batches(bench, images, "", networks);
    errors.put(NOISE, errors(noise, sizes.subList(1, sizes.size()), networks));
    List<Double> clean = errors(noise, List.of("clean"), networks).getOrDefault("clean", List.of());
    List<String> names = List.copyOf(networks.keySet());
    for (int n = 0; n < names.size(); n++) {
      bench.number("clean error of " + names.get(n), clean.get(n));
    }
    sizes.forEach(size -> report(bench, size, names, errors));
    bench.number("images", images.size());
    bench.image(
        "images",
        "Adversarial images of four digits: as found, and magnified to the last distortion",
        () -> sheet(bench, images, networks));
  }

  private static Map<String, GraphClassifier> networks(Bench bench) {
    Map<String, GraphClassifier> networks = new LinkedHashMap<>();
    for (JsonNode one : bench.settings().path("networks")) {
      String name = Json.text(one, "name");
      Recipe recipe =
          Recipe.named(Json.text(one, "recipe"))
              .on(Json.text(one, "data"))
              .withSeed(one.path("seed").asLong())
              .withEpochs(bench.count("epochs"));
      networks.put(name, bench.trained(name, recipe));
    }
    return networks;
  }

  private static List<JsonNode> batches(
      Bench bench, DataSet images, String maker, Map<String, GraphClassifier> networks) {
    String stage = maker.isEmpty() ? "noise" : "made-on-" + maker;
    return bench.each(
        stage,
        Digits.batches(images, BATCH),
        b -> batch(bench, Digits.batch(images, b, BATCH), maker, networks));
  }

  /** Counts of misclassified images by size of the distortion and network. */
  private static ObjectNode batch(
      Bench bench, Digits digits, String maker, Map<String, GraphClassifier> networks) {
    bench.run().checkCancelled();
    try (Scope scope = Scope.open()) {
      Tensor pixels = digits.pixels();
      Run run = Run.of(bench.rng(), pixels);
      GraphClassifier attacked = networks.get(maker);
      Tensor change =
          attacked == null
              ? run.normal(pixels, 0)
              : attacked(attacked, digits, pixels, run).sub(pixels);
      ObjectNode row = Json.MAPPER.createObjectNode();
      row.put("images", digits.size());
      if (attacked == null) {
        row.set("clean", digits.counts(pixels, networks));
      } else {
        row.put("distortion", Digits.distortions(change).stream().mapToDouble(d -> d).sum());
        row.set(FOUND, digits.counts(pixels.add(change), networks));
      }
      for (double size : bench.values("distortions")) {
        Tensor scaled = attacked == null ? change.mul(size) : Digits.scaled(change, size);
        Tensor shown = pixels.add(scaled).clamp(0, 1);
        row.set("at " + size, digits.counts(shown, networks));
      }
      return row;
    }
  }

  private static Tensor attacked(GraphClassifier network, Digits digits, Tensor pixels, Run run) {
    Problem problem = Problem.of(network, pixels, digits.labels());
    return Attacks.changed(new BoxConstrainedLbfgs(), problem, Norm.L2, 0, run);
  }

  private static double mean(List<JsonNode> parts, String field) {
    return parts.stream().mapToDouble(part -> Json.number(part.path(field))).sum()
        / parts.stream().mapToInt(part -> part.path("images").asInt()).sum();
  }

  private static Map<String, List<Double>> errors(
      List<JsonNode> parts, List<String> sizes, Map<String, GraphClassifier> networks) {
    List<String> names = List.copyOf(networks.keySet());
    Map<String, List<Double>> errors = new LinkedHashMap<>();
    for (String size : sizes) {
      List<JsonNode> counts = parts.stream().map(part -> part.path(size)).toList();
      errors.put(size, ErrorTable.Row.of(size, counts, names).rates());
    }
    return errors;
  }

  private static void report(
      Bench bench, String size, List<String> names, Map<String, Map<String, List<Double>>> errors) {
    List<ErrorTable.Row> rows = new ArrayList<>();
    errors.forEach(
        (maker, bySize) -> {
          String made = maker.equals(NOISE) ? NOISE : "made on " + maker;
          List<Double> rates = bySize.getOrDefault(size, List.of());
          if (!rates.isEmpty()) {
            rows.add(new ErrorTable.Row(made, rates));
          }
        });
    new ErrorTable("error " + size, names, rows).report(bench, "Error, distortion " + size);
  }

  private static Raster sheet(Bench bench, DataSet images, Map<String, GraphClassifier> networks) {
    int shown = Math.min(4, images.size());
    Digits digits = Digits.of(images, 0, shown);
    List<Double> sizes = bench.values("distortions");
    double largest = sizes.get(sizes.size() - 1);
    ImageTable table = new ImageTable(digits.headings(), 112);
    table.row("clean", digits.images());
    try (Scope scope = Scope.open()) {
      Tensor pixels = digits.pixels();
      networks.forEach(
          (name, network) -> {
            Run run = Run.of(bench.rng(), pixels);
            Tensor found = attacked(network, digits, pixels, run);
            Tensor more = pixels.add(Digits.scaled(found.sub(pixels), largest)).clamp(0, 1);
            table.row(name + ", as found", Digits.images(found));
            table.row(name + ", at " + largest, Digits.images(more));
          });
    }
    return table.sheet();
  }
}
