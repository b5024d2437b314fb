package io.adversight.attack.corruption;

import java.util.SplittableRandom;

/** Clouds by the diamond-square algorithm, as ImageNet-C draws its fog. */
final class PlasmaFractal {
  private static final double FIRST = 100;

  private final int size;
  private final double[] values;
  private final SplittableRandom random;

  private PlasmaFractal(int side, SplittableRandom random) {
    this.size = Math.max(2, Integer.highestOneBit(Math.max(1, side - 1)) * 2);
    this.values = new double[size * size];
    this.random = random;
  }

  /**
   * A square of values in [0, 1], as a function of row and column.
   *
   * @param side at least as many rows and columns
   * @param decay how much smaller the changes are at half the distance
   */
  static PlasmaFractal of(int side, double decay, SplittableRandom random) {
    PlasmaFractal fractal = new PlasmaFractal(side, random);
    double change = FIRST;
    for (int step = fractal.size; step >= 2; step /= 2) {
      fractal.refine(step, change);
      change /= decay;
    }
    fractal.normalize();
    return fractal;
  }

  double at(int y, int x) {
    return values[y * size + x];
  }

  private double get(int y, int x) {
    return values[Math.floorMod(y, size) * size + Math.floorMod(x, size)];
  }

  private double between(double sum, double change) {
    return sum / 4 + change * change * (2 * random.nextDouble() - 1);
  }

  private void refine(int step, double change) {
    int half = step / 2;
    for (int y = 0; y < size; y += step) {
      for (int x = 0; x < size; x += step) {
        double corners = get(y, x) + get(y + step, x) + get(y, x + step) + get(y + step, x + step);
        values[(y + half) * size + x + half] = between(corners, change);
      }
    }
    for (int y = 0; y < size; y += half) {
      for (int x = (y / half) % 2 == 0 ? half : 0; x < size; x += step) {
        double around = get(y - half, x) + get(y + half, x) + get(y, x - half) + get(y, x + half);
        values[y * size + x] = between(around, change);
      }
    }
  }

  private void normalize() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - low) / Math.max(high - low, 1e-12);
    }
  }
}
