package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Values and gradients against the reference cases N0 to N5, N11.0, C1, C3, C21 and C22. */
class GraphTest {
  private static final String N03 =
      """
      [[[0.3453125, 0, 0.1825],
      [0.0596875, 0.2496875, 0],
      [0.18375, 0.4178125, 0.0890625]],
      [[0.130625, 0.5028125, 0],
      [0.165625, 0.1128125, 0.514375],
      [0, 0.270625, 0.1434375]],
      [[0.0703125, 0.13, 0.213125],
      [0, 0, 0.1240625],
      [0.78125, 0.0015625, 0.325625]]]
      """;

  private static final String N1 =
      """
      [[0.246, 0.165, 0.247, 0.376, -0.066, 0.175, -0.083, 0.06],
      [-0.195, -0.143, -0.708, 0.211, -0.165, 0.076, -0.178, -0.078],
      [-0.107, -0.845, 0.017, 0.057, -0.401, 0.061, -0.593, -0.047],
      [0.216, 0.113, 0.173, 0.24, 0.214, -0.039, -0.287, -0.229],
      [-0.14, 0.138, 0.195, -0.154, 0.283, -0.286, 1.172, -0.533],
      [-0.076, 0.682, -0.164, -0.268, 0.487, 0.12, -0.594, 0.354],
      [-0.396, 0.345, 0.132, 0.797, -0.218, 1.209, -0.268, 0.738],
      [0.048, -0.24, -0.594, 0.069, 1.035, -0.09, -1.05, 0.118]]
      """;

  private static final String N2 =
      """
      [[-0.0919049672, -0.0278499901, -0.1086149612, -0.1113999602, 0.0389899861, -0.0835499702, 0.0751949732, -0.0417749851],
      [0.1336799523, -0.011139996, 0.3193094256, -0.1023197739, -0.0187654267, -0.0024202158, 0.0612699781, 0.1002599642],
      [-0.002784999, 0.473449831, -0.0588497623, 0.0972346944, 0.2531902618, -0.0674450301, 0.3822656761, 0.0538848183],
      [-0.0334199881, -0.1473490648, 0.1318535557, -0.2294791205, -0.1252091969, 0.1157522333, 0.1468790547, 0.2790936637],
      [0.0278121784, 0.0332872114, -0.3428365218, 0.2758297245, -0.2731560882, 0.3564234414, -0.9619826359, 0.3153387858],
      [0.0457767549, -0.5599871019, 0.1491353264, 0.2742726376, -0.417669757, -0.146938243, 0.2635545594, -0.3632138467],
      [0.1073337191, -0.2976063279, 0.0302879914, -0.5245800771, 0.2294902431, -0.990711883, 0.1682402911, -0.4853979312],
      [-0.0543697742, 0.1087395484, 0.6041845139, -0.0540842882, -0.8185032568, 0.0344461818, 0.919506188, -0.0847096251]]
      """;

  private static final String N4 =
      """
      [[0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0.027, 0.033, -0.024, 0.08, 0, 0],
      [0, 0, -0.018, 0.005, 0.091, -0.02, 0, 0],
      [0, 0.183, -0.129, 0.364, -0.054, -0.12, 0, 0],
      [0, -0.122, 0.305, 0.134, -0.195, 0.26, 0, 0],
      [-0.06, 0.726, 0, -0.496, 0.577, -0.209, 0.318, 0],
      [-0.36, 0.405, -0.069, 0.804, -0.078, 0.053, -0.094, 0.492],
      [0.12, -0.24, -0.414, 0.069, 0.099, 0.054, -0.834, 0.082]]
      """;

  private static final String N5 =
      """
      [[0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0.027, 0.045, -0.036, 0.096, 0, 0],
      [0, 0, -0.018, -0.003, 0.111, -0.024, 0.033, -0.033],
      [0, 0.108, -0.054, 0.288, -0.054, -0.144, -0.022, 0.055],
      [0.075, -0.147, 0.28, 0.087, -0.123, 0.164, 0.066, 0],
      [-0.095, 0.611, -0.025, -0.298, 0.457, -0.185, 0.318, 0],
      [-0.12, 0.44, -0.229, 0.72, -0.078, 0.197, -0.094, 0.492],
      [0.09, -0.18, -0.474, 0.079, 0.099, 0.054, -0.834, 0.082]]
      """;

