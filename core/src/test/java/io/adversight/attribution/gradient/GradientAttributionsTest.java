package io.adversight.attribution.gradient;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Networks;
import io.adversight.attribution.Reference;
import io.adversight.attribution.cam.GradCam;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradient methods against values of captum and of the formula network. */
class GradientAttributionsTest {
  private static final Objective LOGIT_0 = Objective.Logit.of(0);
  private static final Objective LOGIT_3 = Objective.Logit.of(3);

  /** The sum of all outputs, which element-wise networks are explained by. */
  private record SumOfOutputs() implements Objective {
    @Override
    public Objective select(int... images) {
      return this;
    }

    @Override
    public Tensor values(Activations activations) {
      return activations.logits().sum(1).reshape(activations.logits().size(0));
    }
  }

  private static double[] explain(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective) {
    try (Scope scope = Scope.open()) {
      Run run = Run.of((int) pixels.size(0));
      return method.attribute(classifier.trace(pixels), objective, run).toDoubles();
    }
  }

  private static double[] formula(Attribution method) {
    return explain(method, Networks.formula(), Networks.formulaInput(), LOGIT_3);
  }

  @Test
  void gradientIsThatOfTheReference() { // case N1
    assertClose(formula(new Gradient()), Reference.GRADIENT.numbers(), 1e-5);
  }

  @Test
  void gradientOfTheCrossEntropyIsThatOfTheReference() { // case N2
    Objective loss = new Objective.CrossEntropy(java.util.List.of(3));
    assertClose(
        explain(new Gradient(), Networks.formula(), Networks.formulaInput(), loss),
        Reference.CROSS_ENTROPY_GRADIENT.numbers(),
        1e-5);
  }

  @Test
  void slopeOfReluAtZeroIsZero() { // cases C21, C22
    Tensor x = Networks.row(1, 2, 3, 0, -1, 7);
    assertThat(explain(new Gradient(), Networks.clipAtOne(), x, new SumOfOutputs()))
        .containsExactly(0, 0, 0, 1, 1, 0);
    assertThat(explain(new InputXGradient(), Networks.clipAtOne(), x, new SumOfOutputs()))
        .containsExactly(0, 0, 0, 0, -1, 0);
  }

  @Test
  void inputXGradientIsThatOfTheReference() { // case N3
    assertClose(formula(new InputXGradient()), Reference.INPUT_X_GRADIENT.numbers(), 1e-5);
  }

  @Test
  void guidedBackpropagationIsThatOfTheReference() { // cases C1, N4
    assertClose(formula(new GuidedBackpropagation()), Reference.GUIDED.numbers(), 1e-5);
    assertThat(
            explain(
                new GuidedBackpropagation(), Networks.oneConvNetwork(), Networks.a16(), LOGIT_0))
        .containsExactly(0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1);
  }

  @Test
  void guidedBackpropagationTreatsTwoAddedInputsAlike() { // case C2
    double[] expected = {1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1};
    assertBothInputs(new GuidedBackpropagation(), expected);
  }

  @Test
  void deconvnetIsThatOfTheReference() { // cases C3, N5
    double[] expected = {2, 3, 3, 1, 3, 5, 5, 2, 3, 5, 5, 2, 1, 2, 2, 1};
    assertClose(formula(new Deconvnet()), Reference.DECONVNET.numbers(), 1e-5);
    assertThat(explain(new Deconvnet(), Networks.oneConvNetwork(), Networks.a16(), LOGIT_0))
        .containsExactly(expected);
    assertBothInputs(new Deconvnet(), expected);
  }

  private static void assertBothInputs(Attribution method, double[] expected) {
    double[] found = explain(method, Networks.oneConvOfTwoInputs(), Networks.a16AndOnes(), LOGIT_0);
    assertThat(java.util.Arrays.copyOfRange(found, 0, 16)).containsExactly(expected);
    assertThat(java.util.Arrays.copyOfRange(found, 16, 32)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GAUSS_LEGENDRE, 0.6758376331",
    "RIEMANN_RIGHT, 0.674185625",
    "RIEMANN_LEFT, 0.659734375",
    "RIEMANN_MIDDLE, 0.67318625",
    "CAPTUM_TRAPEZOID, 0.65362125",
    "TRAPEZOID, 0.66696"
  })
  void integratedGradientsSumAsTheRuleSays(Quadrature rule, double sum) { // case N6
    Attribution method = new IntegratedGradients(50, rule, Baseline.ZERO, ChannelReduction.SUM);
    double found = java.util.Arrays.stream(formula(method)).sum();
    assertThat(found).isCloseTo(sum, within(2e-6));
  }

  @Test
  void integratedGradientsAreThoseOfTheReference() { // case N6
    assertClose(formula(new IntegratedGradients()), Reference.INTEGRATED_GRADIENTS.numbers(), 1e-5);
  }

