package io.adversight.experiments.grid;

import io.adversight.attack.problem.Problem;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.plot.MatrixPlot;
import io.adversight.report.format.NumberText;
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
 * The accuracy of several networks on clean images and under several attacks. All of it is in the
 * settings: {@code networks} (see {@link GridNetwork}), {@code attacks} (see {@link GridAttack}),
 * and {@code pairs} of attacks that are compared.
 *
 * @param name of its folder
 */
public record AccuracyTable(String name) implements Experiment {
  private static final int BATCH = 50;
  private static final String CLEAN = "clean";

  @Override
  public void measure(Bench bench) {
    List<GridAttack> attacks = GridAttack.of(bench);
    List<String> columns = new ArrayList<>(List.of(CLEAN));
    attacks.forEach(attack -> columns.add(attack.name()));
    Map<String, List<List<JsonNode>>> byName = new LinkedHashMap<>();
    int images = 0;
    for (GridNetwork network : GridNetwork.of(bench)) {
      int batches = (network.images().size() + BATCH - 1) / BATCH;
      List<JsonNode> parts =
          bench.each(network.id(), batches, b -> batch(bench, network, b, attacks));
      byName.computeIfAbsent(network.name(), key -> new ArrayList<>()).add(parts);
      images = Math.max(images, network.images().size());
    }
    bench.number("images", images);
    byName.forEach((row, seeds) -> bench.number("networks trained, " + row, seeds.size()));
    List<List<Double>> means = new ArrayList<>();
    byName.forEach(
        (row, seeds) ->
            means.add(columns.stream().map(column -> note(bench, row, column, seeds)).toList()));
    byName.forEach((row, seeds) -> compare(bench, row, seeds));
    report(bench, List.copyOf(byName.keySet()), columns, means, byName);
  }

  /** For each column, 1 for every image that is classified right, and 0 for every other. */
  private static ObjectNode batch(
      Bench bench, GridNetwork network, int number, List<GridAttack> attacks) {
    int first = number * BATCH;
    int end = Math.min(network.images().size(), first + BATCH);
    GraphClassifier classifier = network.classifier();
    try (Scope scope = Scope.open()) {
      Tensor pixels =
          Batches.of(IntStream.range(first, end).mapToObj(network.images()::image).toList());
      List<Integer> labels =
          IntStream.range(first, end).map(network.images()::label).boxed().toList();
      Problem problem = Problem.of(classifier, pixels, labels);
      Run run = Run.of(bench.rng(), pixels);
      ObjectNode row = Json.MAPPER.createObjectNode();
      put(row, CLEAN, classifier, pixels, labels);
      for (GridAttack attack : attacks) {
        bench.run().checkCancelled();
        try (Scope inner = Scope.open()) {
          put(row, attack.name(), classifier, attack.change().of(problem, run), labels);
        }
      }
      return row;
    }
  }

  private static void put(
      ObjectNode row,
      String column,
      GraphClassifier classifier,
      Tensor images,
      List<Integer> labels) {
    List<Prediction> seen = classifier.predict(images);
    for (int i = 0; i < labels.size(); i++) {
      row.withArray(column).add(seen.get(i).top() == labels.get(i) ? 1 : 0);
    }
  }

  private static Proportion accuracy(List<JsonNode> parts, String column) {
    List<Integer> right =
        parts.stream()
            .flatMap(part -> part.path(column).valueStream())
            .map(JsonNode::asInt)
            .toList();
    return new Proportion(right.stream().filter(one -> one == 1).count(), right.size());
  }

  /** Notes a cell: the mean over the seeds, and the bounds of all their images together. */
  private static double note(Bench bench, String row, String column, List<List<JsonNode>> seeds) {
    List<Proportion> each = seeds.stream().map(parts -> accuracy(parts, column)).toList();
    double mean = Sample.of(each.stream().map(Proportion::value).toList()).mean();
    Proportion all = each.stream().reduce(new Proportion(0, 0), Proportion::plus);
    String number = "accuracy of %s, %s".formatted(row, column);
    bench.number(number, mean);
    bench.number(number + ", lower 95 %", all.wilson().low());
    bench.number(number + ", upper 95 %", all.wilson().high());
    return mean;
  }

  /** Notes by how much the second attack of each pair of the setting {@code pairs} is stronger. */
  private static void compare(Bench bench, String row, List<List<JsonNode>> seeds) {
    for (JsonNode pair : bench.settings().path("pairs")) {
      String weak = pair.path(0).asString();
      String strong = pair.path(1).asString();
      List<Double> lost =
          seeds.stream()
              .map(parts -> accuracy(parts, weak).value() - accuracy(parts, strong).value())
              .toList();
      bench.number(
          "accuracy lost from %s to %s, %s".formatted(weak, strong, row), Sample.of(lost).mean());
    }
  }

  private static void report(
      Bench bench,
      List<String> rows,
      List<String> columns,
      List<List<Double>> means,
      Map<String, List<List<JsonNode>>> byName) {
    List<String> header = new ArrayList<>(List.of("network"));
    header.addAll(columns);
    List<List<String>> table = new ArrayList<>();
    List<List<String>> single = new ArrayList<>();
    for (int r = 0; r < rows.size(); r++) {
      List<String> line = new ArrayList<>(List.of(rows.get(r)));
      means.get(r).forEach(mean -> line.add(NumberText.percent(mean)));
      table.add(line);
      List<List<JsonNode>> seeds = byName.getOrDefault(rows.get(r), List.of());
      for (int s = 0; s < seeds.size(); s++) {
        List<String> one = new ArrayList<>(List.of("%s, %s".formatted(rows.get(r), s + 1)));
        for (String column : columns) {
          one.add(NumberText.percent(accuracy(seeds.get(s), column)));
        }
        single.add(one);
      }
    }
    bench.table("accuracy", "Accuracy; of several trained networks the mean", header, table);
    if (single.size() > table.size()) {
      bench.table("accuracy-of-each", "Accuracy of each trained network", header, single);
    }
    bench.plot(
        "accuracy",
        new MatrixPlot("Accuracy in per cent", "network", rows, "attack", columns, means));
  }
}
