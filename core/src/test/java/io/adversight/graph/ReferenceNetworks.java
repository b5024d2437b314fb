package io.adversight.graph;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Pooling;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small networks whose values can be computed by hand. Constants are float64, input "x". */
public final class ReferenceNetworks {
  private static final List<Long> ONES = List.of(1L, 1L);

  private ReferenceNetworks() {}

  /** v(i) = (((a i + b) mod m) - c) / d for i = 0, 1, ... */
  public static double[] formula(int count, int a, int b, int m, int c, int d) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (double) ((a * i + b) % m - c) / d;
    }
    return values;
  }

  /** The formula network: (N, 1, 8, 8) to 4 logits; layers conv1 ... relu2, flatten, fc. */
  public static Graph f8() {
    Constants constants = new Constants();
    constants.put("conv1.w", formula(18, 7, 11, 13, 6, 10), 2, 1, 3, 3);
    constants.put("conv1.b", formula(2, 5, 2, 7, 2, 20), 2);
    constants.put("conv2.w", formula(24, 5, 6, 17, 8, 10), 3, 2, 2, 2);
    constants.put("conv2.b", formula(3, 4, 1, 5, 1, 20), 3);
    constants.put("fc.w", formula(108, 2, 12, 19, 9, 10), 4, 27);
    constants.put("fc.b", formula(4, 3, 2, 5, 2, 20), 4);
    List<Long> none = List.of(0L, 0L, 0L, 0L);
    return constants.graph(
        new Node(
            "conv1",
            new Linear.Conv(ONES, List.of(1L, 1L, 1L, 1L), ONES, 1),
            List.of("x", "conv1.w", "conv1.b")),
        new Node("relu1", new Activation.Relu(), List.of("conv1")),
        new Node(
            "pool1",
            new Pooling.MaxPool(List.of(2L, 2L), List.of(2L, 2L), none, ONES, false),
            List.of("relu1")),
        new Node(
            "conv2", new Linear.Conv(ONES, none, ONES, 1), List.of("pool1", "conv2.w", "conv2.b")),
        new Node("relu2", new Activation.Relu(), List.of("conv2")),
        new Node("flatten", new Layout.Flatten(1), List.of("relu2")),
        dense("fc", "flatten"));
  }

  /** The image that belongs to {@link #f8}, (1, 1, 8, 8) float64. */
  public static Tensor f8Input() {
    return Tensor.of(formula(64, 6, 8, 29, 0, 32), 1, 1, 8, 8);
  }

  /** One convolution: (N, 1, 4, 4) to 4 equal outputs; layers conv1, relu1, flatten, fc1, relu2. */
  public static Graph oneConv() {
    Constants constants = new Constants();
    constants.put("conv1.w", filled(18, 1), 2, 1, 3, 3);
    constants.put("conv1.b", new double[] {-50, -75}, 2);
    double[] rows = new double[32];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 8 < 5 ? 1 : -1;
    }
    constants.put("fc1.w", rows, 4, 8);
    constants.put("fc1.b", new double[4], 4);
    return constants.graph(
        new Node(
            "conv1",
            new Linear.Conv(ONES, List.of(0L, 0L, 0L, 0L), ONES, 1),
            List.of("x", "conv1.w", "conv1.b")),
        new Node("relu1", new Activation.Relu(), List.of("conv1")),
        new Node("flatten", new Layout.Flatten(1), List.of("relu1")),
        dense("fc1", "flatten"),
        new Node("relu2", new Activation.Relu(), List.of("fc1")));
  }

  /** Dense layers linear0, linear1, relu, linear2: (N, 3) to 2 outputs. */
  public static Graph multiLayer() {
    Constants constants = new Constants();
    constants.put("linear0.w", new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
    constants.put("linear0.b", new double[3], 3);
    constants.put("linear1.w", filled(12, 1), 4, 3);
    constants.put("linear1.b", new double[] {-10, 1, 1, 1}, 4);
    constants.put("linear2.w", filled(8, 1), 2, 4);
    constants.put("linear2.b", new double[] {-1, 1}, 2);
    return constants.graph(
        dense("linear0", "x"),
        dense("linear1", "linear0"),
        new Node("relu", new Activation.Relu(), List.of("linear1")),
        dense("linear2", "relu"));
  }

  /** As {@link #multiLayer}, with relu(linear1) + relu(linear1_alt) as layer relu_out. */
  public static Graph multiRelu() {
    Graph plain = multiLayer();
    Node relu = new Node("relu", new Activation.Relu(), List.of("linear1"));
    return new Graph(
        "x",
        List.of(
            dense("linear0", "x"),
            dense("linear1", "linear0"),
            new Node(
                "linear1_alt",
                new Linear.Gemm(1, 1, false, true),
                List.of("linear0", "linear1.w", "linear1.b")),
            relu,
            new Node("relu_alt", new Activation.Relu(), List.of("linear1_alt")),
            new Node("relu_out", new Arithmetic.Add(), List.of("relu", "relu_alt")),
            dense("linear2", "relu_out")),
        plain.constants(),
        "linear2");
  }

  /** f(x) = 1 - relu(1 - x), element by element. */
  public static Graph clip1() {
    Constants constants = new Constants();
    constants.put("one", new double[] {1});
    return constants.graph(
        new Node("rest", new Arithmetic.Sub(), List.of("one", "x")),
        new Node("relu", new Activation.Relu(), List.of("rest")),
        new Node("out", new Arithmetic.Sub(), List.of("one", "relu")));
  }

  /** f(x1, x2) = relu(relu(x1) - 1 - relu(x2)): (N, 2) to (N, 1). */
  public static Graph sub1() {
    Constants constants = new Constants();
    constants.put("one", new double[] {1});
    return constants.graph(
        column("x1", 0),
        column("x2", 1),
        new Node("relu1", new Activation.Relu(), List.of("x1")),
        new Node("relu2", new Activation.Relu(), List.of("x2")),
        new Node("less", new Arithmetic.Sub(), List.of("relu1", "one")),
        new Node("difference", new Arithmetic.Sub(), List.of("less", "relu2")),
        new Node("out", new Activation.Relu(), List.of("difference")));
  }

  /** f(x1, x2) = relu(relu(x1 - 1) - relu(x2)): (N, 2) to (N, 1). */
  public static Graph sub2() {
    Constants constants = new Constants();
    constants.put("one", new double[] {1});
    return constants.graph(
        column("x1", 0),
        column("x2", 1),
        new Node("less", new Arithmetic.Sub(), List.of("x1", "one")),
        new Node("relu1", new Activation.Relu(), List.of("less")),
        new Node("relu2", new Activation.Relu(), List.of("x2")),
        new Node("difference", new Arithmetic.Sub(), List.of("relu1", "relu2")),
        new Node("out", new Activation.Relu(), List.of("difference")));
  }

  /** f(x1, x2) = 2 relu(x1) + 2 relu(x2 - 1.5): (N, 2) to (N, 1). */
  public static Graph reluDl() {
    Constants constants = new Constants();
    constants.put("two", new double[] {2});
    constants.put("shift", new double[] {1.5});
    return constants.graph(
        column("x1", 0),
        column("x2", 1),
        new Node("shifted", new Arithmetic.Sub(), List.of("x2", "shift")),
        new Node("relu1", new Activation.Relu(), List.of("x1")),
        new Node("relu2", new Activation.Relu(), List.of("shifted")),
        new Node("sum", new Arithmetic.Add(), List.of("relu1", "relu2")),
        new Node("out", new Arithmetic.Mul(), List.of("sum", "two")));
  }

  /** Dense layers linear (weights 2), relu, linear2 (weights 3), no biases: (N, 3) to (N, 1). */
  public static Graph lrp3() {
    return lrp3(2);
  }

  /** {@link #lrp3} with {@code first} as the weight from the first input to the first unit. */
  public static Graph lrp3(double first) {
    Constants constants = new Constants();
    double[] weights = filled(9, 2);
    weights[0] = first;
    constants.put("linear.w", weights, 3, 3);
    constants.put("linear2.w", filled(3, 3), 1, 3);
    return constants.graph(
        new Node("linear", new Linear.Gemm(1, 1, false, true), List.of("x", "linear.w")),
        new Node("relu", new Activation.Relu(), List.of("linear")),
        new Node("linear2", new Linear.Gemm(1, 1, false, true), List.of("relu", "linear2.w")));
  }

  /** {@code graph} with float32 constants. */
  public static Graph inFloat(Graph graph) {
    Map<String, Tensor> constants = new HashMap<>();
    try (Scope scope = Scope.open()) {
      graph
          .constants()
          .forEach((name, tensor) -> constants.put(name, scope.release(tensor.asFloat())));
    }
    return graph.withConstants(constants);
  }

  private static Node dense(String name, String from) {
    return new Node(
        name, new Linear.Gemm(1, 1, false, true), List.of(from, name + ".w", name + ".b"));
  }

  private static Node column(String name, long index) {
    return new Node(
        name,
        new Layout.Slice(List.of(index), List.of(index + 1), List.of(1), List.of(1L)),
        List.of("x"));
  }

  private static double[] filled(int count, double value) {
    double[] values = new double[count];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static final class Constants {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    void put(String name, double[] values, long... sizes) {
      try (Scope scope = Scope.open()) {
        tensors.put(name, scope.release(Tensor.of(values, sizes)));
      }
    }

    Graph graph(Node... nodes) {
      return new Graph("x", List.of(nodes), tensors, nodes[nodes.length - 1].name());
    }
  }
}
