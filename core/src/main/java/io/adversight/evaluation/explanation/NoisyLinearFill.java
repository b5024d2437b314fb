package io.adversight.evaluation.explanation;

import io.adversight.image.Raster;
import java.util.random.RandomGenerator;

/**
 * Fills missing pixels so that each is the weighted mean of its eight neighbours, those beside it
 * with 1/6 and those across with 1/12, plus a little noise (Rong et al. 2022, section 4.2). The
 * equations are symmetric and positive definite, and solved by conjugate gradients.
 */
final class NoisyLinearFill {
  private static final int[] DY = {-1, 1, 0, 0, -1, -1, 1, 1};
  private static final int[] DX = {0, 0, -1, 1, -1, 1, -1, 1};
  private static final double[] WEIGHTS = {
    1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 6, 1.0 / 12, 1.0 / 12, 1.0 / 12, 1.0 / 12
  };
  private static final double TOLERANCE = 1e-8;

  private final int height;
  private final int width;
  private final boolean[] missing;

  /** The pixels marked are missing; at least one must be known. */
  NoisyLinearFill(int height, int width, boolean[] missing) {
    this.height = height;
    this.width = width;
    this.missing = missing.clone();
  }

  /** The image with its missing pixels filled, clipped to [0, 1]. */
  Raster fill(Raster image, double noise, RandomGenerator random) {
    int plane = height * width;
    float[] values = image.toArray();
    for (int c = 0; c < image.channels(); c++) {
      double[] filled = channel(values, c * plane);
      for (int i = 0; i < plane; i++) {
        if (missing[i]) {
          double noisy = filled[i] + noise * random.nextGaussian();
          values[c * plane + i] = (float) Math.max(0, Math.min(1, noisy));
        }
      }
    }
    return Raster.of(image.channels(), height, width, values);
  }

  private double[] channel(float[] values, int offset) {
    int plane = height * width;
    double[] x = new double[plane];
    double[] known = new double[plane];
    double mean = 0;
    int count = 0;
    for (int i = 0; i < plane; i++) {
      if (!missing[i]) {
        known[i] = values[offset + i];
        mean += known[i];
        count++;
      }
    }
    for (int i = 0; i < plane; i++) {
      x[i] = missing[i] ? mean / Math.max(1, count) : 0;
    }
    double[] residual = apply(known, false);
    double[] product = apply(x, true);
    for (int i = 0; i < plane; i++) {
      residual[i] -= product[i];
    }
    double[] direction = residual.clone();
    double square = dot(residual, residual);
    double goal = TOLERANCE * TOLERANCE * Math.max(1, plane);
    for (int iteration = 0; iteration < plane && square > goal; iteration++) {
      double[] applied = apply(direction, true);
      double step = square / dot(direction, applied);
      for (int i = 0; i < plane; i++) {
        x[i] += step * direction[i];
        residual[i] -= step * applied[i];
      }
      double next = dot(residual, residual);
      for (int i = 0; i < plane; i++) {
        direction[i] = residual[i] + next / square * direction[i];
      }
      square = next;
    }
    return x;
  }

  /**
   * For missing pixels: the equations' left side (sum of w (x_i - x_j), known x_j as 0), or with
   * {@code left} false their right side, the sum of w over known neighbours' values.
   */
  private double[] apply(double[] x, boolean left) {
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      if (!missing[i]) {
        continue;
      }
      int y = i / width;
      int column = i % width;
      double sum = 0;
      for (int d = 0; d < WEIGHTS.length; d++) {
        int ny = y + DY[d];
        int nx = column + DX[d];
        if (ny >= 0 && ny < height && nx >= 0 && nx < width) {
          int j = ny * width + nx;
          if (left) {
            sum += WEIGHTS[d] * (x[i] - (missing[j] ? x[j] : 0));
          } else if (!missing[j]) {
            sum += WEIGHTS[d] * x[j];
          }
        }
      }
      result[i] = sum;
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
