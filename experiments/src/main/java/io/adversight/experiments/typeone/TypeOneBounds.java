package io.adversight.experiments.typeone;

import io.adversight.attack.minimal.DecoupledDirection;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.evaluation.certificate.CertifiedRadius;
import io.adversight.evaluation.certificate.LipschitzProduct;
import io.adversight.evaluation.certificate.Method;
import io.adversight.evaluation.robustness.Clever;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.metric.numeric.Correlation;
import io.adversight.model.Batches;
import io.adversight.model.NetworkView;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The slides' attack lower bound, "the least amount of perturbation required to deceive a
 * classifier": proved and estimated bounds beside what a Type II attack needs, and beside how far
 * Type I examples are, all in L2.
 */
public final class TypeOneBounds implements Experiment {
  private static final double LARGEST = 2;
  private static final int HALVINGS = 8;
  private static final String TYPE_TWO = "Type II distance";
  private static final String TYPE_ONE = "Type I distance";
  private static final List<String> BOUNDS =
      List.of("Lipschitz product", "certified radius", "CLEVER");

  @Override
  public String name() {
    return "type-one-bounds";
  }

  @Override
  public void measure(Bench bench) {
    Contestants contestants = Contestants.of(bench);
    DataSet images = NetworkView.of(bench.images(), contestants.attacked());
    List<DistanceBound> bounds =
        List.of(
            new LipschitzProduct(Norm.L2),
            new CertifiedRadius(Norm.L2, Method.CROWN_IBP, LARGEST, HALVINGS),
            new Clever(
                Norm.L2,
                bench.setting("radius"),
                bench.count("batches"),
                bench.count("samples"),
                1));
    List<JsonNode> found =
        bench.each("image", images.size(), i -> distances(bench, contestants, bounds, images, i));
    bench.number("images", images.size());
    List<String> names = new ArrayList<>(BOUNDS);
    names.addAll(List.of(TYPE_TWO, TYPE_ONE));
    for (String name : names) {
      Sample sample = Sample.of(column(found, name));
      bench.number("median " + name, sample.median());
      bench.number("images with " + name, sample.size());
    }
    for (String bound : BOUNDS) {
      bench.number(
          "images whose %s exceeds the Type II distance".formatted(bound),
          (double)
              found.stream().filter(one -> number(one, bound) > number(one, TYPE_TWO)).count());
    }
    List<Double> ratios =
        found.stream().map(one -> number(one, TYPE_ONE) / number(one, TYPE_TWO)).toList();
    Sample ratio = Sample.of(ratios);
    bench.number("Type I over Type II distance, median", ratio.median());
    bench.number(
        "Type I over Type II distance, smallest",
        ratios.stream().filter(Double::isFinite).mapToDouble(r -> r).min().orElse(Double.NaN));
    List<JsonNode> both =
        found.stream().filter(one -> Double.isFinite(number(one, TYPE_TWO))).toList();
    for (String bound : BOUNDS) {
      Correlation.spearman(array(both, bound), array(both, TYPE_TWO))
          .ifPresent(
              rho -> bench.number("rank correlation of %s and Type II".formatted(bound), rho));
    }
    draw(bench, found, names);
  }

  private static JsonNode distances(
      Bench bench,
      Contestants contestants,
      List<DistanceBound> bounds,
      DataSet images,
      int number) {
    bench.run().checkCancelled();
    ObjectNode node = Json.MAPPER.createObjectNode();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(images.image(number)));
      SmallestDistance smallest =
          SmallestDistance.of(
              bounds,
              new DecoupledDirection(),
              contestants.attacked(),
              pixels,
              Run.of(bench.rng(), pixels));
      for (int b = 0; b < BOUNDS.size(); b++) {
        node.put(BOUNDS.get(b), smallest.bounds().get(b).score());
      }
      smallest.attack().ifPresent(distance -> node.put(TYPE_TWO, distance));
      typeOne(contestants, pixels, smallest.predicted(), node);
    }
    return node;
  }

  /** The nearest of the Type I examples of all target classes that most oracles see. */
  private static void typeOne(Contestants contestants, Tensor pixels, int label, ObjectNode node) {
    List<Integer> targets =
        IntStream.range(0, contestants.attacked().card().classes())
            .filter(target -> target != label)
            .boxed()
            .toList();
    Tensor repeated = Tensor.concat(targets.stream().map(target -> pixels).toList(), 0);
    List<Integer> labels = targets.stream().map(target -> label).toList();
    Problem problem =
        Problem.of(contestants.attacked(), repeated, labels).with(new Goal.Keep(targets));
    Tensor made =
        contestants
            .attack()
            .perturb(contestants.observer().model(), problem, Run.of(targets.size()));
    List<Integer> seen = contestants.observer().oracles().seen(made);
    double[] moved = made.sub(repeated).l2PerImage().toDoubles();
    IntStream.range(0, targets.size())
        .filter(i -> seen.get(i).equals(targets.get(i)))
        .mapToObj(i -> moved[i])
        .min(Comparator.naturalOrder())
        .ifPresent(nearest -> node.put(TYPE_ONE, nearest));
  }

  private static double number(JsonNode one, String name) {
    return Json.number(one.path(name));
  }

  private static List<Double> column(List<JsonNode> found, String name) {
    return found.stream().map(one -> number(one, name)).toList();
  }

  private static double[] array(List<JsonNode> found, String name) {
    return found.stream().mapToDouble(one -> number(one, name)).toArray();
  }

  /** All distances, the images in the order of their Type II distance. */
  private static void draw(Bench bench, List<JsonNode> found, List<String> names) {
    List<JsonNode> sorted =
        found.stream().sorted(Comparator.comparing(one -> number(one, TYPE_TWO))).toList();
    List<Line> lines = new ArrayList<>();
    for (String name : names) {
      int[] known =
          IntStream.range(0, sorted.size())
              .filter(i -> Double.isFinite(number(sorted.get(i), name)))
              .toArray();
      if (known.length > 0) {
        lines.add(
            new Line(
                name,
                IntStream.of(known).mapToObj(i -> i + 1.0).toList(),
                IntStream.of(known).mapToObj(i -> number(sorted.get(i), name)).toList()));
      }
    }
    bench.plot(
        "distances",
        LinePlot.of(
            "Lower bounds beside the distances of Type II and Type I examples",
            "images by Type II distance",
            "L2 distance",
            lines));
    bench.table(
        "distances",
        "L2 distances of each image",
        names,
        found.stream()
            .map(
                one ->
                    names.stream()
                        .map(name -> number(one, name))
                        .map(d -> Double.isNaN(d) ? "" : String.format(Locale.ROOT, "%.4f", d))
                        .toList())
            .toList());
  }
}
