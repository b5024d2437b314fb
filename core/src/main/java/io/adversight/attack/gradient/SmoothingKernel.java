package io.adversight.attack.gradient;

import io.adversight.tensor.Tensor;

/** Kernels of sum 1 over (2k + 1) x (2k + 1) shifts (Dong et al. 2019, section 3.3). */
public enum SmoothingKernel {
  /** A Gaussian of standard deviation k / sqrt(3). */
  GAUSSIAN {
    @Override
    double weight(int i, int j, int k) {
      double variance = Math.max(k * k / 3.0, 1e-12);
      return Math.exp(-(i * i + j * j) / (2 * variance));
    }
  },
  /** (1 - |i| / (k + 1)) (1 - |j| / (k + 1)). */
  LINEAR {
    @Override
    double weight(int i, int j, int k) {
      return (1 - Math.abs(i) / (k + 1.0)) * (1 - Math.abs(j) / (k + 1.0));
    }
  },
  /** The same weight for every shift. */
  UNIFORM {
    @Override
    double weight(int i, int j, int k) {
      return 1;
    }
  };

  /** The weight of shift (i, j) up to a common factor. */
  abstract double weight(int i, int j, int k);

  /** The kernel for each channel on its own, (channels, 1, size, size). */
  Tensor weights(int size, long channels) {
    int k = size / 2;
    double[] weights = new double[size * size];
    double sum = 0;
    for (int i = -k; i <= k; i++) {
      for (int j = -k; j <= k; j++) {
        double weight = weight(i, j, k);
        weights[(i + k) * size + j + k] = weight;
        sum += weight;
      }
    }
    return Tensor.of(weights, 1, 1, size, size).div(sum).repeat(channels, 1, 1, 1);
  }
}
