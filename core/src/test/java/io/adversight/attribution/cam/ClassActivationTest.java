package io.adversight.attribution.cam;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.Networks;
import io.adversight.attribution.Reference;
import io.adversight.attribution.Upsampling;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Class activation maps against values of captum, pytorch-grad-cam and torch-cam. */
class ClassActivationTest {
  private static final Objective LOGIT_0 = Objective.Logit.of(0);
  private static final Objective LOGIT_3 = Objective.Logit.of(3);

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

  private static double[] oneConv(Attribution method) {
    return explain(method, Networks.oneConvNetwork(), Networks.a16(), LOGIT_0);
  }

  @Test
  void gradCamIsThatOfTheReferenceAtEveryLayer() { // cases C4, C6, N11, N12, N13
    assertClose(formula(new GradCam("relu2")), Reference.GRAD_CAM.numbers(), 1e-5);
    assertClose(formula(new GradCam("conv2")), Reference.GRAD_CAM_CONV2.numbers(), 1e-5);
    assertClose(formula(new GradCam("pool1")), Reference.GRAD_CAM_POOL1.numbers(), 1e-5);
    assertThat(oneConv(new GradCam("conv1"))).containsExactly(11.25, 13.5, 20.25, 22.5);
    assertThat(oneConv(new GradCam("relu1"))).containsExactly(0, 4, 28, 32.5);
  }

  @Test
  void gradCamUsesTheLastSpatialLayerUnlessAnotherIsNamed() {
    assertClose(formula(new GradCam()), Reference.GRAD_CAM.numbers(), 1e-5);
  }

  @Test
  void gradCamKeepsChannelsApartOnRequest() { // case C5
    assertThat(oneConv(new GradCam("conv1", true)))
        .containsExactly(-3.75, 3, 23.25, 30, 15, 10.5, -3, -7.5);
  }

  @Test
  void gradCamSumsTwoInputs() { // case C7
    assertThat(
            explain(
                new GradCam("conv1"),
                Networks.oneConvOfTwoInputs(),
                Networks.a16AndOnes(),
                LOGIT_0))
        .containsExactly(14.5, 19, 32.5, 37);
  }

  @Test
  void gradCamOfThePixelsKeepsNegativesThatItsReductionCuts() { // case C8
    float[] values = Networks.a16().toFloats();
    values[5] = -4;
    Tensor x = Tensor.of(values, 1, 1, 4, 4);
    double[] expected = new double[16];
    for (int i = 0; i < 16; i++) {
      expected[i] = 0.5625 * values[i];
    }
    GradCam method = new GradCam(Trace.PIXELS);
    assertThat(explain(method, Networks.oneConvNetwork(), x, LOGIT_0)).containsExactly(expected);
    Heatmap map =
        Attributions.run(List.of(method), Networks.oneConvNetwork(), x, LOGIT_0, Run.of(1))
            .get(0)
            .get(0);
    assertThat(map.attribution().at(0, 1, 1)).isEqualTo(-2.25f);
    assertThat(map.map().at(0, 1, 1)).isZero();
    assertThat(map.map().at(0, 3, 3)).isEqualTo(0.5625f * 15);
  }

  @Test
  void gradCamsFormulaHoldsForMapsOfOnePosition() { // cases C9, C10
    assertThat(onePosition(Networks.multiLayer(), "linear0", Networks.row(0, 100, 0)))
        .containsExactly(400);
    Tensor x = Networks.row(0, 6, 0);
    assertThat(onePosition(Networks.twoBranches(), "relu", x)).containsExactly(21);
    assertThat(onePosition(Networks.twoBranches(), "relu_alternative", x)).containsExactly(21);
  }

