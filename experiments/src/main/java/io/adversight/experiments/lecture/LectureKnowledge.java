package io.adversight.experiments.lecture;

import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.blackbox.SubstituteTraining;
import io.adversight.attack.blackbox.UniformNoise;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Trend;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Oracle;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import io.adversight.training.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "How much information do we need to fool a neural net?": the same attack at the same epsilons on
 * one network of digits, with ever less knowledge of it.
 */
public final class LectureKnowledge implements Experiment {
  private static final int BATCH = 50;
  private static final String VICTIM = "victim";

  @Override
  public String name() {
    return "lecture-knowledge";
  }

  @Override
  public void measure(Bench bench) {
    JsonNode settings = bench.settings();
    String data = Json.text(settings, "data");
    Recipe recipe = recipe(bench, "recipe").on(data);
    GraphClassifier victim = bench.trained(VICTIM, recipe);
    Recipe twin = recipe.withSeed(recipe.seed() + 1); // other first weights
    Recipe other = recipe(bench, "otherRecipe");
    List<JsonNode> clean =
        bench.each(
            "clean",
            Digits.batches(bench.images(), BATCH),
            b -> {
              try (Scope scope = Scope.open()) {
                Digits digits = Digits.batch(bench.images(), b, BATCH);
                return digits.counts(digits.pixels(), Map.of(VICTIM, victim));
              }
            });
    bench.number("clean error", ErrorTable.Row.of("clean", clean, List.of(VICTIM)).rates().get(0));
    List<Line> lines = new ArrayList<>();
    lines.add(rung(bench, victim, "weights", () -> victim));
    lines.add(
        rung(bench, victim, "architecture and training data", () -> bench.trained("twin", twin)));
    lines.add(
        rung(
            bench,
            victim,
            "architecture",
            () -> bench.trained("twin-other-data", twin.on(Json.text(settings, "otherData")))));
    lines.add(
        rung(
            bench,
            victim,
            "training data",
            () -> bench.trained("other-architecture", other.on(data))));
    lines.add(rung(bench, victim, "oracle", () -> substitute(bench, victim)));
    lines.add(rung(bench, victim, "nothing", () -> victim));
    bench.table(
        "success",
        "Success rate against the victim",
        header(bench),
        lines.stream().map(LectureKnowledge::cells).toList());
    bench.plot(
        "success",
        LinePlot.of("Success by what is known of the network", "epsilon", "success rate", lines)
            .within(0, 1));
    bench.number("images", bench.images().size());
    bench.number("queries", bench.count("seeds") * (double) (1 << bench.count("rounds")));
  }

  private static Recipe recipe(Bench bench, String setting) {
    return Recipe.named(Json.text(bench.settings(), setting)).withEpochs(bench.count("epochs"));
  }

  private static List<String> header(Bench bench) {
    List<String> header = new ArrayList<>(List.of("known"));
    bench.values("epsilons").forEach(epsilon -> header.add("epsilon " + Trend.place(epsilon)));
    return header;
  }

  private static List<String> cells(Line line) {
    List<String> cells = new ArrayList<>(List.of(line.name()));
    line.y().forEach(rate -> cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * rate)));
    return cells;
  }

  /** The success rates of what is made on a network, against the victim; one stage. */
  private static Line rung(
      Bench bench, GraphClassifier victim, String known, Supplier<Classifier> maker) {
    List<Double> epsilons = bench.values("epsilons");
    JsonNode found =
        bench.stage(
            "known-" + known.replace(' ', '-'),
            () -> {
              try (Scope scope = Scope.open()) {
                BoundedAttack attack =
                    known.equals("nothing")
                        ? new UniformNoise()
                        : new Pgd(bench.count("steps"), 0.1, true);
                return successes(bench, victim, maker.get(), attack);
              }
            });
    List<Double> rates = new ArrayList<>();
    for (double epsilon : epsilons) {
      double rate = Json.number(found.path(Trend.place(epsilon)));
      bench.number("success at %s, %s known".formatted(Trend.place(epsilon), known), rate);
      rates.add(rate);
    }
    return new Line(known, epsilons, rates);
  }

  /** For each epsilon the share of fooled ones among the images that the victim gets right. */
  private static ObjectNode successes(
      Bench bench, GraphClassifier victim, Classifier maker, BoundedAttack attack) {
    DataSet images = bench.images();
    ObjectNode rates = Json.MAPPER.createObjectNode();
    for (double epsilon : bench.values("epsilons")) {
      int right = 0;
      int fooled = 0;
      for (int b = 0; b < Digits.batches(images, BATCH); b++) {
        bench.run().checkCancelled();
        Digits digits = Digits.batch(images, b, BATCH);
        try (Scope scope = Scope.open()) {
          Tensor pixels = digits.pixels();
          Problem problem = Problem.of(maker, pixels, digits.labels());
          Run run = Run.of(bench.rng(), pixels);
          Tensor changed = Attacks.changed(attack, problem, Norm.LINF, epsilon, run);
          List<Boolean> before = digits.areWrong(victim, pixels);
          List<Boolean> after = digits.areWrong(victim, changed);
          for (int i = 0; i < digits.size(); i++) {
            right += before.get(i) ? 0 : 1;
            fooled += !before.get(i) && after.get(i) ? 1 : 0;
          }
        }
      }
      rates.put(Trend.place(epsilon), (double) fooled / right);
    }
    return rates;
  }

  /** A network that learns from the victim's labels alone (Papernot et al. 2017). */
  private static Classifier substitute(Bench bench, GraphClassifier victim) {
    DataSet test = DataSets.find("mnist", bench.home());
    int seeds = bench.count("seeds");
    int rounds = bench.count("rounds");
    // Images of its own: every other one than those that are attacked.
    DataSet own =
        test.select(
            IntStream.range(0, seeds)
                .map(i -> (int) ((2L * i + 1) * test.size() / (2L * seeds)))
                .toArray());
    Tensor pixels = Digits.of(own, 0, seeds).pixels();
    Run run = Run.of(bench.rng(), pixels);
    Oracle oracle = Oracle.of(victim, Oracle.Answer.LABELS, 1 << rounds, run);
    SubstituteTraining usual = new SubstituteTraining();
    SubstituteTraining training =
        new SubstituteTraining(rounds, usual.lambda(), usual.epochs(), usual.rate(), usual.maps());
    return training.train(oracle, pixels, Bounds.PIXELS, run);
  }
}
