package io.adversight.metric.similarity;

import static io.adversight.metric.ReferenceMaps.A;
import static io.adversight.metric.ReferenceMaps.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Correlation;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HogTest {
  /** scikit-image sums the votes of a cell in single precision. */
  private static final Offset<Double> RECORDED = within(2e-7);

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double pearson(Hog hog) {
    return Correlation.pearson(hog.descriptor(A), hog.descriptor(B)).orElseThrow();
  }

  @Test
  void overlappingBlocksAgreeWithScikitImage() { // case S12
    Hog hog = new Hog(9, 8, 2, BlockNorm.L2_HYS);
    double[] descriptor = hog.descriptor(A);
    assertThat(descriptor).hasSize(36);
    assertThat(Arrays.copyOf(descriptor, 9))
        .containsExactly(
            new double[] {
              .1097355668, 0, .2747028146, 0, .0934497195, .2747028146, 0, .2747028146, 0
            },
            RECORDED);
    assertThat(sum(descriptor)).isCloseTo(4.1615222925, RECORDED);
    assertThat(pearson(hog)).isCloseTo(0.6890605952, RECORDED);
  }

  @Test
  void singleCellBlocksAgreeWithScikitImage() { // case S13
    Hog hog = new Hog(9, 8, 1, BlockNorm.L2_HYS);
    double[] descriptor = hog.descriptor(A);
    assertThat(Arrays.copyOf(descriptor, 9))
        .containsExactly(
            new double[] {
              .3954803849, 0, .4933456078, 0, .3367871707, .4933456078, 0, .4933456078, 0
            },
            RECORDED);
    assertThat(sum(descriptor)).isCloseTo(8.8746589432, RECORDED);
    assertThat(pearson(hog)).isCloseTo(0.6019759997, RECORDED);
  }

  @Test
  void l1NormAgreesWithScikitImage() { // case S14
    Hog hog = new Hog(9, 4, 1, BlockNorm.L1);
    double[] descriptor = hog.descriptor(A);
    assertThat(descriptor).hasSize(144);
    assertThat(Arrays.copyOf(descriptor, 9))
        .containsExactly(
            new double[] {
              .1591356927, 0, .1934359025, 0, .1603789391, .2902976735, 0, .1967319002, 0
            },
            RECORDED);
    assertThat(sum(descriptor)).isCloseTo(15.9997082358, within(1e-6));
    assertThat(pearson(hog)).isCloseTo(0.8083215959, RECORDED);
  }

  @Test
  void l1SquareRootIsTheRootOfL1() {
    double[] l1 = new Hog(9, 4, 2, BlockNorm.L1).descriptor(A);
    double[] root = new Hog(9, 4, 2, BlockNorm.L1_SQRT).descriptor(A);
    assertThat(root).containsExactly(Arrays.stream(l1).map(Math::sqrt).toArray(), within(1e-15));
  }

  @Test
  void l2NormAgreesWithScikitImage() { // case S15
    Hog hog = new Hog(8, 4, 1, BlockNorm.L2);
    double[] descriptor = hog.descriptor(A);
    assertThat(descriptor).hasSize(128);
    assertThat(sum(descriptor)).isCloseTo(28.3927109052, within(1e-6));
    assertThat(pearson(hog)).isCloseTo(0.6741742704, RECORDED);
  }

  @Test
  void rampsFallIntoTheExpectedBins() { // cases S16, S17
    Hog hog = new Hog(9, 8, 1, BlockNorm.L2_HYS);
    Plane diagonal = Plane.generate(8, 8, (y, x) -> (8 * y + x) / 63.0);
    assertThat(hog.descriptor(diagonal))
        .containsExactly(new double[] {.1534300005, 0, 0, 0, .9881595177, 0, 0, 0, 0}, RECORDED);
    double[] rightwards = hog.descriptor(Plane.generate(8, 8, (y, x) -> x / 7.0));
    assertThat(rightwards[0]).isCloseTo(1, within(1e-8));
    double[] downwards = hog.descriptor(Plane.generate(8, 8, (y, x) -> y / 7.0));
    assertThat(downwards[4]).isCloseTo(0.9999999987, RECORDED);
  }

  @Test
  void takesTheChannelOfLargestGradient() {
    Raster faintAndStrong =
        Raster.generate(3, 8, 8, (c, y, x) -> c == 1 ? y / 7.0 : c == 2 ? x / 70.0 : 0.5);
    double[] descriptor = new Hog(9, 8, 1, BlockNorm.L1).descriptor(faintAndStrong);
    // In the first and last row the strong channel's gradient is zero: six pixels of the faint one
    // vote there, against 48 of the strong.
    assertThat(descriptor[0] / descriptor[4]).isCloseTo(12 * 0.1 / 48, within(1e-6));
  }

  @Test
  void drawsEachOrientationAsALineThroughTheCell() {
    Plane vertical = Plane.generate(16, 16, (y, x) -> x < 8 ? 0 : 1);
    Plane drawing = new Hog(2, 16, 1, BlockNorm.L2_HYS).drawing(vertical);
    // Two bins have their middles at 45 and 135 degrees; the gradient at 0 falls into the first,
    // drawn at right angles to 45 degrees: from (8 - 4.9, 8 + 4.9) to (8 + 4.9, 8 - 4.9), ends
    // truncated to (3, 12) and (12, 3).
    double value = 32.0 / 256;
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        boolean onLine = x + y == 15 && x >= 3 && x <= 12;
        assertThat(drawing.at(y, x)).isEqualTo(onLine ? value : 0);
      }
    }
  }

  @Test
  void drawingsAgreeWithScikitImage() {
    Hog small = new Hog(9, 8, 1, BlockNorm.L2_HYS);
    Plane drawing = small.drawing(A);
    assertThat(sum(drawing.toArray())).isCloseTo(13.416864987, within(1e-5));
    assertThat(drawing.at(4, 4)).isCloseTo(0.36862912774, RECORDED);
    assertThat(positionSum(drawing)).isCloseTo(1724.2359920, within(1e-3));
    assertThat(Correlation.pearson(drawing.toArray(), small.drawing(B).toArray()).orElseThrow())
        .isCloseTo(0.96908437806, RECORDED);
    Plane waves =
        Plane.generate(
            48,
            40,
            (y, x) ->
                .5 + .25 * Math.sin(.5 * x + .03 * y * y) + .25 * Math.cos(.4 * y - .02 * x * x));
    Plane large = new Hog().drawing(waves);
    assertThat(sum(large.toArray())).isCloseTo(30.658821125, within(1e-5));
    assertThat(positionSum(large)).isCloseTo(30213.987295, within(1e-2));
    assertThat(large.max()).isCloseTo(0.34871682, RECORDED);
  }

  @Test
  void colourAgreesWithScikitImage() {
    Plane product = Plane.generate(16, 16, (y, x) -> 1 - A.at(y, x) * B.at(y, x));
    Hog hog = new Hog(9, 8, 2, BlockNorm.L2_HYS);
    double[] descriptor = hog.descriptor(A, B, product);
    assertThat(sum(descriptor)).isCloseTo(4.9448456504, within(1e-6));
    assertThat(Arrays.copyOf(descriptor, 4))
        .containsExactly(new double[] {.22048915, .11028683, .03023346, .1105825}, RECORDED);
    assertThat(positionSum(hog.drawing(A, B, product))).isCloseTo(1941.4261051, within(1e-3));
  }

  /** Tells drawings apart that have equal sums but lines in other places. */
  private static double positionSum(Plane plane) {
    double[] values = plane.toArray();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += i * values[i];
    }
    return sum;
  }

  @Test
  void correlationsOfEqualMapsAreOneAndOfFlatMapsZero() {
    Raster map = Raster.generate(1, 64, 48, (c, y, x) -> Math.sin(0.3 * y) * Math.cos(0.2 * x));
    Raster flat = Raster.generate(1, 64, 48, (c, y, x) -> 0.5);
    assertThat(new HogImagePearson().similarity(map, map)).isCloseTo(1, within(1e-12));
    assertThat(new HogPearson().similarity(map, map)).isCloseTo(1, within(1e-12));
    assertThat(new HogImagePearson().similarity(map, flat)).isZero();
    assertThat(new HogPearson().similarity(flat, map)).isZero();
  }

  @Test
  void saysWhenTheImageIsTooSmall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hog().descriptor(Raster.generate(1, 8, 20, (c, y, x) -> x)))
        .withMessageContaining("a cell of 16 x 16 pixels does not fit into 8 x 20");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hog(9, 8, 2, BlockNorm.L2).descriptor(Plane.of(8, 8, new double[64])))
        .withMessageContaining("a block of 16 x 16 pixels");
  }
}
