package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Finds out what a network's outputs are, or says what has to be declared. */
final class OutputDetection {
  private static final int IMAGES = 3;
  private static final double TOLERANCE = 1e-3;

  private OutputDetection() {}

  /**
   * Refuses a file with several outputs of which none was chosen.
   *
   * @param chosen the name of an output, or empty
   */
  static void ensureOne(String file, ImportedModel model, String chosen) {
    if (chosen.isEmpty() && model.outputs().size() > 1) {
      throw new ModelFormatException(
          file,
          "the network has %s outputs: %s; say which one gives the classes, with --output-name or"
                  .formatted(model.outputs().size(), String.join(", ", model.outputs()))
              + " with \"outputName\" in its card");
    }
  }

  /** Refuses a card that takes probabilities for logits, or those of sigmoids for a softmax's. */
  static void ensureAgreement(String file, Graph graph, OutputKind declared) {
    boolean logits = declared == OutputKind.LOGITS || declared == OutputKind.SIGMOID_LOGITS;
    if (graph.endsInSoftmax() && declared != OutputKind.PROBABILITIES) {
      throw disagreement(file, "softmax", declared, OutputKind.PROBABILITIES);
    }
    if (graph.endsInSigmoid() && logits) {
      throw disagreement(file, "sigmoid", declared, OutputKind.SIGMOID_PROBABILITIES);
    }
  }

  private static ModelFormatException disagreement(
      String file, String found, OutputKind declared, OutputKind right) {
    return new ModelFormatException(
        file,
        "the network ends in a %s, but its output is declared as %s; declare %s"
            .formatted(found, declared.id(), right.id()));
  }

  /** What a network gives for three images of noise, a row each. */
  static List<double[]> rows(Graph graph, Shape image, Preprocessing preprocessing) {
    SplittableRandom random = new SplittableRandom(1);
    double std = preprocessing.std().get(0);
    double mean = preprocessing.mean().get(0);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      float[] values = new float[(int) image.elements()];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) ((preprocessing.range() * random.nextDouble() - mean) / std);
      }
      try (Scope scope = Scope.open()) {
        rows.add(graph.forward(Tensor.of(values, image.toArray())).toDoubles());
      }
    }
    return rows;
  }

  /**
   * The kind of outputs of a network.
   *
   * @param rows what it gives for some images
   * @throws ModelFormatException if that cannot be told: it has to be declared
   */
  static OutputKind kind(String file, Graph graph, List<double[]> rows) {
    if (!rows.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
      throw new ModelFormatException(
          file,
          "its outputs are not finite numbers (NaN or infinite): its weights or its preprocessing"
              + " are wrong");
    }
    boolean inRange = rows.stream().flatMapToDouble(Arrays::stream).allMatch(v -> v >= 0 && v <= 1);
    boolean sumToOne =
        rows.stream().allMatch(row -> Math.abs(Arrays.stream(row).sum() - 1) < TOLERANCE);
    int classes = rows.get(0).length;
    if (graph.endsInSigmoid()) {
      return OutputKind.SIGMOID_PROBABILITIES;
    }
    if (classes == 1) {
      throw unclear(file, "it gives one number per image");
    }
    if (graph.endsInSoftmax() || (inRange && sumToOne)) {
      return OutputKind.PROBABILITIES;
    }
    if (inRange) {
      throw unclear(file, "its outputs lie in [0, 1] but do not sum to 1");
    }
    return OutputKind.LOGITS;
  }

  private static ModelFormatException unclear(String file, String found) {
    return new ModelFormatException(
        file,
        found
            + "; say what that is with --output-kind or \"output\" in a card: sigmoid-logits or"
            + " sigmoid-probabilities (one class, or several labels at once), logits,"
            + " probabilities");
  }
}
