package io.adversight.attribution.relevance;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Networks;
import io.adversight.attribution.Reference;
import io.adversight.attribution.TinyTransformer;
import io.adversight.attribution.gradient.FullGrad;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.graph.backward.LrpRule;
import io.adversight.graph.backward.LrpRules;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods whose contributions sum to the score: DeepLIFT, relevance propagation, FullGrad. */
class RelevanceTest {
  private static final Objective LOGIT_0 = Objective.Logit.of(0);
  private static final Objective LOGIT_3 = Objective.Logit.of(3);

  private static double[] explain(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective) {
    try (Scope scope = Scope.open()) {
      Run run = Run.of((int) pixels.size(0));
      return method.attribute(classifier.trace(pixels), objective, run).toDoubles();
    }
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double[] lrp(
      Classifier classifier, Tensor x, Objective objective, Map<String, LrpRule> rules) {
    try (Scope scope = Scope.open()) {
      LrpRules all = new LrpRules(rules, new LrpRule.Epsilon(1e-9), Set.of());
      return Lrp.relevance(classifier.trace(x), objective, all).toDoubles();
    }
  }

  // ---- DeepLIFT ----

  @Test
  void deepLiftIsThatOfTheReference() { // case N7
    double[] found = explain(new DeepLift(), Networks.formula(), Networks.formulaInput(), LOGIT_3);
    assertClose(found, Reference.DEEP_LIFT.numbers(), 1e-5);
    assertThat(sum(found)).isCloseTo(0.6745625, within(1e-6));
  }

  @Test
  void deepLiftGivesContributionsAndMultipliers() { // case C24
    Tensor x = Networks.row(1, 2);
    assertThat(explain(new DeepLift(), Networks.shiftedRelus(), x, LOGIT_0)).containsExactly(2, 1);
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.shiftedRelus().trace(x);
      Tensor multipliers = new DeepLift().multipliers(trace, LOGIT_0, Run.of(1), x.fullLike(0));
      assertThat(multipliers.toDoubles()).containsExactly(2, 0.5);
      Tensor black = Networks.shiftedRelus().logits(x.fullLike(0));
      assertThat(trace.logits().sub(black).select(1, 0).item()).isEqualTo(2 + 1);
    }
  }

  static Stream<GraphClassifier> networks() {
    return Stream.of(
        Networks.formula(),
        Networks.clippedFormula(),
        Networks.smoothFormula(),
        Networks.preprocessedFormula(),
        Networks.pooledFormula());
  }

  static Stream<GraphClassifier> networksAndATransformer() {
    return Stream.concat(networks(), Stream.of(TinyTransformer.classifier()));
  }

  @ParameterizedTest
  @MethodSource("networksAndATransformer")
  void deepLiftSumsToTheDifferenceFromTheBaseline(GraphClassifier classifier) {
    Tensor x = Networks.formulaInput();
    Tensor both = Tensor.concat(List.of(x, x.flip(3)), 0);
    for (Baseline baseline : List.of(Baseline.ZERO, Baseline.NOISE)) {
      try (Scope scope = Scope.open()) {
        Run run = Run.of(2);
        Tensor from = baseline.of(both, run);
        Tensor found =
            new DeepLift(baseline, ChannelReduction.SUM)
                .attribute(classifier.trace(both), LOGIT_3, run)
                .sumPerImage();
        Tensor difference =
            classifier.logits(both).select(1, 3).sub(classifier.logits(from).select(1, 3));
        assertClose(found.toDoubles(), difference.toDoubles(), 1e-4);
      }
    }
  }

  @Test
  void deepLiftDoesNotDependOnHowAFunctionIsComputedWhereItsReluIsOpen() {
    Tensor x = Networks.row(3, 1);
    double[] one = explain(new DeepLift(), Networks.differenceOne(), x, LOGIT_0);
    double[] two = explain(new DeepLift(), Networks.differenceTwo(), x, LOGIT_0);
    assertThat(sum(one)).isCloseTo(1, within(1e-6));
    assertThat(sum(two)).isCloseTo(1, within(1e-6));
  }

