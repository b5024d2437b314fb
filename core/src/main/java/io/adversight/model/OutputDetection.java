package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a network's outputs are, or says what has to be declared. */
final class OutputDetection {
  private static final int IMAGES = 3;
  private static final double TOLERANCE = 1e-3;

  private OutputDetection() {}

  /**
   * Refuses a file with several outputs of which none was chosen.
   *
   * @param outputs the names of those that can be scores
   * @param chosen the name of an output, or empty
   */
  static void ensureOne(String file, List<String> outputs, String chosen) {
    if (chosen.isEmpty() && outputs.size() > 1) {
      throw new ModelFormatException(
          file,
          "the network has %s outputs: %s; say which one gives the classes, with --output-name or"
                  .formatted(outputs.size(), String.join(", ", outputs))
              + " with \"outputName\" in its card");
    }
  }

  /**
   * Refuses a card that takes probabilities for logits, or those of sigmoids for a softmax's.
   *
   * @param outputs the numbers that the network gives for one image
   */
  static void ensureAgreement(String file, Graph graph, OutputKind declared, int outputs) {
    boolean logits =
        declared == OutputKind.LOGITS
            || declared == OutputKind.SIGMOID_LOGITS
            || declared == OutputKind.BINARY_LOGIT;
    if (graph.endsInSoftmax() && declared != OutputKind.PROBABILITIES) {
      throw disagreement(file, "ends in a softmax", declared, OutputKind.PROBABILITIES);
    }
    if (graph.endsInSigmoid() && logits) {
      throw disagreement(
          file,
          "ends in a sigmoid",
          declared,
          outputs == 1 ? OutputKind.BINARY_PROBABILITY : OutputKind.SIGMOID_PROBABILITIES);
    }
    if (outputs == 1 && !declared.isBinary()) {
      throw disagreement(
          file,
          "gives one number per image, which decides between two classes",
          declared,
          logits ? OutputKind.BINARY_LOGIT : OutputKind.BINARY_PROBABILITY);
    }
    if (outputs > 1 && declared.isBinary()) {
      throw disagreement(
          file,
          "gives %s numbers per image".formatted(outputs),
          declared,
          declared == OutputKind.BINARY_LOGIT
              ? OutputKind.SIGMOID_LOGITS
              : OutputKind.SIGMOID_PROBABILITIES);
    }
  }

  private static ModelFormatException disagreement(
      String file, String found, OutputKind declared, OutputKind right) {
    return new ModelFormatException(
        file,
        "the network %s, but its output is declared as %s; declare %s"
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
   * The kind of a network's outputs.
   *
   * @param why what shows it, as the end of a sentence about the network
   */
  record Found(OutputKind kind, String why) {}

  /**
   * The kind of outputs of a network.
   *
   * @param rows what it gives for some images
   * @throws ModelFormatException if that cannot be told: it has to be declared
   */
  static Found kind(String file, Graph graph, List<double[]> rows) {
    if (!rows.stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
      throw new ModelFormatException(
          file,
          "its outputs are not finite numbers (NaN or infinite): its weights or its preprocessing"
              + " are wrong");
    }
    boolean one = rows.get(0).length == 1;
    boolean inRange = rows.stream().flatMapToDouble(Arrays::stream).allMatch(v -> v >= 0 && v <= 1);
    boolean sumToOne =
        rows.stream().allMatch(row -> Math.abs(Arrays.stream(row).sum() - 1) < TOLERANCE);
    if (graph.endsInSigmoid()) {
      return new Found(
          one ? OutputKind.BINARY_PROBABILITY : OutputKind.SIGMOID_PROBABILITIES,
          "ends in a sigmoid");
    }
    if (!one && graph.endsInSoftmax()) {
      return new Found(OutputKind.PROBABILITIES, "ends in a softmax");
    }
    if (!one && inRange && sumToOne) {
      return new Found(OutputKind.PROBABILITIES, "gives numbers in [0, 1] that sum to 1");
    }
    OutputKind logits = one ? OutputKind.BINARY_LOGIT : OutputKind.LOGITS;
    Operator last = last(graph);
    if (last instanceof Linear) {
      return new Found(logits, "ends in a linear layer (%s)".formatted(last.type()));
    }
    if (!inRange) {
      return new Found(logits, "gives numbers outside [0, 1]");
    }
    throw new ModelFormatException(
        file,
        (one ? "it gives one number in [0, 1]" : "its outputs lie in [0, 1] but do not sum to 1")
            + "; say what that is with --output-kind or \"output\" in a card: "
            + Arrays.stream(OutputKind.values())
                .filter(kind -> kind.isBinary() == one)
                .map(OutputKind::id)
                .collect(Collectors.joining(", ")));
  }

  /** The last operator that is no change of shape and adds no constant; an Add without one. */
  private static @Nullable Operator last(Graph graph) {
    Map<String, Node> nodes = new HashMap<>();
    graph.nodes().forEach(node -> nodes.put(node.name(), node));
    Node last = nodes.get(graph.output());
    while (last != null && isPassed(last, graph)) {
      String from =
          last.inputs().stream()
              .filter(name -> !graph.constants().containsKey(name))
              .findFirst()
              .orElse("");
      last = nodes.get(from);
    }
    return last == null ? null : last.operator().ofOneImage();
  }

  private static boolean isPassed(Node node, Graph graph) {
    Operator operator = node.operator().ofOneImage();
    return operator instanceof Layout.Flatten
        || operator instanceof Layout.Reshape
        || operator instanceof Layout.Squeeze
        || (operator instanceof Arithmetic.Add
            && node.inputs().stream().anyMatch(graph.constants()::containsKey));
  }
}
