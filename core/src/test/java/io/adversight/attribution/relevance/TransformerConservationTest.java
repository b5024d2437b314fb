package io.adversight.attribution.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.data.AviarySet;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.backward.LrpRule;
import io.adversight.graph.backward.LrpRules;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the relevance of a trained transformer sums to. */
class TransformerConservationTest {
  private static final int BIRD = 5;
  private static final Objective OBJECTIVE = Objective.Logit.of(BIRD);
  private static final GraphClassifier NETWORK =
      ModelReader.open(
          new Models(new DataHome(Path.of("no-home"), List.of()))
              .locate("aviary-vit", ByteProgress.NONE),
          Device.CPU);

  private static Tensor birds() {
    return Batches.of(List.of(AviarySet.test().image(0), AviarySet.test().image(1)));
  }

  /** Softmax, layer normalisation, GELU and products of activations included. */
  @Test
  void deepLiftSumsToTheDifferenceFromTheBaseline() {
    for (Baseline baseline : List.of(Baseline.ZERO, Baseline.NOISE)) {
      try (Scope scope = Scope.open()) {
        Run run = Run.of(2);
        double[] sums =
            new DeepLift(baseline, ChannelReduction.SUM)
                .attribute(NETWORK.trace(birds()), OBJECTIVE, run)
                .sumPerImage()
                .toDoubles();
        Tensor from = NETWORK.logits(baseline.of(birds(), run));
        double[] differences =
            NETWORK.logits(birds()).select(1, BIRD).sub(from.select(1, BIRD)).toDoubles();
        for (int i = 0; i < sums.length; i++) {
          assertThat(sums[i]).isCloseTo(differences[i], within(1e-3));
        }
      }
    }
  }

  /**
   * Achtibat et al. 2024: all rules conserve relevance but for what biases take, and the term of
   * order 0 in the softmax's expansion. With these the sum is the logit.
   */
  @Test
  void attnLrpLosesWhatBiasesAndTheSoftmaxTake() {
    LrpRules rules = new LrpRules(Map.of(), new LrpRule.Epsilon(0), Gates.of(NETWORK));
    Graph graph = NETWORK.graph();
    try (Scope scope = Scope.open()) {
      Trace trace = NETWORK.trace(birds().rows(1));
      double sum = Lrp.relevance(trace, OBJECTIVE, rules).sum().item();
      double absolute = Math.abs(sum);
      for (Node node : graph.nodes()) {
        double taken = taken(trace, node, rules);
        sum += taken;
        absolute += Math.abs(taken);
      }
      double logit = trace.logits().select(1, BIRD).item();
      assertThat(sum).isCloseTo(logit, within(1e-5 * absolute));
    }
  }

  private static double taken(Trace trace, Node node, LrpRules rules) {
    Graph graph = NETWORK.graph();
    String type = node.operator().type();
    if (type.equals("Softmax")) {
      return relevance(trace, node.name(), rules) - relevance(trace, node.inputs().get(0), rules);
    }
    List<String> constants = node.inputs().stream().filter(graph.constants()::containsKey).toList();
    boolean biased =
        type.equals("Add")
            ? !constants.isEmpty() && !node.name().endsWith(".gate")
            : type.matches("Conv|Gemm|LayerNormalization") && constants.size() == 2;
    if (!biased) {
      return 0;
    }
    Tensor bias =
        Objects.requireNonNull(graph.constants().get(constants.get(constants.size() - 1)));
    Tensor shaped = type.equals("Conv") ? bias.reshape(1, -1, 1, 1) : bias;
    return trace.gradient(node.name(), OBJECTIVE, rules).mul(shaped).sum().item();
  }

  private static double relevance(Trace trace, String layer, LrpRules rules) {
    return trace.activation(layer).mul(trace.gradient(layer, OBJECTIVE, rules)).sum().item();
  }
}
