package io.adversight.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
  @Test
  void findsEigenvaluesInAscendingOrder() {
    try (Scope scope = Scope.open()) {
      // (2 1; 1 2): 1 along (1, -1), 3 along (1, 1).
      LinearAlgebra.Eigen eigen =
          LinearAlgebra.symmetricEigen(Tensor.of(new double[] {2, 1, 1, 2}, 2, 2));
      assertThat(eigen.values().toDoubles()).containsExactly(new double[] {1, 3}, within(1e-12));
      double[] v = eigen.vectors().toDoubles();
      assertThat(v[0] + v[2]).isCloseTo(0, within(1e-12));
      assertThat(v[1] - v[3]).isCloseTo(0, within(1e-12));
      assertThat(v[0] * v[0] + v[2] * v[2]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void turnsASpectrumIntoItsImage() {
    int height = 4;
    int width = 6;
    double[] image = new double[height * width];
    for (int i = 0; i < image.length; i++) {
      image[i] = (i * i * 7 % 11) / 10.0;
    }
    try (Scope scope = Scope.open()) {
      Tensor spectrum = Tensor.of(halfSpectrum(image, height, width), height, width / 2 + 1, 2);
      assertThat(LinearAlgebra.inverseRealFourier(spectrum, height, width).toDoubles())
          .containsExactly(image, within(1e-12));
    }
  }

  /** The discrete Fourier transform by its sum, orthonormal, real and imaginary parts. */
  private static double[] halfSpectrum(double[] image, int height, int width) {
    int columns = width / 2 + 1;
    double[] spectrum = new double[height * columns * 2];
    for (int u = 0; u < height; u++) {
      for (int v = 0; v < columns; v++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            double angle = -2 * Math.PI * ((double) u * y / height + (double) v * x / width);
            double value = image[y * width + x] / Math.sqrt(height * width);
            spectrum[(u * columns + v) * 2] += value * Math.cos(angle);
            spectrum[(u * columns + v) * 2 + 1] += value * Math.sin(angle);
          }
        }
      }
    }
    return spectrum;
  }
}
