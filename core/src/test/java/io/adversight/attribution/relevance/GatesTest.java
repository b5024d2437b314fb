package io.adversight.attribution.relevance;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.attack.SmallNetworks;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Reduction;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions that older exporters write out have the relevance of the operators of today. */
class GatesTest {
  private static final int SIDE = 4;
  private static final double EPSILON = 1e-5;

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new HashMap<>();

  private void add(String name, Operator operator, String... inputs) {
    nodes.add(new Node(name, operator, List.of(inputs)));
  }

  private void number(String name, double value) {
    constants.put(name, Tensor.scalar(value).asFloat());
  }

  private void begin() {
    constants.put("w1", Tensor.of(new Rng(1).normal(6 * 16), 6, 16).mul(0.4));
    constants.put("b1", Tensor.of(new Rng(2).normal(6), 6).mul(0.2));
    add("flat", new Layout.Flatten(1), "x");
    add("dense", new Linear.Gemm(1, 1, false, true), "flat", "w1", "b1");
  }

  private GraphClassifier end(String last) {
    constants.put("w2", Tensor.of(new Rng(3).normal(18), 3, 6));
    add("logits", new Linear.Gemm(1, 1, false, true), last, "w2");
    Graph graph = new Graph("x", nodes, constants, "logits");
    return SmallNetworks.classifier(SIDE, SIDE, 3, graph);
  }

  private static double[] relevance(GraphClassifier network) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(new Rng(5).uniform(16, 0, 1), 1, 1, SIDE, SIDE);
      return new AttnLrp()
          .attribute(network.trace(pixels), Objective.Logit.of(1), Run.of(1))
          .toDoubles();
    }
  }

  private static GraphClassifier gelu(boolean writtenOut) {
    GatesTest made = new GatesTest();
    made.begin();
    if (!writtenOut) {
      made.add("gelu", new Activation.Gelu(false), "dense");
      return made.end("gelu");
    }
    made.number("root", Math.sqrt(2));
    made.number("one", 1);
    made.number("half", 0.5);
    made.add("scaled", new Arithmetic.Div(), "dense", "root");
    made.add("erf", new Activation.Erf(), "scaled");
    made.add("more", new Arithmetic.Add(), "erf", "one");
    made.add("product", new Arithmetic.Mul(), "dense", "more");
    made.add("gelu", new Arithmetic.Mul(), "product", "half");
    return made.end("gelu");
  }

  private static GraphClassifier norm(boolean writtenOut) {
    GatesTest made = new GatesTest();
    made.begin();
    made.constants.put("scale", Tensor.of(new Rng(7).uniform(6, 0.5, 1.5), 6));
    made.constants.put("shift", Tensor.of(new Rng(8).normal(6), 6).mul(0.3));
    if (!writtenOut) {
      Operator norm = new Normalization.LayerNormalization(-1, EPSILON);
      made.add("norm", norm, "dense", "scale", "shift");
      return made.end("norm");
    }
    made.number("two", 2);
    made.number("epsilon", EPSILON);
    made.add("mean", new Reduction.ReduceMean(List.of(-1), true), "dense");
    made.add("centred", new Arithmetic.Sub(), "dense", "mean");
    made.add("square", new Arithmetic.Pow(), "centred", "two");
    made.add("variance", new Reduction.ReduceMean(List.of(-1), true), "square");
    made.add("positive", new Arithmetic.Add(), "variance", "epsilon");
    made.add("deviation", new Activation.Sqrt(), "positive");
    made.add("divided", new Arithmetic.Div(), "centred", "deviation");
    made.add("scaled", new Arithmetic.Mul(), "divided", "scale");
    made.add("norm", new Arithmetic.Add(), "scaled", "shift");
    return made.end("norm");
  }

  @Test
  void geluWrittenOutGatesLikeGelu() {
    assertThat(Gates.of(gelu(true))).containsExactly("erf");
    assertClose(relevance(gelu(false)), relevance(gelu(true)), 1e-4);
  }

  @Test
  void layerNormalizationWrittenOutHandsOnTheSame() {
    assertThat(Gates.of(norm(true))).containsExactly("deviation");
    assertClose(relevance(norm(false)), relevance(norm(true)), 1e-4);
    double sum = 0;
    for (double value : relevance(norm(true))) {
      sum += value;
    }
    // The true gradient of a normalised layer would give about 0: it does not see the scale.
    assertThat(Math.abs(sum)).isGreaterThan(0.05);
  }
}