  // ---- layer-wise relevance propagation ----

  @Test
  void epsilonRuleOfTwoLayersIsThatOfTheReference() { // case C29
    Tensor x = Networks.row(1, 2, 3);
    Tensor batch = Tensor.concat(List.of(x, x.mul(3)), 0);
    assertClose(
        explain(new Lrp(), Networks.twoLinear(2), batch, LOGIT_0),
        new double[] {18, 36, 54, 54, 108, 162},
        1e-6);
  }

  @Test
  void gammaRuleIsThatOfTheReference() { // case C30
    double[] found =
        lrp(
            Networks.twoLinear(-2),
            Networks.row(1, 2, 3),
            LOGIT_0,
            Map.of("linear", new LrpRule.Gamma(1), "linear2", new LrpRule.Gamma(0.25)));
    assertClose(found, new double[] {28 / 3.0, 104 / 3.0, 52}, 1e-6);
  }

  @Test
  void alphaBetaRuleIsThatOfTheReference() { // case C31
    Lrp method = new Lrp(LrpComposite.ALPHA1_BETA0, 0, 0, ChannelReduction.SUM);
    double[] found = explain(method, Networks.twoLinear(-2), Networks.row(1, 2, 3), LOGIT_0);
    assertClose(found, new double[] {12, 33.6, 50.4}, 1e-6);
  }

  @Test
  void identityRuleIsThatOfTheReference() { // case C32
    double[] found =
        lrp(
            Networks.twoLinear(-2),
            Networks.row(1, 2, 3),
            LOGIT_0,
            Map.of("linear", new LrpRule.Identity()));
    assertClose(found, new double[] {24, 36, 36}, 1e-6);
  }

  @Test
  void maxPoolingGivesAllToTheWinner() { // case C33
    Tensor x = Tensor.of(new float[] {1, 2, 5, 6}, 1, 1, 2, 2);
    assertThat(explain(new Lrp(), Networks.largest(), x, LOGIT_0)).containsExactly(0, 0, 0, 6);
  }

  @Test
  void skipConnectionSharesByContribution() { // case C34
    double[] found = explain(new Lrp(), Networks.skip(), Networks.row(2, 3), Objective.Logit.of(1));
    assertClose(found, new double[] {10, 18}, 1e-6);
  }

  @Test
  void epsilonRuleOfAConvolutionIsInputXGradient() { // case C35
    double[] found = explain(new Lrp(), Networks.oneConvNetwork(), Networks.a16(), LOGIT_0);
    assertClose(found, new double[] {0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0}, 1e-6);
    double[] product =
        explain(new InputXGradient(), Networks.oneConvNetwork(), Networks.a16(), LOGIT_0);
    assertClose(found, product, 1e-6);
    try (Scope scope = Scope.open()) {
      double logit = Networks.oneConvNetwork().logits(Networks.a16()).select(1, 0).item();
      assertThat(sum(found)).isCloseTo(logit, within(1e-5));
    }
  }

  /** One layer written out: R_i = sum of (alpha (x w)+ / z+ - beta (x w)- / z-) R_j. */
  @Test
  void alphaTwoBetaOneIsTheFormulaWrittenOut() {
    double[] x = {1, 2, 3};
    double[][] w = {{-2, 2, 2}, {2, 2, 2}, {2, 2, 2}};
    double[] upper = {24, 36, 36};
    double[] expected = new double[3];
    for (int j = 0; j < 3; j++) {
      double plus = 0;
      double minus = 0;
      for (int i = 0; i < 3; i++) {
        plus += Math.max(0, x[i] * w[j][i]);
        minus += Math.min(0, x[i] * w[j][i]);
      }
      for (int i = 0; i < 3; i++) {
        double product = x[i] * w[j][i];
        expected[i] += 2 * Math.max(0, product) / plus * upper[j];
        expected[i] -= minus == 0 ? 0 : Math.min(0, product) / minus * upper[j];
      }
    }
    double[] found =
        lrp(
            Networks.twoLinear(-2),
            Networks.row(x),
            LOGIT_0,
            Map.of("linear", new LrpRule.AlphaBeta(2, 1, true)));
    assertClose(found, expected, 1e-6);
  }

