package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Merges a BatchNormalization into the convolution or dense layer before it, where nothing else
 * uses that layer's output: with s = scale / sqrt(variance + epsilon) the weights become s W and
 * the bias s (b - mean) + shift. The merged layer has the normalisation's name.
 */
final class FoldBatchNormalization {
  private final Graph graph;
  private final Map<String, Node> byName;
  private final Map<String, Long> uses;
  private final Map<String, Tensor> constants;

  private FoldBatchNormalization(Graph graph) {
    this.graph = graph;
    this.byName = graph.nodes().stream().collect(Collectors.toMap(Node::name, node -> node));
    this.uses =
        graph.nodes().stream()
            .flatMap(node -> node.inputs().stream())
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    this.constants = new HashMap<>(graph.constants());
  }

  static Graph in(Graph graph) {
    return new FoldBatchNormalization(graph).folded();
  }

  private Graph folded() {
    Map<String, Node> replaced = new HashMap<>();
    Map<String, Node> gone = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Normalization.BatchNormalization norm) {
        Node before = byName.get(node.inputs().get(0));
        if (before != null && isFree(before)) {
          merge(before, node, norm)
              .ifPresent(
                  merged -> {
                    replaced.put(node.name(), merged);
                    gone.put(before.name(), before);
                  });
        }
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!gone.containsKey(node.name())) {
        nodes.add(replaced.getOrDefault(node.name(), node));
      }
    }
    Set<String> used =
        nodes.stream().flatMap(node -> node.inputs().stream()).collect(Collectors.toSet());
    constants.keySet().retainAll(used);
    return new Graph(graph.input(), nodes, constants, graph.output());
  }

  /** Whether the layer can take the normalisation over, and nothing else sees its value. */
  private boolean isFree(Node before) {
    Operator operator = before.operator();
    boolean linear =
        operator instanceof Linear.Conv
            || operator instanceof Linear.ConvTranspose
            || (operator instanceof Linear.Gemm gemm && !gemm.transA());
    boolean known =
        before.inputs().stream().skip(1).allMatch(name -> graph.constants().containsKey(name));
    return linear
        && known
        && uses.getOrDefault(before.name(), 0L) == 1
        && !graph.output().equals(before.name());
  }

  private Optional<Node> merge(Node before, Node node, Normalization.BatchNormalization norm) {
    List<Tensor> statistics = new ArrayList<>();
    for (String name : node.inputs().subList(1, 5)) {
      Tensor constant = graph.constants().get(name);
      if (constant == null) {
        return Optional.empty();
      }
      statistics.add(constant);
    }
    try (Scope scope = Scope.open()) {
      Tensor scale =
          statistics.get(0).asDouble().div(statistics.get(3).asDouble().add(norm.epsilon()).sqrt());
      Tensor weight = constant(before.inputs().get(1)).asDouble();
      Operator operator = before.operator();
      Tensor scaled;
      double biasFactor = 1;
      if (operator instanceof Linear.Conv) {
        scaled = weight.mul(scale.reshape(-1, 1, 1, 1));
      } else if (operator instanceof Linear.ConvTranspose transposed) {
        // The output channel of weight (c, m) is m of c's group.
        long groups = transposed.groups();
        long[] sizes = weight.shape().toArray();
        scaled =
            weight
                .reshape(groups, sizes[0] / groups, sizes[1], sizes[2], sizes[3])
                .mul(scale.reshape(groups, 1, sizes[1], 1, 1))
                .reshape(sizes);
      } else {
        Linear.Gemm gemm = (Linear.Gemm) operator;
        scaled = weight.mul(gemm.transB() ? scale.reshape(-1, 1) : scale.reshape(1, -1));
        biasFactor = gemm.beta();
        operator = new Linear.Gemm(gemm.alpha(), 1, false, gemm.transB());
      }
      Tensor bias = scale.fullLike(0);
      if (before.inputs().size() > 2) {
        Tensor own = constant(before.inputs().get(2)).asDouble();
        if (own.elements() != 1 && own.elements() != scale.elements()) {
          return Optional.empty();
        }
        bias = own.reshape(-1).expand(scale.elements()).mul(biasFactor);
      }
      Tensor shifted =
          bias.sub(statistics.get(2).asDouble()).mul(scale).add(statistics.get(1).asDouble());
      String weightName = fresh(node.name() + ".folded.weight");
      constants.put(weightName, scope.release(scaled.asFloat().contiguous()));
      String biasName = fresh(node.name() + ".folded.bias");
      constants.put(biasName, scope.release(shifted.asFloat().contiguous()));
      return Optional.of(
          new Node(node.name(), operator, List.of(before.inputs().get(0), weightName, biasName)));
    }
  }

  private Tensor constant(String name) {
    Tensor constant = graph.constants().get(name);
    if (constant == null) {
      throw new IllegalStateException("\"" + name + "\" is no constant");
    }
    return constant;
  }

  private String fresh(String name) {
    String free = name;
    for (int i = 2;
        byName.containsKey(free) || constants.containsKey(free) || free.equals(graph.input());
        i++) {
      free = name + "_" + i;
    }
    return free;
  }
}
