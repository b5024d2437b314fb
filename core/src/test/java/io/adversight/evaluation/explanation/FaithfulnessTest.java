package io.adversight.evaluation.explanation;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attributions;
import io.adversight.attribution.Baseline;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.Networks;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.attribution.gradient.Quadrature;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measures of explanations against reference values and written-out formulas. */
class FaithfulnessTest {
  private static final Objective PROBABILITY = new Objective.Probability(List.of(3));

  private static List<Raster> saliency() {
    return Attributions.run(
            List.of(new Gradient()),
            Networks.formula(),
            Networks.formulaInput(),
            Objective.Logit.of(3),
            Run.of(1))
        .get(0)
        .stream()
        .map(Heatmap::map)
        .toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static Curve curve(PixelCurve.Direction direction) {
    return new PixelCurve(direction, 8, Baseline.ZERO)
        .curves(Networks.formula(), Networks.formulaInput(), saliency(), PROBABILITY, Run.of(1))
        .get(0);
  }

  @Test
  void pixelsAreOrderedByTheMap() { // case E4
    assertThat(PixelOrder.of(saliency().get(0)).subList(0, 10))
        .containsExactly(53, 38, 62, 60, 17, 51, 55, 10, 41, 58);
  }

  @Test
  void deletionCurveIsThatOfTheReference() { // case E4
    Curve curve = curve(PixelCurve.Direction.DELETION);
    double[] expected = {
      0.4662125308,
      0.2964226306,
      0.2620231971,
      0.1606398384,
      0.182398764,
      0.2022492521,
      0.1125940922,
      0.1499365677,
      0.2331764303
    };
    assertClose(array(curve.values()), expected, 1e-5);
    assertThat(curve.area()).isCloseTo(0.2144948528, within(1e-6));
  }

  @Test
  void insertionCurveIsThatOfTheReference() { // case E5
    Curve curve = curve(PixelCurve.Direction.INSERTION);
    double[] expected = {
      0.2331764303,
      0.3435080796,
      0.2340318794,
      0.2610654998,
      0.3605696611,
      0.254311755,
      0.4107914966,
      0.5137139245,
      0.4662125308
    };
    assertClose(array(curve.values()), expected, 1e-5);
    assertThat(curve.area()).isCloseTo(0.3409608471, within(1e-6));
  }

  @Test
  void confidenceChangesAsTheFormulaSays() {
    try (Scope scope = Scope.open()) {
      Classifier net = Networks.formula();
      Tensor x = Networks.formulaInput();
      Tensor both = Tensor.concat(List.of(x, x.neg().add(1)), 0);
      Raster all = Raster.generate(1, 8, 8, (c, i, j) -> i == 0 && j == 0 ? 0 : 1);
      Raster left = Raster.generate(1, 8, 8, (c, i, j) -> j < 4 ? 1 : 0);
      double[] before = net.logits(both).softmax(1).select(1, 3).toDoubles();
      Tensor seen =
          both.mul(
              Tensor.concat(
                  List.of(
                      Tensor.of(all.toArray(), 1, 1, 8, 8), Tensor.of(left.toArray(), 1, 1, 8, 8)),
                  0));
      double[] after = net.logits(seen).softmax(1).select(1, 3).toDoubles();
      double drop = 0;
      long more = 0;
      for (int i = 0; i < 2; i++) {
        drop += Math.max(0, before[i] - after[i]) / before[i] / 2;
        more += after[i] > before[i] ? 1 : 0;
      }
      ConfidenceChange found =
          ConfidenceChange.of(net, both, List.of(all, left), PROBABILITY, Run.of(2));
      assertThat(found.averageDrop()).isCloseTo(drop, within(1e-5)).isPositive();
      assertThat(found.increase().successes()).isEqualTo(more);
    }
  }

  @Test
  void missingPixelsBecomeTheWeightedMeanOfTheirNeighbours() {
    Raster image = Raster.generate(1, 6, 7, (c, y, x) -> ((5 * y + 3 * x) % 11) / 10.0);
    boolean[] missing = new boolean[42];
    for (int i : new int[] {0, 8, 9, 10, 16, 23, 24, 41}) {
      missing[i] = true;
    }
    Raster filled = new NoisyLinearFill(6, 7, missing).fill(image, 0, new Rng(1).generator());
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 7; x++) {
        if (missing[7 * y + x]) {
          double sum = 0;
          double weights = 0;
          for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
              boolean inside = y + dy >= 0 && y + dy < 6 && x + dx >= 0 && x + dx < 7;
              if (inside && (dy != 0 || dx != 0)) {
                double w = dy == 0 || dx == 0 ? 1.0 / 6 : 1.0 / 12;
                sum += w * filled.at(0, y + dy, x + dx);
                weights += w;
              }
            }
          }
          assertThat((double) filled.at(0, y, x)).isCloseTo(sum / weights, within(1e-6));
        } else {
          assertThat(filled.at(0, y, x)).isEqualTo(image.at(0, y, x));
        }
      }
    }
  }

  @Test
  void roadPrefersAMapThatMarksWhatCounts() {
    Classifier net = Networks.formula();
    List<Raster> good = saliency();
    List<Raster> bad = List.of(Plane.channel(good.get(0), 0).map(v -> -v).toRaster());
    Road road = new Road(List.of(0.2, 0.4, 0.6), 0);
    double better =
        road.curves(net, Networks.formulaInput(), good, PROBABILITY, Run.of(1)).get(0).combined();
    double worse =
        road.curves(net, Networks.formulaInput(), bad, PROBABILITY, Run.of(1)).get(0).combined();
    assertThat(better).isEqualTo(-worse, within(1e-9)).isPositive();
  }

  @Test
  void integratedGradientsAreFaithfulToTheStepToBlack() { // case C45
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.row(3, 1);
      Classifier net = Networks.differenceOne();
      Objective logit = Objective.Logit.of(0);
      Tensor explanation =
          new IntegratedGradients(
                  500, Quadrature.RIEMANN_MIDDLE, Baseline.ZERO, ChannelReduction.SUM)
              .attribute(net.trace(x), logit, Run.of(1));
      Infidelity toBlack = new Infidelity(1, Infidelity.Perturbation.NOISY_BASELINE, 0, false);
      assertThat(toBlack.of(net, x, explanation, true, logit, Run.of(1)).get(0))
          .isCloseTo(0, within(1e-5));
      // The score falls by 1; a map of the opposite sign claims that it rises by 1.
      assertThat(toBlack.of(net, x, explanation.neg(), true, logit, Run.of(1)).get(0))
          .isCloseTo(4, within(1e-2));
    }
  }

  @Test
  void gradientIsFaithfulToNoiseWhereTheNetworkIsLinear() {
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.row(20, 50, 30);
      Classifier net = Networks.multiLayer();
      Tensor evaluation = Tensor.of(new float[] {4, 4, 4}, 1, 1, 1, 3);
      Infidelity noise = new Infidelity(20, Infidelity.Perturbation.NOISE, 0.5, false);
      Objective logit = Objective.Logit.of(0);
      assertThat(noise.of(net, x, evaluation, false, logit, Run.of(1)).get(0))
          .isCloseTo(0, within(1e-6));
      assertThat(noise.of(net, x, evaluation.mul(2), false, logit, Run.of(1)).get(0))
          .isGreaterThan(1);
      Infidelity scaled = new Infidelity(20, Infidelity.Perturbation.NOISE, 0.5, true);
      assertThat(scaled.of(net, x, evaluation.mul(2), false, logit, Run.of(1)).get(0))
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void gradientOfALocallyLinearNetworkIsInsensitive() { // case C46
    try (Scope scope = Scope.open()) {
      Tensor x = Networks.a16().add(1);
      Classifier net = Networks.oneConvNetwork();
      Objective logit = Objective.Logit.of(0);
      MaxSensitivity small = new MaxSensitivity(10, 0.01);
      assertThat(small.of(new Gradient(), net, x, logit, Run.of(1)).get(0)).isZero();
      // Grad-CAM changes with the activations, even where gradients stay.
      assertThat(small.of(new GradCam("relu1"), net, x, logit, Run.of(1)).get(0))
          .isBetween(1e-6, 0.1);
    }
  }
}
