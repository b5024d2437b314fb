package io.adversight.attribution.perturbation;

import static io.adversight.attribution.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Networks;
import io.adversight.attribution.Reference;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods that hide parts of the image, against captum and brute force. */
class PerturbationTest {
  private static final Objective LOGIT_0 = Objective.Logit.of(0);
  private static final Objective LOGIT_3 = Objective.Logit.of(3);

  private static double[] explain(
      Attribution method, Classifier classifier, Tensor pixels, Objective objective) {
    try (Scope scope = Scope.open()) {
      Run run = Run.of((int) pixels.size(0));
      return method.attribute(classifier.trace(pixels), objective, run).toDoubles();
    }
  }

  private static Occlusion windows(double baseline, int rows, int columns, int down, int right) {
    return new Occlusion(List.of(rows, columns), List.of(down, right), baseline, false);
  }

  @Test
  void occlusionMeasuresEachWindow() { // cases C13, C14, C15
    Tensor x = Networks.row(20, 50, 30);
    Classifier net = Networks.multiLayer();
    assertThat(explain(windows(0, 1, 1, 1, 1), net, x, LOGIT_0)).containsExactly(80, 200, 120);
    assertThat(explain(windows(10, 1, 2, 1, 1), net, x, LOGIT_0)).containsExactly(200, 220, 240);
    assertThat(explain(windows(0, 1, 2, 1, 2), net, x, LOGIT_0)).containsExactly(280, 280, 120);
  }

  @Test
  void occlusionTreatsEveryImageOfABatch() { // cases C16, C20
    Tensor x = Tensor.of(new float[] {2, 10, 3, 20, 50, 30}, 2, 1, 1, 3);
    assertThat(explain(windows(0, 1, 1, 1, 1), Networks.multiLayer(), x, LOGIT_0))
        .containsExactly(8, 35, 12, 80, 200, 120);
    Tensor two = Tensor.of(new float[] {-10, -5, 3, 1}, 2, 1, 1, 2);
    assertThat(explain(windows(0, 1, 1, 1, 1), Networks.differenceTwo(), two, LOGIT_0))
        .containsExactly(0, 0, 1, -1);
  }

  @Test
  void occlusionCoversEachInputOnItsOwn() { // cases C17, C18
    Classifier net = Networks.oneConvOfTwoInputs();
    Tensor x = Networks.a16AndOnes();
    double[] whole = explain(new Occlusion(List.of(4), List.of(4), 0, true), net, x, LOGIT_0);
    assertThat(Arrays.copyOfRange(whole, 0, 16)).containsOnly(67);
    assertThat(Arrays.copyOfRange(whole, 16, 32)).containsOnly(13);
    double[] first = explain(new Occlusion(List.of(2, 3), List.of(2, 1), 0, true), net, x, LOGIT_0);
    assertThat(Arrays.copyOfRange(first, 0, 16))
        .containsExactly(17, 17, 17, 17, 17, 17, 17, 17, 64, 65.5, 65.5, 67, 64, 65.5, 65.5, 67);
    double[] second =
        explain(new Occlusion(List.of(1, 2), List.of(1, 2), 0, true), net, x, LOGIT_0);
    assertThat(Arrays.copyOfRange(second, 16, 32))
        .containsExactly(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0);
  }

  @Test
  void occlusionIsThatOfTheReference() { // cases N9, N10
    double[] found =
        explain(windows(0, 2, 2, 2, 2), Networks.formula(), Networks.formulaInput(), LOGIT_3);
    double[] perWindow = new double[16];
    for (int i = 0; i < 16; i++) {
      perWindow[i] = found[(i / 4) * 16 + (i % 4) * 2];
    }
    assertClose(perWindow, Reference.OCCLUSION.numbers(), 1e-5);
    assertClose(
        explain(windows(0.5, 3, 3, 1, 1), Networks.formula(), Networks.formulaInput(), LOGIT_3),
        Reference.OCCLUSION_OVERLAPPING.numbers(),
        1e-5);
  }

