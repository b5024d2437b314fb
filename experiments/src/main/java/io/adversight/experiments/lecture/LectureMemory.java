package io.adversight.experiments.lecture;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Trend;
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
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lecture's fooling table of dense associative memories (Krotov and Hopfield 2017): images made
 * on a memory of one power, shown to all.
 */
public final class LectureMemory implements Experiment {
  private static final int BATCH = 50;
  private static final int CLEAN_BATCH = 500;

  /** A way to make images: those that have just crossed the border, or all of one size. */
  private enum Made {
    ACROSS("error across the border"),
    FULL("error at epsilon");

    private final String words;

    Made(String words) {
      this.words = words;
    }
  }

  @Override
  public String name() {
    return "lecture-memory";
  }

  @Override
  public void measure(Bench bench) {
    Map<String, GraphClassifier> networks = new LinkedHashMap<>();
    for (double power : bench.values("powers")) {
      String name = "n=" + Trend.place(power);
      Recipe recipe = Recipe.named("digits-memory-n" + Trend.place(power));
      networks.put(name, bench.trained(recipe.name(), recipe.withEpochs(bench.count("epochs"))));
    }
    List<String> names = List.copyOf(networks.keySet());
    DataSet test = DataSets.find("mnist", bench.home());
    networks.forEach(
        (name, network) -> {
          JsonNode wrong = bench.stage("clean-" + name, () -> Json.of(wrong(network, test)));
          bench.number("clean error of " + name, Json.number(wrong) / test.size());
        });
    DataSet images = bench.images();
    for (Made made : Made.values()) {
      List<ErrorTable.Row> rows = new ArrayList<>();
      networks.forEach(
          (maker, network) -> {
            List<JsonNode> parts =
                bench.each(
                    made.name().toLowerCase(Locale.ROOT) + "-" + maker,
                    Digits.batches(images, BATCH),
                    b -> batch(bench, images, b, made, network, networks));
            rows.add(ErrorTable.Row.of("made on " + maker, parts, names));
          });
      new ErrorTable(made.words, names, rows)
          .report(bench, "Fooling rate, " + made.words.substring("error ".length()));
    }
    bench.number("images", images.size());
    bench.image("images", "Images just across the border", () -> sheet(bench, images, networks));
  }

  private static int wrong(GraphClassifier network, DataSet set) {
    int wrong = 0;
    for (int b = 0; b < Digits.batches(set, CLEAN_BATCH); b++) {
      try (Scope scope = Scope.open()) {
        Digits digits = Digits.batch(set, b, CLEAN_BATCH);
        wrong += digits.wrong(network, digits.pixels());
      }
    }
    return wrong;
  }

  private static ObjectNode batch(
      Bench bench,
      DataSet images,
      int number,
      Made made,
      GraphClassifier maker,
      Map<String, GraphClassifier> networks) {
    bench.run().checkCancelled();
    Digits digits = Digits.batch(images, number, BATCH);
    try (Scope scope = Scope.open()) {
      return digits.counts(changed(bench, digits, made, maker), networks);
    }
  }

  private static Tensor changed(Bench bench, Digits digits, Made made, GraphClassifier network) {
    Tensor pixels = digits.pixels();
    Problem problem = Problem.of(network, pixels, digits.labels());
    boolean across = made == Made.ACROSS;
    double epsilon = bench.setting(across ? "reach" : "epsilon");
    int steps = bench.count("steps");
    return Attacks.changed(
        new Pgd(steps, across ? 1.0 / steps : 2.5 / steps, false),
        across ? problem.withEarlyStopping() : problem,
        Norm.LINF,
        epsilon,
        Run.of(bench.rng(), pixels));
  }

  private static Raster sheet(Bench bench, DataSet images, Map<String, GraphClassifier> networks) {
    int shown = Math.min(6, images.size());
    Digits digits = Digits.of(images, 0, shown);
    ImageTable table = new ImageTable(digits.headings(), 112);
    table.row("clean", digits.images());
    networks.forEach(
        (name, network) -> {
          try (Scope scope = Scope.open()) {
            table.row(
                "made on " + name, Digits.images(changed(bench, digits, Made.ACROSS, network)));
          }
        });
    return table.sheet();
  }
}
