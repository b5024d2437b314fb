package io.adversight.metric.similarity;

import static io.adversight.metric.ReferenceMaps.A;
import static io.adversight.metric.ReferenceMaps.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SsimTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void agreesWithScikitImageForEveryWindow() { // cases S8, S9, S10
    assertThat(new Ssim(SsimWindow.UNIFORM, 1).similarity(A, B))
        .isCloseTo(0.9723389692562785, EXACT);
    assertThat(new Ssim(SsimWindow.GAUSSIAN, 1).similarity(A, B))
        .isCloseTo(0.9715228095583244, EXACT);
    assertThat(new Ssim(SsimWindow.UNIFORM_POPULATION, 1).similarity(A, B))
        .isCloseTo(0.972341932294458, EXACT);
  }

  @Test
  void isOneForEqualAndNegativeForInvertedImages() { // case S11
    Ssim ssim = new Ssim(SsimWindow.UNIFORM, 1);
    assertThat(ssim.similarity(A, A)).isCloseTo(1, EXACT);
    assertThat(ssim.similarity(A, A.map(v -> 1 - v))).isCloseTo(-0.9886712253821198, EXACT);
  }

  @Test
  void averagesOverChannels() {
    Raster a = Raster.generate(2, 16, 16, (c, y, x) -> A.at(y, x));
    Raster b = Raster.generate(2, 16, 16, (c, y, x) -> c == 0 ? A.at(y, x) : B.at(y, x));
    double single = new Ssim().similarity(A.toRaster(), B.toRaster());
    assertThat(new Ssim().similarity(a, b)).isCloseTo((1 + single) / 2, EXACT);
  }

  @Test
  void ofConstantImagesComparesMeans() {
    Plane dark = Plane.generate(11, 11, (y, x) -> 0.2);
    Plane light = Plane.generate(11, 11, (y, x) -> 0.6);
    double c1 = 0.0001;
    assertThat(new Ssim().similarity(dark, light))
        .isCloseTo((2 * 0.12 + c1) / (0.04 + 0.36 + c1), EXACT);
  }

  @Test
  void scaledVariantIgnoresUnitsWhileTheRawOneForgivesTinyMaps() {
    Raster tiny = A.map(v -> 1e-4 * v).toRaster();
    Raster inverted = A.map(v -> 1e-4 * (1 - v)).toRaster();
    assertThat(new ScaledSsim().similarity(tiny, inverted)).isLessThan(-0.9);
    assertThat(new RawSsim().similarity(tiny, inverted)).isGreaterThan(0.9999);
  }

  @Test
  void saysWhichSizeItNeeds() {
    Raster small = Raster.generate(1, 5, 9, (c, y, x) -> x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ssim().similarity(small, small))
        .withMessageContaining("at least 11 x 11 pixels, but there are 5 x 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ssim(SsimWindow.UNIFORM, 0))
        .withMessage("range must be positive, but was 0");
  }
}