  @Test
  void integratedGradientsDoNotDependOnHowAFunctionIsComputed() { // case C23
    Attribution method =
        new IntegratedGradients(
            400, Quadrature.RIEMANN_MIDDLE, Baseline.ZERO, ChannelReduction.SUM);
    Tensor x = Networks.row(3, 1);
    double[] one = explain(method, Networks.differenceOne(), x, LOGIT_0);
    double[] two = explain(method, Networks.differenceTwo(), x, LOGIT_0);
    assertClose(one, new double[] {1.5, -0.5}, 4e-3);
    assertClose(two, new double[] {1.5, -0.5}, 4e-3);
    assertClose(new double[] {one[0] / 3, one[1]}, new double[] {0.5, -0.5}, 4e-3);
  }

  @ParameterizedTest
  @CsvSource({"ZERO", "MEAN", "BLUR", "NOISE"})
  void integratedGradientsSumToTheDifferenceFromTheBaseline(Baseline baseline) {
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.formulaInput();
      Run run = Run.of(1);
      Classifier classifier = Networks.formula();
      Attribution method =
          new IntegratedGradients(320, Quadrature.RIEMANN_MIDDLE, baseline, ChannelReduction.SUM);
      double sum = method.attribute(classifier.trace(x), LOGIT_3, run).sum().item();
      Tensor from = baseline.of(x, run);
      double difference =
          classifier.logits(x).select(1, 3).sub(classifier.logits(from).select(1, 3)).item();
      assertThat(sum).isCloseTo(difference, within(8e-3));
    }
  }

  @Test
  void smoothGradFamilyIsThatOfTheReferenceForGivenNoises() { // case N8
    IntFunction<Tensor> noises =
        k -> {
          float[] noise = new float[64];
          for (int i = 0; i < 64; i++) {
            noise[i] = (float) (0.1 * ((5 * i + 3 * k) % 9 - 4) / 4);
          }
          return Tensor.of(noise, 1, 1, 8, 8);
        };
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.formula().trace(Networks.formulaInput());
      Run run = Run.of(1);
      Tensor mean = new SmoothGrad(new Gradient(), 4, 0.15).of(trace, LOGIT_3, run, noises);
      Tensor square =
          new SmoothGradSquared(new Gradient(), 4, 0.15).of(trace, LOGIT_3, run, noises);
      Tensor variance = new VarGrad(new Gradient(), 4, 0.15).of(trace, LOGIT_3, run, noises);
      assertClose(mean.toDoubles(), Reference.SMOOTH_GRAD.numbers(), 1e-5);
      assertThat(mean.sum().item()).isCloseTo(1.71325, within(1e-5));
      assertThat(square.sum().item()).isCloseTo(11.01697325, within(1e-5));
      assertThat(variance.sum().item()).isCloseTo(2.2148646875, within(1e-5));
    }
  }

  @Test
  void smoothGradWithoutNoiseIsItsBase() {
    assertClose(formula(new SmoothGrad(new Gradient(), 5, 0)), Reference.GRADIENT.numbers(), 1e-5);
    assertClose(formula(new SmoothGrad(new GradCam(), 5, 0)), Reference.GRAD_CAM.numbers(), 1e-5);
    assertClose(formula(new VarGrad(new Gradient(), 5, 0)), new double[64], 1e-5);
  }

  @Test
  void expectedGradientsOfOneBlackReferenceAreIntegratedGradientsOnAverage() {
    // The network is linear in its input here, so that every sample is the same.
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.row(20, 50, 30);
      Trace trace = Networks.multiLayer().trace(x);
      io.adversight.image.Raster half =
          io.adversight.image.Raster.map(1, 3, new float[] {10, 25, 15});
      Tensor found =
          new ExpectedGradients(7, ChannelReduction.SUM)
              .attribute(trace, LOGIT_0, Run.of(1), java.util.List.of(half));
      assertClose(found.toDoubles(), new double[] {40, 100, 60}, 1e-6);
    }
  }

  @Test
  void expectedGradientsSumToTheMeanDifferenceFromTheReferences() {
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.formulaInput();
      Classifier classifier = Networks.formula();
      Run run = Run.of(1);
      Tensor found =
          new ExpectedGradients(400, ChannelReduction.SUM)
              .attribute(classifier.trace(x), LOGIT_3, run);
      double sum = 0;
      for (int k = 0; k < 400; k++) {
        try (Scope inner = Scope.open()) {
          Tensor reference = run.split(k).uniform(x, 1, 0, 1);
          sum += classifier.logits(x).sub(classifier.logits(reference)).select(1, 3).item();
        }
      }
      assertThat(found.sum().item()).isCloseTo(sum / 400, within(0.06));
    }
  }
}
