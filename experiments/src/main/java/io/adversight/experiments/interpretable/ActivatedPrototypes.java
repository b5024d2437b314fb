package io.adversight.experiments.interpretable;

import io.adversight.attack.problem.Problem;
import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.experiments.grid.GridAttack;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.report.format.NumberText;
import io.adversight.report.study.PrototypeImages;
import io.adversight.report.study.PrototypeOrigins;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Adversarial image activates background prototypes": which of the prototypes that speak most for
 * the predicted class were cut from the background of their training image, before and after
 * attacks.
 */
public final class ActivatedPrototypes implements Experiment {
  private static final int BATCH = 20;
  private static final int TILE = 112;
  private static final String CLEAN = "clean";
  private static final String SOURCE = "background prototypes";
  private static final String PLACE = "places beside the bird";
  private static final String OWN = "prototypes of the true class";

  @Override
  public String name() {
    return "interpretable-prototypes";
  }

  @Override
  public void measure(Bench bench) {
    GraphClassifier network = bench.network();
    DataSet images = bench.images();
    List<GridAttack> attacks = GridAttack.of(bench);
    PrototypeSources sources = new PrototypeSources(bench, network, bench.count("top"));
    List<JsonNode> rows =
        bench
            .each(
                "images",
                (images.size() + BATCH - 1) / BATCH,
                b -> batch(bench, sources, attacks, images, b))
            .stream()
            .flatMap(JsonNode::valueStream)
            .toList();
    bench.number("images", images.size());
    JsonNode all = bench.stage("all", () -> Json.of(background(bench, sources, images)));
    bench.number(SOURCE + " among all", Json.number(all));
    List<List<String>> table = new ArrayList<>();
    for (String state :
        Stream.concat(Stream.of(CLEAN), attacks.stream().map(GridAttack::name)).toList()) {
      List<String> line = new ArrayList<>(List.of(state));
      for (String quantity : List.of(SOURCE, PLACE, OWN)) {
        double mean = Sample.of(values(rows, state, quantity)).mean();
        bench.number("%s, %s".formatted(quantity, state), mean);
        Sample shift = shift(rows, state, quantity);
        bench.number("shift of %s, %s".formatted(quantity, state), shift.mean());
        bench.number(
            "shift of %s, %s, lower 95 %%".formatted(quantity, state), shift.interval().low());
        line.add(NumberText.percent(mean));
      }
      table.add(line);
    }
    bench.table(
        "prototypes",
        "Of the prototypes that speak most for the predicted class: cut from the background; found"
            + " beside the bird; of the true class",
        List.of("images", SOURCE, PLACE, OWN),
        table);
    bench.image(
        "prototypes",
        "The prototypes that speak most for the predicted class, clean and under the strongest"
            + " attack",
        () -> sheet(bench, sources, attacks, images));
  }

  private static double background(Bench bench, PrototypeSources sources, DataSet images) {
    GraphClassifier network = bench.network();
    try (Scope scope = Scope.open()) {
      Tensor pixels = NetworkView.of(images, network).batch(network, 0, 1);
      return sources.backgroundOfAll(sources.in(pixels, top(network, pixels)).get(0).get(0).map());
    }
  }

  private static List<Integer> top(GraphClassifier network, Tensor pixels) {
    return network.predict(pixels).stream().map(Prediction::top).toList();
  }

  private static List<Double> values(List<JsonNode> rows, String state, String quantity) {
    return rows.stream().map(row -> Json.number(row.path(state).path(quantity))).toList();
  }

