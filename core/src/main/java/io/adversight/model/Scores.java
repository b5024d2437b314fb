package io.adversight.model;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network with what makes logits of its outputs. Everything is part of the graph, so that
 * gradients and rules of relevance pass it as they pass any other layer.
 */
final class Scores {
  private static final double SMALLEST_PROBABILITY = 1e-30;
  private static final float HALF = 0.5f;

  private final Graph graph;
  private final List<Node> nodes;
  private final Map<String, Tensor> constants;
  private final Set<String> taken = new HashSet<>();
  private String last;

  private Scores(Graph graph) {
    this.graph = graph;
    this.nodes = new ArrayList<>(graph.nodes());
    this.constants = new HashMap<>(graph.constants());
    this.last = graph.output();
    taken.add(graph.input());
    taken.addAll(constants.keySet());
    nodes.forEach(node -> taken.add(node.name()));
  }

  /**
   * A network that gives logits: without a softmax or a sigmoid at its end; with two logits -z / 2
   * and z / 2 where it gives one logit z, whose softmax is 1 - sigmoid (z) and sigmoid (z). Only
   * probabilities of a softmax that does not stand at the end stay as they are.
   *
   * @param image shape (1, ...) of one image
   */
  static Graph of(Graph graph, OutputKind kind, Shape image) {
    return switch (kind) {
      case LOGITS, SIGMOID_LOGITS -> graph;
      case PROBABILITIES -> graph.withoutSoftmax();
      case SIGMOID_PROBABILITIES -> logOdds(graph);
      case BINARY_LOGIT -> combined(graph, image, new float[][] {{-HALF}, {HALF}});
      case BINARY_PROBABILITY -> combined(logOdds(graph), image, new float[][] {{-HALF}, {HALF}});
    };
  }

  /**
   * A network whose outputs are sums of those of another one.
   *
   * @param image shape (1, ...) of one image
   * @param factors a row for each sum, a factor for each output
   */
  static Graph combined(Graph graph, Shape image, float[][] factors) {
    Scores end = new Scores(graph);
    int rank = graph.shapes(image).getOrDefault(graph.output(), image).rank();
    if (rank != 2) {
      long outputs = factors[0].length;
      end.then("flat_outputs", new Layout.Reshape(List.of(-1L, outputs), false), end.last);
    }
    float[] all = new float[factors.length * factors[0].length];
    for (int row = 0; row < factors.length; row++) {
      System.arraycopy(factors[row], 0, all, row * factors[row].length, factors[row].length);
    }
    String weight =
        end.constant("class_logits.weight", Tensor.of(all, factors.length, factors[0].length));
    end.then("class_logits", new Linear.Gemm(1, 1, false, true), end.last, weight);
    return end.graph();
  }

  /** log (p / (1 - p)) of the outputs, which are probabilities. */
  private static Graph logOdds(Graph graph) {
    if (graph.endsInSigmoid()) {
      return graph.withoutSigmoid();
    }
    Scores end = new Scores(graph);
    String p = end.last;
    String one = end.constant("one", Tensor.scalar(1).asFloat());
    String rest = end.then("other_probability", new Arithmetic.Sub(), one, p);
    Operator clip = new Activation.Clip(SMALLEST_PROBABILITY, 1);
    String top = end.then("log_probability", new Activation.Log(), end.then("clipped", clip, p));
    String bottom =
        end.then("log_other", new Activation.Log(), end.then("clipped_other", clip, rest));
    end.then("log_odds", new Arithmetic.Sub(), top, bottom);
    return end.graph();
  }

  private String then(String name, Operator operator, String... inputs) {
    last = free(name);
    nodes.add(new Node(last, operator, List.of(inputs)));
    return last;
  }

  private String constant(String name, Tensor value) {
    String free = free(name);
    constants.put(free, Scope.current().map(scope -> scope.release(value)).orElse(value));
    return free;
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private Graph graph() {
    return new Graph(graph.input(), nodes, constants, last);
  }
}
