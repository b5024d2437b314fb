package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
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
 * A graph in operators of operator set 17: GELU is put together of the error function or the
 * hyperbolic tangent, a softmax over several dimensions is one over their elements in a row.
 */
final class PlainForm {
  private static final double GELU_CUBE = 0.044715;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants;
  private final Map<String, Shape> shapes;
  private final Set<String> taken;

  private PlainForm(Graph graph, Shape image) {
    this.constants = new HashMap<>(graph.constants());
    this.shapes = graph.shapes(image);
    this.taken = new HashSet<>(constants.keySet());
    taken.add(graph.input());
    graph.nodes().forEach(node -> taken.add(node.name()));
  }

  /** The same network; layers keep their names. */
  static Graph of(Graph graph, Shape image) {
    if (graph.nodes().stream().noneMatch(PlainForm::isComposed)) {
      return graph;
    }
    PlainForm form = new PlainForm(graph, image);
    graph.nodes().forEach(form::add);
    return new Graph(graph.input(), form.nodes, form.constants, graph.output());
  }

  private static boolean isComposed(Node node) {
    return node.operator() instanceof Activation.Gelu
        || (node.operator() instanceof Activation.Softmax softmax && softmax.flatten())
        || (node.operator() instanceof Activation.LogSoftmax softmax && softmax.flatten());
  }

  private void add(Node node) {
    if (!isComposed(node)) {
      nodes.add(node);
    } else if (node.operator() instanceof Activation.Gelu gelu) {
      gelu(node, gelu.tanh());
    } else if (node.operator() instanceof Activation.Softmax softmax) {
      inARow(node, softmax.axis(), new Activation.Softmax(-1));
    } else if (node.operator() instanceof Activation.LogSoftmax softmax) {
      inARow(node, softmax.axis(), new Activation.LogSoftmax(-1, false));
    }
  }

  private void gelu(Node node, boolean byTanh) {
    String x = node.inputs().get(0);
    String inner = x;
    if (byTanh) {
      String squared = then(node, new Arithmetic.Mul(), x, x);
      String share = then(node, new Arithmetic.Mul(), squared, number(node, GELU_CUBE));
      String plus = then(node, new Arithmetic.Add(), share, number(node, 1));
      inner = then(node, new Arithmetic.Mul(), x, plus);
    }
    double factor = byTanh ? Math.sqrt(2 / Math.PI) : Math.sqrt(0.5);
    String scaled = then(node, new Arithmetic.Mul(), inner, number(node, factor));
    Operator curve = byTanh ? new Activation.Tanh() : new Activation.Erf();
    String above = then(node, new Arithmetic.Add(), then(node, curve, scaled), number(node, 1));
    String half = then(node, new Arithmetic.Mul(), x, number(node, 0.5));
    nodes.add(new Node(node.name(), new Arithmetic.Mul(), List.of(half, above)));
  }

  private void inARow(Node node, int axis, Operator softmax) {
    String x = node.inputs().get(0);
    Shape shape = shapes.getOrDefault(node.name(), Shape.of());
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      sizes.add(i == 0 ? -1 : shape.size(i));
    }
    String flat = then(node, new Layout.Flatten(Axes.of(axis, shape.rank())), x);
    String values = then(node, softmax, flat);
    nodes.add(new Node(node.name(), new Layout.Reshape(sizes, false), List.of(values)));
  }

  private String then(Node node, Operator operator, String... inputs) {
    String name = free(node.name() + "." + operator.type());
    nodes.add(new Node(name, operator, List.of(inputs)));
    return name;
  }

  private String number(Node node, double value) {
    String name = free(node.name() + ".number");
    try (Scope scope = Scope.open()) {
      constants.put(name, scope.release(Tensor.scalar(value).asFloat().alias()));
    }
    return name;
  }

  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }
}