  private static Sample shift(List<JsonNode> rows, String state, String quantity) {
    List<Double> before = values(rows, CLEAN, quantity);
    List<Double> after = values(rows, state, quantity);
    List<Double> shifts = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      shifts.add(after.get(i) - before.get(i));
    }
    return Sample.of(shifts);
  }

  private static ArrayNode batch(
      Bench bench, PrototypeSources sources, List<GridAttack> attacks, DataSet images, int number) {
    GraphClassifier network = bench.network();
    int first = number * BATCH;
    int end = Math.min(images.size(), first + BATCH);
    ArrayNode rows = Json.MAPPER.createArrayNode();
    try (Scope scope = Scope.open()) {
      NetworkView view = NetworkView.of(images, network);
      Tensor pixels = view.batch(network, first, end);
      Run run = Run.of(bench.rng(), pixels);
      Problem problem = Problem.of(network, pixels, view.labels(network, pixels, first));
      for (int i = first; i < end; i++) {
        rows.addObject();
      }
      put(rows, CLEAN, sources.in(pixels, top(network, pixels)), sources, images, first);
      for (GridAttack attack : attacks) {
        bench.run().checkCancelled();
        Tensor changed = attack.change().of(problem, run);
        List<List<PrototypeMatch>> found = sources.in(changed, top(network, changed));
        put(rows, attack.name(), found, sources, images, first);
      }
    }
    return rows;
  }

  private static void put(
      ArrayNode rows,
      String state,
      List<List<PrototypeMatch>> found,
      PrototypeSources sources,
      DataSet images,
      int first) {
    for (int i = 0; i < found.size(); i++) {
      int image = first + i;
      ObjectNode row = ((ObjectNode) rows.path(i)).putObject(state);
      List<PrototypeMatch> matches = found.get(i);
      row.put(SOURCE, share(matches, sources::isBackground));
      row.put(
          PLACE,
          share(
              matches,
              match ->
                  PrototypeSources.isBeside(
                      images, image, match.row(), match.column(), match.map())));
      row.put(
          OWN,
          share(
              matches,
              match -> match.source().filter(s -> s.owner() == images.label(image)).isPresent()));
    }
  }

  private static double share(List<PrototypeMatch> matches, Predicate<PrototypeMatch> wanted) {
    return (double) matches.stream().filter(wanted).count() / matches.size();
  }

  private static Raster sheet(
      Bench bench, PrototypeSources sources, List<GridAttack> attacks, DataSet images) {
    GraphClassifier network = bench.network();
    int shown = Math.min(bench.count("shown"), images.size() - 1);
    String wanted = bench.settings().path("shownAttack").asString();
    PrototypeOrigins origins = new PrototypeOrigins(name -> bench.images(name, 0));
    try (Scope scope = Scope.open()) {
      NetworkView view = NetworkView.of(images, network);
      Tensor clean = view.batch(network, shown, shown + 1);
      Problem problem = Problem.of(network, clean, view.labels(network, clean, shown));
      GridAttack attack =
          attacks.stream().filter(one -> one.name().equals(wanted)).findFirst().orElseThrow();
      Tensor changed = attack.change().of(problem, Run.of(bench.rng(), clean));
      List<List<Raster>> rows = new ArrayList<>();
      List<String> headings = new ArrayList<>();
      for (Tensor one : List.of(clean, changed)) {
        int predicted = top(network, one).get(0);
        headings.add(
            "%s: %s".formatted(one == clean ? CLEAN : wanted, network.labels().name(predicted)));
        headings.addAll(List.of("similarity", "training image", "prototype"));
        List<PrototypeMatch> found = sources.in(one, List.of(predicted)).get(0);
        for (int k = 0; k < found.size(); k++) {
          PrototypeImages drawn =
              PrototypeImages.of(Batches.rasters(one).get(0), found.get(k), origins::image);
          List<Raster> row = rows.size() > k ? rows.get(k) : new ArrayList<>();
          row.addAll(
              List.of(
                  drawn.here(),
                  drawn.map(),
                  drawn.training().orElse(drawn.here()),
                  drawn.patch().orElse(drawn.here())));
          if (rows.size() == k) {
            rows.add(row);
          }
        }
      }
      ImageTable table = new ImageTable(headings, TILE);
      for (int k = 0; k < rows.size(); k++) {
        table.row(Integer.toString(k + 1), rows.get(k));
      }
      return table.sheet();
    }
  }
}