  @Test
  void featureAblationReplacesGroups() { // case C19
    Tensor x = Networks.row(20, 50, 30);
    List<Segments> groups = List.of(Segments.of(1, 3, 0, 0, 1));
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.multiLayer().trace(x);
      assertThat(
              new FeatureAblation(2, 10, 0)
                  .attribute(trace, LOGIT_0, Run.of(1), groups)
                  .toDoubles())
          .containsExactly(280, 280, 120);
      assertThat(
              new FeatureAblation(2, 10, 4)
                  .attribute(trace, LOGIT_0, Run.of(1), groups)
                  .toDoubles())
          .containsExactly(248, 248, 104);
    }
  }

  private static final Segments QUADRANTS = quadrants();

  /** Six parts of the formula network's input. */
  private static Segments quadrants() {
    int[] labels = new int[64];
    for (int i = 0; i < 64; i++) {
      labels[i] = (i / 8 / 3) * 2 + (i % 8) / 4;
    }
    return Segments.of(8, 8, labels);
  }

  private static double value(Classifier classifier, Superpixels superpixels, int shown) {
    float[] row = new float[6];
    for (int j = 0; j < 6; j++) {
      row[j] = (shown >> j) & 1;
    }
    return classifier.logits(superpixels.show(row)).select(1, 3).item();
  }

  /** The Shapley values by their definition, a sum over all coalitions. */
  private static double[] shapley(Classifier classifier, Superpixels superpixels) {
    double[] values = new double[64];
    for (int j = 0; j < 6; j++) {
      double sum = 0;
      for (int s = 0; s < 64; s++) {
        if ((s >> j & 1) == 0) {
          int size = Integer.bitCount(s);
          double weight = factorial(size) * factorial(5 - size) / factorial(6);
          sum +=
              weight
                  * (value(classifier, superpixels, s | 1 << j)
                      - value(classifier, superpixels, s));
        }
      }
      values[j] = sum;
    }
    return values;
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  @Test
  void kernelShapOfAllCoalitionsGivesTheShapleyValues() {
    try (Scope scope = Scope.open()) {
      Classifier classifier = Networks.formula();
      Trace trace = classifier.trace(Networks.formulaInput());
      Superpixels superpixels = Superpixels.of(trace.pixels(), List.of(QUADRANTS), MaskValue.BLACK);
      double[] expected = shapley(classifier, superpixels);
      double[] found =
          new KernelShap(6, 64, MaskValue.BLACK)
              .of(trace, LOGIT_3, Run.of(1), superpixels)
              .toDoubles();
      double[] parts = new double[6];
      for (int i = 0; i < 64; i++) {
        parts[QUADRANTS.at(i / 8, i % 8)] = found[i];
      }
      assertClose(parts, Arrays.copyOf(expected, 6), 1e-4);
      assertThat(Arrays.stream(parts).sum()).isCloseTo(0.6745625, within(1e-5));
    }
  }

  @Test
  void kernelShapOfSomeCoalitionsComesNearTheShapleyValues() {
    try (Scope scope = Scope.open()) {
      Classifier classifier = Networks.formula();
      Trace trace = classifier.trace(Networks.formulaInput());
      Superpixels superpixels = Superpixels.of(trace.pixels(), List.of(QUADRANTS), MaskValue.BLACK);
      double[] expected = Arrays.copyOf(shapley(classifier, superpixels), 6);
      // 62 samples are fewer than the 64 coalitions, so that they are drawn.
      double[] found =
          new KernelShap(6, 62, MaskValue.BLACK)
              .of(trace, LOGIT_3, Run.of(1), superpixels)
              .toDoubles();
      double[] parts = new double[6];
      for (int i = 0; i < 64; i++) {
        parts[QUADRANTS.at(i / 8, i % 8)] = found[i];
      }
      assertClose(parts, expected, 0.1);
      assertThat(Arrays.stream(parts).sum()).isCloseTo(0.6745625, within(1e-5));
    }
  }

  /** The margin as an objective is not turned into a probability, so that the score is linear. */
  @Test
  void limeOfALinearScoreFindsItsCoefficients() {
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.multiLayer().trace(Networks.row(20, 50, 30));
      Objective linear = LOGIT_0.times(1);
      Superpixels superpixels =
          Superpixels.of(
              trace.pixels(), List.of(Segments.of(1, 3, 0, 1, 2)), trace.pixels().fullLike(15));
      double[] found =
          new Lime(3, 4000, 0.25, MaskValue.BLACK)
              .of(trace, linear, Run.of(1), superpixels)
              .toDoubles();
      assertClose(found, new double[] {4 * 5, 4 * 35, 4 * 15}, 0.02);
    }
  }

  @Test
  void riseFindsThePartThatCounts() {
    // logit 0 is 2 relu(x1) + 2 relu(x2 - 1.5) with x2 below the threshold: only x1 counts.
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.shiftedRelus().trace(Networks.row(1, 1));
      Objective score = LOGIT_0.times(1);
      double[] found = new Rise(2000, 2, 0.5).attribute(trace, score, Run.of(1)).toDoubles();
      assertThat(found[0]).isGreaterThan(1.2 * found[1]);
    }
  }

  @Test
  void riseOfAConstantScoreIsThatScoreEverywhere() {
    try (Scope scope = Scope.open()) {
      Trace trace = Networks.shiftedRelus().trace(Tensor.zeros(1, 1, 1, 2));
      // One class: its probability is 1 whatever is shown; the mean mask over p is then 1.
      double[] found = new Rise(3000, 2, 0.5).attribute(trace, LOGIT_0, Run.of(1)).toDoubles();
      assertClose(found, new double[] {1, 1}, 0.05);
    }
  }

  @Test
  void superpixelsFollowColourBorders() {
    Raster halves = Raster.generate(3, 24, 24, (c, y, x) -> x < 11 ? 0.9 : c == 0 ? 0.8 : 0.1);
    Segments segments = new Slic(16, 10).of(halves);
    assertThat(segments.count()).isBetween(8, 24);
    for (int y = 0; y < 24; y++) {
      assertThat(segments.at(y, 10)).isNotEqualTo(segments.at(y, 11));
    }
    assertThat(segments.flattened(halves).at(0, 5, 5)).isEqualTo(0.9f, within(1e-6f));
  }

  @Test
  void superpixelsOfAUniformImageAreAGrid() {
    Segments segments = new Slic(16, 10).of(Raster.generate(1, 32, 32, (c, y, x) -> 0.5));
    int[] sizes = new int[segments.count()];
    for (int i = 0; i < 1024; i++) {
      sizes[segments.at(i / 32, i % 32)]++;
    }
    assertThat(sizes).hasSize(16).containsOnly(64);
  }
}