  /** Grad-CAM of a dense layer, each number as a map of one position. */
  private static double[] onePosition(Classifier classifier, String layer, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Trace trace = classifier.trace(pixels);
      Tensor activation = trace.activation(layer);
      Tensor gradient = trace.gradient(layer, LOGIT_0);
      LayerMaps maps =
          new LayerMaps(activation.reshape(1, -1, 1, 1), gradient.reshape(1, -1, 1, 1));
      return new GradCam().of(maps).toDoubles();
    }
  }

  @Test
  void gradCamImageIsThatOfTheLibrary() { // case N14
    // The library scales the map before it enlarges it, and again after.
    try (Scope scope = Scope.open()) {
      Tensor map = Tensor.of(formula(new GradCam()), 1, 1, 3, 3).relu();
      Tensor large = Kernels.bilinear(scaled(map), 8, 8, false);
      assertClose(scaled(large).toDoubles(), Reference.GRAD_CAM_LIBRARY_IMAGE.numbers(), 1e-5);
    }
  }

  private static Tensor scaled(Tensor map) {
    Tensor lowered = map.sub(map.minPerImage());
    return lowered.div(lowered.maxPerImage().add(1e-7));
  }

  @Test
  void gradCamFollowsTheAdversarialImage() { // cases E1, E2
    Tensor x = Tensor.of(Reference.ADVERSARIAL.numbers(), 1, 1, 8, 8).asFloat();
    GradCam method = new GradCam("relu2");
    assertClose(
        explain(method, Networks.formula(), x, LOGIT_3),
        Reference.ADVERSARIAL_GRAD_CAM_3.numbers(),
        1e-5);
    assertClose(
        explain(method, Networks.formula(), x, Objective.Logit.of(2)),
        Reference.ADVERSARIAL_GRAD_CAM_2.numbers(),
        1e-5);
  }

  @ParameterizedTest
  @EnumSource
  void gradCamPlusPlusIsThatOfEachImplementation(GradCamPlusPlus.Formula formula) { // case N15
    double[] expected =
        switch (formula) {
          case PAPER -> Reference.PLUS_PAPER.numbers();
          case WITH_EPSILON -> Reference.PLUS_WITH_EPSILON.numbers();
          case SUM_OF_PRODUCTS -> Reference.PLUS_SUM_OF_PRODUCTS.numbers();
          case NORMALIZED -> Reference.PLUS_NORMALIZED.numbers();
        };
    assertClose(formula(new GradCamPlusPlus("relu2", formula)), expected, 1e-5);
  }

  @Test
  void smoothGradCamPlusPlusWithoutNoiseIsGradCamPlusPlus() {
    double[] found = formula(new SmoothGradCamPlusPlus("relu2", 3, 0));
    assertClose(found, Reference.PLUS_PAPER.numbers(), 1e-5);
  }

  @Test
  void smoothGradCamPlusPlusAveragesTheDerivatives() {
    IntFunction<Tensor> noises = k -> Networks.formulaInput().mul(7.0 + k).sin().mul(0.4);
    try (Scope scope = Scope.open()) {
      Classifier classifier = Networks.formula();
      Tensor x = Networks.formulaInput();
      double[] first = new double[48];
      double[] second = new double[48];
      double[] third = new double[48];
      for (int k = 0; k < 3; k++) {
        Trace noisy = classifier.trace(x.add(noises.apply(k)));
        double[] g = noisy.gradient("pool1", new Objective.Probability(List.of(3))).toDoubles();
        for (int i = 0; i < g.length; i++) {
          first[i % 48] += g[i] / 3;
          second[i % 48] += g[i] * g[i] / 3;
          third[i % 48] += g[i] * g[i] * g[i] / 3;
        }
      }
      Trace clean = classifier.trace(x);
      double[] a = clean.activation("pool1").toDoubles();
      double[] expected = new double[16];
      for (int c = 0; c < 2; c++) {
        double sum = 0;
        for (int i = 0; i < 16; i++) {
          sum += a[16 * c + i];
        }
        double weight = 0;
        for (int i = 16 * c; i < 16 * (c + 1); i++) {
          weight += second[i] / (2 * second[i] + sum * third[i]) * Math.max(first[i], 0);
        }
        for (int i = 0; i < 16; i++) {
          expected[i] += weight * a[16 * c + i];
        }
      }
      Tensor found =
          new SmoothGradCamPlusPlus("pool1", 3, 0.1)
              .of(clean, new Objective.Probability(List.of(3)), Run.of(1), noises);
      assertClose(found.toDoubles(), expected, 1e-4);
    }
  }

  @Test
  void xGradCamIsThatOfTheReference() { // case N17
    assertClose(formula(new XGradCam("relu2")), Reference.XGRAD_CAM.numbers(), 1e-5);
  }

  @Test
  void layerCamIsThatOfTheReference() { // case N18
    assertClose(formula(new LayerCam("relu2")), Reference.LAYER_CAM.numbers(), 1e-5);
  }

  @Test
  void hiResCamIsThatOfTheReferenceAndSumsToTheLogitWithoutBias() { // case N19
    double[] found = formula(new HiResCam("relu2"));
    assertClose(found, Reference.HI_RES_CAM.numbers(), 1e-5);
    assertThat(java.util.Arrays.stream(found).sum())
        .isCloseTo(0.6245625 + 0.05, org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void elementWiseGradCamIsThatOfTheReference() { // case N20
    assertClose(formula(new GradCamElementWise("relu2")), Reference.ELEMENT_WISE.numbers(), 1e-5);
  }

  @Test
  void guidedGradCamIsThatOfTheReference() { // cases C11, N23
    assertClose(
        formula(new GuidedGradCam("relu2", Upsampling.NEAREST)),
        Reference.GUIDED_GRAD_CAM.numbers(),
        1e-5);
    assertThat(oneConv(new GuidedGradCam("relu1", Upsampling.NEAREST)))
        .containsExactly(0, 0, 4, 4, 0, 0, 12, 8, 28, 84, 97.5, 65, 28, 56, 65, 32.5);
  }

  @Test
  void guidedGradCamTreatsTwoAddedInputsAlike() { // case C12
    double[] found =
        explain(
            new GuidedGradCam("conv1", Upsampling.NEAREST),
            Networks.oneConvOfTwoInputs(),
            Networks.a16AndOnes(),
            LOGIT_0);
    double[] expected = {14.5, 29, 38, 19, 29, 58, 76, 38, 65, 130, 148, 74, 32.5, 65, 74, 37};
    assertThat(java.util.Arrays.copyOfRange(found, 0, 16)).containsExactly(expected);
    assertThat(java.util.Arrays.copyOfRange(found, 16, 32)).containsExactly(expected);
  }

  @Test
  void camFindsItsWeightsInTheGraph() { // case N24
    double[] found = explain(new Cam(), Networks.pooledFormula(), Networks.formulaInput(), LOGIT_0);
    assertClose(found, Reference.CAM.numbers(), 1e-5);
    try (Scope scope = Scope.open()) {
      assertClose(
          Networks.pooledFormula().logits(Networks.formulaInput()).toDoubles(),
          new double[] {0.0865763889, 0.0308645833, -0.0248472222, -0.0805590278},
          1e-6);
    }
    double mean = java.util.Arrays.stream(found).average().orElseThrow();
    assertThat(mean).isCloseTo(0.0865763889, org.assertj.core.api.Assertions.within(1e-7));
    double[] gradCam =
        explain(new GradCam("relu2"), Networks.pooledFormula(), Networks.formulaInput(), LOGIT_0);
    double[] ninth = java.util.Arrays.stream(found).map(v -> v / 9).toArray();
    assertClose(gradCam, ninth, 1e-5);
  }

  @Test
  void camWithoutPoolingPointsToGradCam() {
    assertThatThrownBy(() -> formula(new Cam()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer \"relu2\" is a Relu")
        .hasMessageContaining("Grad-CAM");
  }

  @Test
  void unknownLayerNamesTheLayersThereAre() {
    assertThatThrownBy(() -> formula(new LayerCam("conv9")))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("conv1, relu1, pool1, conv2, relu2");
  }
}