  private static final String N110 =
      """
      [[[-0.6, -0.4, -0.2],
      [0, 0.2, 0.4],
      [0.6, 0.8, -0.9]],
      [[-0.7, -0.5, -0.3],
      [-0.1, 0.1, 0.3],
      [0.5, 0.7, 0.9]],
      [[-0.8, -0.6, -0.4],
      [-0.2, 0, 0.2],
      [0.4, 0.6, 0.8]]]
      """;

  private static double[] numbers(String text) {
    List<Double> values = new ArrayList<>();
    Matcher matcher = Pattern.compile("-?[0-9.]+").matcher(text);
    while (matcher.find()) {
      values.add(Double.valueOf(matcher.group()));
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void assertNear(Tensor found, double[] expected) {
    double[] values = found.toDoubles();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], within(1e-8));
    }
  }

  private static Tensor gradient(
      Graph graph, Tensor x, BackwardRules rules, String layer, int logit) {
    Tensor leaf = x.leaf();
    Map<String, Tensor> values = graph.forwardAll(leaf, rules);
    Tensor output = at(values, graph.output()).select(1, logit);
    return Gradients.of(output.sum(), at(values, layer));
  }

  private static Tensor at(Map<String, Tensor> values, String layer) {
    return Optional.ofNullable(values.get(layer)).orElseThrow();
  }

  private static Tensor a16() {
    double[] values = new double[16];
    for (int i = 0; i < 16; i++) {
      values[i] = i;
    }
    return Tensor.of(values, 1, 1, 4, 4);
  }

  @Test
  void givesTheFormulaNetworksLogitsAndActivations() {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> values =
          ReferenceNetworks.f8().forwardAll(ReferenceNetworks.f8Input(), BackwardRules.STANDARD);
      assertNear(at(values, "fc"), new double[] {-0.75028125, -0.45271875, 0.02953125, 0.6245625});
      assertNear(
          at(values, "fc").softmax(1),
          new double[] {0.1178954076, 0.1587547176, 0.257137344, 0.4662125308});
      assertNear(at(values, "relu2"), numbers(N03));
    }
  }

  @Test
  void givesTheGradientOfALogitAndOfTheCrossEntropy() { // cases N1, N2, S25
    try (Scope scope = Scope.open()) {
      Graph graph = ReferenceNetworks.f8();
      Tensor x = ReferenceNetworks.f8Input();
      Tensor logit = gradient(graph, x, BackwardRules.STANDARD, "x", 3);
      assertNear(logit, numbers(N1));
      assertThat(logit.abs().sum().item()).isCloseTo(19.804, within(1e-9));
      Tensor leaf = x.leaf();
      Tensor loss = graph.forward(leaf).logSoftmax(1).select(1, 3).neg();
      assertThat(loss.item()).isCloseTo(0.7631136742, within(1e-9));
      assertNear(Gradients.of(loss, leaf), numbers(N2));
    }
  }

  @Test
  void givesTheGradientAtALayer() {
    try (Scope scope = Scope.open()) {
      Tensor x = ReferenceNetworks.f8Input();
      assertNear(
          gradient(ReferenceNetworks.f8(), x, BackwardRules.STANDARD, "relu2", 3), numbers(N110));
    }
  }

  @Test
  void passesOnlyPositiveGradientsWhereGuided() {
    try (Scope scope = Scope.open()) {
      Tensor x = ReferenceNetworks.f8Input();
      Graph f8 = ReferenceNetworks.f8();
      assertNear(gradient(f8, x, BackwardRules.GUIDED, "x", 3), numbers(N4));
      assertNear(
          gradient(ReferenceNetworks.oneConv(), a16(), BackwardRules.GUIDED, "x", 0),
          new double[] {0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1});
    }
  }

  @Test
  void ignoresTheInputsSignInTheDeconvnet() {
    try (Scope scope = Scope.open()) {
      Tensor x = ReferenceNetworks.f8Input();
      Graph f8 = ReferenceNetworks.f8();
      assertNear(gradient(f8, x, BackwardRules.DECONVNET, "x", 3), numbers(N5));
      assertNear(
          gradient(ReferenceNetworks.oneConv(), a16(), BackwardRules.DECONVNET, "x", 0),
          new double[] {2, 3, 3, 1, 3, 5, 5, 2, 3, 5, 5, 2, 1, 2, 2, 1});
    }
  }

  @Test
  void hasSlopeZeroWhereAReluIsAtZero() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new double[] {1, 2, 3, 0, -1, 7}, 1, 6).leaf();
      Tensor gradient = Gradients.of(ReferenceNetworks.clip1().forward(x).sum(), x);
      assertNear(gradient.abs(), new double[] {0, 0, 0, 1, 1, 0});
      assertNear(gradient.mul(x), new double[] {0, 0, 0, 0, -1, 0});
    }
  }

  @Test
  void listsLayersWithTheirShapes() {
    List<Layer> layers = ReferenceNetworks.f8().layers(Shape.of(1, 1, 8, 8));
    assertThat(layers)
        .containsExactly(
            new Layer("conv1", "Conv", Shape.of(1, 2, 8, 8)),
            new Layer("relu1", "Relu", Shape.of(1, 2, 8, 8)),
            new Layer("pool1", "MaxPool", Shape.of(1, 2, 4, 4)),
            new Layer("conv2", "Conv", Shape.of(1, 3, 3, 3)),
            new Layer("relu2", "Relu", Shape.of(1, 3, 3, 3)),
            new Layer("flatten", "Flatten", Shape.of(1, 27)),
            new Layer("fc", "Gemm", Shape.of(1, 4)));
  }

  @Test
  void saysWhichLayerAImageDoesNotFit() {
    assertThatThrownBy(() -> ReferenceNetworks.f8().shapes(Shape.of(1, 1, 9, 12)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer \"fc\" (Gemm)")
        .hasMessageContaining("(1, 45)");
  }

  @Test
  void isTheSumOfItsParts() {
    try (Scope scope = Scope.open()) {
      Graph whole = ReferenceNetworks.f8();
      Tensor x = ReferenceNetworks.f8Input();
      Tensor between = whole.upTo("pool1").forward(x);
      assertNear(whole.after("pool1").forward(between), whole.forward(x).toDoubles());
    }
  }

  @Test
  void refusesToStartBehindALayerThatIsPassedBy() {
    assertThatThrownBy(() -> ReferenceNetworks.sub1().after("relu1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other paths lead around it");
  }

  @Test
  void refusesNamesThatAreUnknownOrUsedTwice() {
    Node relu = new Node("a", new Activation.Relu(), List.of("x"));
    assertThatThrownBy(() -> new Graph("x", List.of(relu, relu), Map.of(), "a"))
        .hasMessage("the name \"a\" is used twice");
    assertThatThrownBy(() -> new Graph("y", List.of(relu), Map.of(), "a"))
        .hasMessage("node \"a\" uses \"x\" before it is known");
    assertThatThrownBy(() -> new Graph("x", List.of(relu), Map.of(), "b"))
        .hasMessage("no node makes the output \"b\"");
  }

  @Test
  void losesTheSoftmaxAtItsEndWhateverMovesBehindIt() {
    Graph f8 = ReferenceNetworks.f8();
    List<Node> nodes = new ArrayList<>(f8.nodes());
    nodes.add(new Node("p", new Activation.Softmax(1), List.of("fc")));
    nodes.add(new Node("q", new Layout.Reshape(List.of(0L, 4L, 1L), false), List.of("p")));
    Graph longer = new Graph("x", nodes, f8.constants(), "q");
    assertThat(longer.endsInSoftmax()).isTrue();
    assertThat(f8.endsInSoftmax()).isFalse();
    try (Scope scope = Scope.open()) {
      Tensor x = ReferenceNetworks.f8Input();
      assertNear(longer.withoutSoftmax().forward(x), f8.forward(x).toDoubles());
    }
  }
}
