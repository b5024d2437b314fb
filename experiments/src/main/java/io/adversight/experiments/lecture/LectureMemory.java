package io.adversight.experiments.lecture;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Trend;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The lecture's fooling table of dense associative memories (Krotov and Hopfield 2017): images made
 * on a memory of one power, shown to all.
 */
public final class LectureMemory implements Experiment {
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
    DataSet test = DataSets.find("mnist", bench.home());
    networks.forEach(
        (name, network) -> {
          JsonNode wrong = bench.stage("clean-" + name, () -> Json.of(wrong(network, test)));
          bench.number("clean error of " + name, Json.number(wrong) / test.size());
        });
    DataSet images = bench.images();
    for (Made made : Made.values()) {
      made(bench, images, made, networks)
          .errors(bench, made.name().toLowerCase(Locale.ROOT), made.words)
          .report(bench, "Fooling rate, " + made.words.substring("error ".length()));
    }
    bench.number("images", images.size());
    bench.image(
        "images",
        "Images just across the border",
        () -> made(bench, images, Made.ACROSS, networks).sheet());
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

  private static MadeOnEach made(
      Bench bench, DataSet images, Made made, Map<String, GraphClassifier> networks) {
    return new MadeOnEach(
        images, networks, (digits, network) -> changed(bench, digits, made, network));
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
}
