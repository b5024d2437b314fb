package io.adversight.experiments.lecture;

import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Correlation;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Models are too linear": the worked example of ten inputs, and what the logits of real networks
 * do along the sign of the gradient (Goodfellow et al. 2015, figure 4).
 */
public final class LectureLinear implements Experiment {
  private static final int POINTS = 41;
  private static final int SHOWN_CLASSES = 6;

  @Override
  public String name() {
    return "lecture-linear";
  }

  @Override
  public void measure(Bench bench) {
    List<Double> example = TenInputs.scores();
    bench.number("score of the ten inputs", example.get(0));
    bench.number("score after moving each by 0.5", example.get(1));
    for (JsonNode one : bench.settings().path("networks")) {
      String name = Json.text(one, "model");
      double reach = Json.number(one.path("reach"));
      GraphClassifier network = bench.network(name);
      DataSet images = bench.images(Json.text(one, "images"), bench.count("count"));
      List<Double> axis = axis(reach);
      List<JsonNode> rows =
          bench.each(
              name, images.size(), i -> row(network, images.image(i), axis, bench.rng().split(i)));
      bench.number(name + ": images", rows.size());
      note(bench, name, "linearity, R2 of the margin", rows, "linearity");
      note(bench, name, "linearity up to a quarter of epsilon", rows, "near");
      note(bench, name, "share of the change that the gradient predicts", rows, "share");
      note(bench, name, "class changed along the sign", rows, "changed");
      note(bench, name, "class changed along random signs", rows, "random");
      bench.plot("logits-" + name, plot(name, network.labels(), axis, rows.get(0)));
    }
  }

  private static void note(
      Bench bench, String network, String what, List<JsonNode> rows, String field) {
    Sample values = Sample.of(rows.stream().map(row -> Json.number(row.path(field))).toList());
    boolean counted = field.equals("changed") || field.equals("random");
    bench.number("%s: %s".formatted(network, what), counted ? values.mean() : values.median());
  }

  private static List<Double> axis(double reach) {
    return DoubleStream.iterate(0, i -> i < POINTS, i -> i + 1)
        .map(i -> reach * (2 * i / (POINTS - 1) - 1))
        .boxed()
        .toList();
  }

  /**
   * One image along the sign of its gradient.
   *
   * @param axis epsilons from -reach to reach
   */
  private static JsonNode row(GraphClassifier network, Raster image, List<Double> axis, Rng rng) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(NetworkView.of(image, network.card())));
      int label = network.predict(pixels).get(0).top();
      Problem problem = Problem.of(network, pixels, List.of(label));
      Run run = Run.of(rng, pixels);
      Tensor gradient =
          problem.startingGradient(problem.objective(Loss.CROSS_ENTROPY), run).gradient();
      Tensor random = run.uniform(pixels, 0, -1, 1).sign();
      List<Prediction> along = along(network, pixels, gradient.sign(), axis);
      Prediction far = along(network, pixels, random, axis.subList(POINTS - 1, POINTS)).get(0);
      int reached = along.get(POINTS - 1).top();
      int other = reached == label ? along.get(POINTS - 1).top(2).get(1) : reached;
      ObjectNode row = Json.MAPPER.createObjectNode();
      row.put("linearity", linearity(axis, along, label, other, POINTS));
      row.put("near", linearity(axis, along, label, other, POINTS / 2 + POINTS / 8 + 1));
      row.put("share", share(problem, run, gradient, axis, along, label, other));
      row.put("changed", reached == label ? 0 : 1);
      row.put("random", far.top() == label ? 0 : 1);
      put(row, along, label);
      return row;
    }
  }

  private static List<Prediction> along(
      GraphClassifier network, Tensor pixels, Tensor direction, List<Double> axis) {
    List<Prediction> found = new ArrayList<>();
    try (Gradients.Off off = Gradients.off()) {
      for (double epsilon : axis) {
        try (Scope scope = Scope.open()) {
          found.addAll(network.predict(pixels.add(direction.mul(epsilon))));
        }
      }
    }
    return found;
  }

  private static double margin(Prediction prediction, int label, int other) {
    return prediction.logits().get(other) - prediction.logits().get(label);
  }

  /** The squared correlation of epsilon with the margin between the classes, from 0 on. */
  private static double linearity(
      List<Double> axis, List<Prediction> along, int label, int other, int end) {
    int from = POINTS / 2;
    double[] x = IntStream.range(from, end).mapToDouble(axis::get).toArray();
    double[] y =
        IntStream.range(from, end).mapToDouble(i -> margin(along.get(i), label, other)).toArray();
    double r = Correlation.pearson(x, y).orElse(0);
    return r * r;
  }

  /** The change of the margin at the end, over epsilon times its derivative at the image. */
  private static double share(
      Problem problem,
      Run run,
      Tensor gradient,
      List<Double> axis,
      List<Prediction> along,
      int label,
      int other) {
    Tensor towards =
        problem.gradient(problem.pixels(), new Objective.Logit(List.of(other)), run).gradient();
    Tensor away =
        problem.gradient(problem.pixels(), new Objective.Logit(List.of(label)), run).gradient();
    double slope = towards.sub(away).mul(gradient.sign()).sum().item();
    double change =
        margin(along.get(POINTS - 1), label, other) - margin(along.get(POINTS / 2), label, other);
    return change / (axis.get(POINTS - 1) * slope);
  }

  /** The curves of the classes that are large somewhere. */
  private static void put(ObjectNode row, List<Prediction> along, int label) {
    TreeSet<Integer> classes = new TreeSet<>(List.of(label));
    for (int i : new int[] {POINTS - 1, 0, POINTS / 2, 3 * POINTS / 4}) {
      for (int one : along.get(i).top(3)) {
        if (classes.size() < SHOWN_CLASSES) {
          classes.add(one);
        }
      }
    }
    ObjectNode curves = row.putObject("curves");
    for (int one : classes) {
      ArrayNode values = curves.putArray(Integer.toString(one));
      along.forEach(prediction -> values.add(prediction.logits().get(one)));
    }
  }

  private static LinePlot plot(String name, Labels labels, List<Double> axis, JsonNode row) {
    List<Line> lines = new ArrayList<>();
    row.path("curves")
        .forEachEntry(
            (index, values) ->
                lines.add(
                    new Line(
                        labels.name(Integer.parseInt(index)),
                        axis,
                        values.valueStream().map(Json::number).toList())));
    return LinePlot.of(
        "Logits of %s along the sign of the gradient".formatted(name),
        "epsilon, of the pixel range",
        "logit",
        lines);
  }
}
