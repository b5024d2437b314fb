package io.adversight.experiments.fgsmmaps;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.evaluation.detection.DetectionScore;
import io.adversight.evaluation.detection.DetectorInputs;
import io.adversight.evaluation.detection.ExplanationStability;
import io.adversight.evaluation.detection.FeatureSqueezing;
import io.adversight.evaluation.detection.MaxSoftmax;
import io.adversight.experiments.Bench;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Some images, attacked and explained: one finished part of the measurement. */
final class ImageBatch {
  /** Detectors that see only the image in question. */
  private static final Map<String, DetectionScore> DETECTORS = detectors();

  private final Bench bench;
  private final Classifier network;
  private final Comparison comparison;
  private final List<Raster> views;
  private final List<Integer> labels;
  private final List<Integer> predicted;
  private final Tensor pixels;
  private final Run run;
  private final List<List<Raster>> clean;

  private ImageBatch(Bench bench, Comparison comparison, DataSet images, int first, int end) {
    this.bench = bench;
    this.network = bench.network();
    this.comparison = comparison;
    this.views = new ArrayList<>();
    this.labels = new ArrayList<>();
    NetworkView view = NetworkView.of(images, network);
    for (int i = first; i < end; i++) {
      views.add(view.image(i));
    }
    this.pixels = Batches.of(views);
    this.predicted = network.predict(pixels).stream().map(Prediction::top).toList();
    for (int i = first; i < end; i++) {
      int label = view.label(i);
      labels.add(label == DataSet.UNLABELLED ? predicted.get(i - first) : label);
    }
    this.run = Run.of(bench.rng(), pixels);
    this.clean = comparison.maps(network, pixels, predicted, run);
  }

  /** What is measured on the images {@code first} to {@code end} of a set: one row per image. */
  static ArrayNode rows(Bench bench, Comparison comparison, DataSet images, int first, int end) {
    try (Scope scope = Scope.open()) {
      return new ImageBatch(bench, comparison, images, first, end).rows();
    }
  }

  private static Map<String, DetectionScore> detectors() {
    Map<String, DetectionScore> all = new LinkedHashMap<>();
    all.put("max-softmax", new MaxSoftmax());
    all.put("feature squeezing", new FeatureSqueezing());
    all.put("stability of Grad-CAM", new ExplanationStability());
    return all;
  }

  private ArrayNode rows() {
    ArrayNode rows = Json.MAPPER.createArrayNode();
    for (int i = 0; i < views.size(); i++) {
      ObjectNode row = rows.addObject();
      row.put("right", labels.get(i).equals(predicted.get(i)));
      row.putArray("pairs");
      int other = (i + 1) % views.size();
      put(rows, i, "other image", 0, false, comparison.similarities(clean, i, clean, other));
    }
    boolean controls = bench.settings().path("controls").asBoolean();
    if (controls) {
      scores(rows, "clean", pixels);
    }
    for (double epsilon : bench.values("epsilons")) {
      List<Double> targets = bench.values("targets");
      if (targets.isEmpty()) {
        compare(rows, "attack", epsilon, attacked(epsilon, OptionalInt.empty()), controls);
      }
      for (double target : targets) {
        String kind = "target " + (int) target;
        compare(rows, kind, epsilon, attacked(epsilon, OptionalInt.of((int) target)), false);
      }
      if (controls) {
        compare(rows, "noise", epsilon, noisy(epsilon), false);
      }
    }
    return rows;
  }

  /** FGSM as the settings say; its epsilon is in pixels of [0, 1]. */
  private Tensor attacked(double epsilon, OptionalInt target) {
    Loss loss = Loss.valueOf(bench.settings().path("loss").asString());
    Problem problem = Problem.of(network, pixels, labels);
    if (target.isPresent()) {
      // The study's targets include an image's own class, so that the label must be any other.
      int other = (target.getAsInt() + 1) % network.card().classes();
      problem =
          Problem.of(network, pixels, Collections.nCopies(labels.size(), other))
              .with(new Goal.MisclassifyAs(Collections.nCopies(labels.size(), target.getAsInt())));
    }
    if (!bench.settings().path("clipped").asBoolean()) {
      problem = problem.with(Bounds.NONE);
    }
    return Attacks.changed(new Fgsm(loss), problem, Norm.LINF, epsilon, run.restarted());
  }

  /** Noise of the attack's size in every norm: each value up or down by epsilon. */
  private Tensor noisy(double epsilon) {
    Tensor signs = run.uniform(pixels, 0, -1, 1).sign();
    return Bounds.PIXELS.clip(pixels.add(signs.mul(epsilon)));
  }

  private void compare(
      ArrayNode rows, String kind, double epsilon, Tensor changed, boolean controls) {
    run.checkCancelled();
    List<Integer> after = network.predict(changed).stream().map(Prediction::top).toList();
    List<List<Raster>> maps = comparison.maps(network, changed, after, run);
    for (int i = 0; i < views.size(); i++) {
      boolean flipped = !after.get(i).equals(predicted.get(i));
      put(rows, i, kind, epsilon, flipped, comparison.similarities(clean, i, maps, i));
    }
    if (controls) {
      List<List<Raster>> same = comparison.maps(network, changed, predicted, run);
      for (int i = 0; i < views.size(); i++) {
        boolean flipped = !after.get(i).equals(predicted.get(i));
        put(rows, i, "same class", epsilon, flipped, comparison.similarities(clean, i, same, i));
      }
      scores(rows, Double.toString(epsilon), changed);
    }
  }

  private void scores(ArrayNode rows, String of, Tensor images) {
    DETECTORS.forEach(
        (name, score) -> {
          List<Double> values = score.scores(DetectorInputs.of(network, images), run);
          for (int i = 0; i < views.size(); i++) {
            ((ObjectNode) rows.path(i))
                .withObject("scores")
                .withObject(name)
                .put(of, values.get(i));
          }
        });
  }

  private static void put(
      ArrayNode rows,
      int image,
      String kind,
      double epsilon,
      boolean flipped,
      List<List<Double>> similarities) {
    ObjectNode pair = ((ArrayNode) rows.path(image).path("pairs")).addObject();
    pair.put("kind", kind);
    pair.put("epsilon", epsilon);
    pair.put("flipped", flipped);
    ArrayNode methods = pair.putArray("similarities");
    for (List<Double> method : similarities) {
      ArrayNode measures = methods.addArray();
      method.forEach(measures::add);
    }
  }
}