  /** With beta, a layer without negative contributions hands on alpha times its relevance. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ALPHA2_BETA1", "EPSILON_ALPHA2_BETA1_FLAT"})
  void relevanceIsConservedWhereNoBiasTakesPart(LrpComposite composite) {
    double[] found =
        explain(
            new Lrp(composite, 1e-9, 0.25, ChannelReduction.SUM),
            Networks.unbiasedFormula(),
            Networks.formulaInput(),
            LOGIT_3);
    double logit;
    try (Scope scope = Scope.open()) {
      logit = Networks.unbiasedFormula().logits(Networks.formulaInput()).select(1, 3).item();
    }
    assertThat(sum(found)).isCloseTo(logit, within(2e-4));
  }

  @Test
  void flatFirstLayerSpreadsEvenlyWithinEachWindow() {
    double[] found =
        explain(
            new Lrp(LrpComposite.EPSILON_PLUS_FLAT, 1e-9, 0, ChannelReduction.SUM),
            Networks.twoLinearConvolved(),
            Networks.row(1, 0, 3),
            LOGIT_0);
    // The convolution covers all three pixels: each gets a third, the black one too.
    double score;
    try (Scope scope = Scope.open()) {
      score = Networks.twoLinearConvolved().logits(Networks.row(1, 0, 3)).item();
    }
    assertClose(found, new double[] {score / 3, score / 3, score / 3}, 1e-6);
  }

  @Test
  void smoothActivationsHandTheirRelevanceOn() {
    // Without biases the epsilon rule loses nothing, through SiLU, GELU and normalisation.
    try (Scope scope = Scope.open()) {
      GraphClassifier net = Networks.unbiasedSmoothFormula();
      Trace trace = net.trace(Networks.formulaInput());
      double found = new Lrp().attribute(trace, LOGIT_3, Run.of(1)).sum().item();
      assertThat(found).isCloseTo(trace.logits().select(1, 3).item(), within(1e-5));
    }
  }

  @Test
  void relevanceStartsFromThePixelThatTheNetworkSeesAsZero() {
    // x' = (2 x - 0.5) / 0.8, so that the pixel 0.25 is 0.
    Tensor x = Tensor.full(0.25, 1, 1, 8, 8);
    assertClose(
        explain(new Lrp(), Networks.preprocessedFormula(), x, LOGIT_3), new double[64], 1e-6);
  }

  // ---- FullGrad ----

  @ParameterizedTest
  @MethodSource("networks")
  void fullGradTermsSumToTheLogit(GraphClassifier classifier) {
    try (Scope scope = Scope.open()) {
      Trace trace =
          classifier.trace(Networks.formulaInput(), new FullGrad().gradientsAt(classifier));
      double sum = 0;
      for (Tensor term : FullGrad.terms(trace, LOGIT_3)) {
        sum += term.sum().item();
      }
      assertThat(sum).isCloseTo(trace.logits().select(1, 3).item(), within(1e-5));
      assertThat(trace.backwards()).isEqualTo(1);
    }
  }

  @Test
  void firstLayerRuleNeedsALayerThatReadsThePixels() {
    Lrp method = new Lrp(LrpComposite.EPSILON_GAMMA_BOX, 1e-9, 0.25, ChannelReduction.SUM);
    assertThatThrownBy(() -> explain(method, Networks.multiLayer(), Networks.row(1, 2, 3), LOGIT_0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flatten (Flatten)")
        .hasMessageContaining("EPSILON_PLUS");
  }
}
