package io.adversight.attribution.relevance;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Reduction;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes of a graph that only scale others, so that they take no relevance: a sigmoid, erf or
 * tanh that becomes a factor of a product (SiLU, GELU written out, squeeze and excitation), and the
 * root of a variance that normalises (layer normalisation written out).
 */
final class Gates {
  private static final Set<String> SQUASHING = Set.of("Sigmoid", "HardSigmoid", "Erf", "Tanh");

  private final Graph graph;
  private final Map<String, Node> nodes = new HashMap<>();

  private Gates(Graph graph) {
    this.graph = graph;
    graph.nodes().forEach(node -> nodes.put(node.name(), node));
  }

  /** The names of the gates of a classifier; none where its graph is hidden. */
  static Set<String> of(Classifier classifier) {
    Set<String> names = new HashSet<>();
    if (classifier instanceof GraphClassifier known) {
      Gates gates = new Gates(known.graph());
      for (Node node : known.graph().nodes()) {
        if (gates.scales(node)) {
          names.add(node.name());
        }
      }
    }
    return names;
  }

  private boolean scales(Node node) {
    return SQUASHING.contains(node.operator().type())
        ? onlyFactor(node.name())
        : node.operator().ofOneImage() instanceof Activation.Sqrt && isOfVariance(node);
  }

  /** Whether every use, but for numbers added or multiplied, is a factor of a product. */
  private boolean onlyFactor(String name) {
    List<Node> users = graph.nodes().stream().filter(user -> user.inputs().contains(name)).toList();
    return !users.isEmpty()
        && users.stream()
            .allMatch(
                user ->
                    withNumber(user)
                        ? onlyFactor(user.name())
                        : user.operator().ofOneImage() instanceof Arithmetic.Mul);
  }

  private boolean withNumber(Node node) {
    boolean affine =
        node.operator().ofOneImage() instanceof Arithmetic.Add
            || node.operator().ofOneImage() instanceof Arithmetic.Mul;
    return affine && node.inputs().stream().anyMatch(graph.constants()::containsKey);
  }

  /** Whether a root is that of a mean, perhaps with a number added. */
  private boolean isOfVariance(Node root) {
    Optional<Node> under = Optional.ofNullable(nodes.get(root.inputs().get(0)));
    if (under.filter(this::withNumber).isPresent()) {
      under = under.get().inputs().stream().filter(nodes::containsKey).map(nodes::get).findFirst();
    }
    return under
        .filter(node -> node.operator().ofOneImage() instanceof Reduction.ReduceMean)
        .isPresent();
  }
}
