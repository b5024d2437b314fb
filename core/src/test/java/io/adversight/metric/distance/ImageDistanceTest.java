package io.adversight.metric.distance;

import static io.adversight.metric.ReferenceMaps.A;
import static io.adversight.metric.ReferenceMaps.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import io.adversight.metric.Centroid;
import io.adversight.metric.similarity.Psnr;
import org.junit.jupiter.api.Test;

class ImageDistanceTest {
  private static final Raster ORIGIN = Raster.generate(2, 2, 2, (c, y, x) -> 0);
  private static final Raster MOVED = Raster.of(2, 2, 2, new float[] {3, 0, 0, 0, -4, 0, 0, 0.5f});

  @Test
  void normsOfTheDifferenceAreMet() {
    assertThat(new L0Distance().distance(ORIGIN, MOVED)).isEqualTo(3);
    assertThat(new ChangedPixels().distance(ORIGIN, MOVED)).isEqualTo(2);
    assertThat(new L1Distance().distance(ORIGIN, MOVED)).isEqualTo(7.5);
    assertThat(new L2Distance().distance(ORIGIN, MOVED)).isEqualTo(Math.sqrt(25.25));
    assertThat(new LinfDistance().distance(ORIGIN, MOVED)).isEqualTo(4);
    assertThat(new MeanSquaredError().distance(ORIGIN, MOVED)).isEqualTo(25.25 / 8);
  }

  @Test
  void errorAndNoiseRatioAgreeWithScikitImage() { // case S7
    assertThat(new MeanSquaredError().distance(A.toRaster(), B.toRaster()))
        .isCloseTo(0.0047338179134, within(1e-9));
    assertThat(new Psnr().similarity(A.toRaster(), B.toRaster()))
        .isCloseTo(23.2478845125, within(1e-5));
    assertThat(new Psnr().similarity(ORIGIN, ORIGIN)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesImagesOfDifferentShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new L2Distance().distance(ORIGIN, Raster.map(1, 1, new float[1])))
        .withMessageContaining("Raster(2, 2, 2) and Raster(1, 1, 1)");
  }

  @Test
  void valueDistanceIgnoresPositionsAndMeasuresAnOffset() {
    Raster shuffled = Raster.map(1, 4, new float[] {4, 1, 3, 2});
    Raster sorted = Raster.map(1, 4, new float[] {1, 2, 3, 4});
    Raster raised = Raster.map(1, 4, new float[] {1.5f, 2.5f, 3.5f, 4.5f});
    assertThat(new ValueWasserstein().distance(shuffled, sorted)).isZero();
    assertThat(new ValueWasserstein().distance(shuffled, raised)).isEqualTo(0.5);
  }

  private static Raster spot(int row, int column) {
    return Raster.generate(1, 20, 30, (c, y, x) -> y == row && x == column ? 0.2 : 0);
  }

  @Test
  void slicedDistanceOfAShiftedSpotIsTheShift() {
    SlicedWasserstein fine = new SlicedWasserstein(400);
    assertThat(fine.distance(spot(3, 4), spot(6, 8))).isCloseTo(5, within(1e-3));
    assertThat(new SlicedWasserstein().distance(spot(3, 4), spot(3, 24)))
        .isCloseTo(20, within(1e-4));
    assertThat(new SlicedWasserstein().distance(spot(3, 4), spot(3, 4))).isZero();
  }

  @Test
  void slicedDistanceAgreesWithIntegratingTheCumulativeDistributions() {
    Raster a = Raster.generate(1, 5, 7, (c, y, x) -> (3 * y + 5 * x) % 7);
    Raster b = Raster.generate(1, 5, 7, (c, y, x) -> (2 * y * y + x) % 5);
    double sumA = 0;
    double sumB = 0;
    for (int i = 0; i < 35; i++) {
      sumA += a.toArray()[i];
      sumB += b.toArray()[i];
    }
    double total = 0;
    double shift = 0;
    for (int k = 0; k < 4; k++) {
      double angle = Math.PI * k / 4;
      int steps = 40_000;
      double length = 20.0;
      for (int s = 0; s < steps; s++) {
        double at = -8 + (s + 0.5) * length / steps;
        double excess = 0;
        for (int i = 0; i < 35; i++) {
          double position = (i % 7) * Math.cos(angle) + Math.floorDiv(i, 7) * Math.sin(angle);
          excess += position <= at ? a.toArray()[i] / sumA - b.toArray()[i] / sumB : 0;
        }
        total += Math.abs(excess) * length / steps;
      }
      shift += Math.abs(Math.cos(angle));
    }
    assertThat(new SlicedWasserstein(4).distance(a, b)).isCloseTo(total / shift, within(1e-3));
  }

  @Test
  void emptyMapsCountAsUniform() {
    Raster empty = Raster.generate(1, 20, 30, (c, y, x) -> -1);
    Raster flat = Raster.generate(1, 20, 30, (c, y, x) -> 3);
    assertThat(new SlicedWasserstein().distance(empty, flat)).isCloseTo(0, within(1e-9));
    assertThat(new CentroidShift().distance(empty, spot(9, 14)))
        .isCloseTo(Math.hypot(0.5, 0.5), within(1e-9));
  }

  @Test
  void centroidFollowsTheMass() {
    Raster two = Raster.map(1, 3, new float[] {1, -9, 3});
    assertThat(Centroid.of(two).x()).isCloseTo(1.5, within(1e-12));
    assertThat(new CentroidShift().distance(spot(3, 4), spot(6, 8))).isCloseTo(5, within(1e-9));
  }
}
