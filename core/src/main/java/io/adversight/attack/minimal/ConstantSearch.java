package io.adversight.attack.minimal;

import java.util.Arrays;

/**
 * The weight of an attack's loss against the size of the perturbation, searched for each image:
 * times 10 until success, then bisection (Carlini and Wagner 2017, section V.C).
 */
final class ConstantSearch {
  private static final double GROWTH = 10;

  private final double[] constants;
  private final double[] lower;
  private final double[] upper;

  ConstantSearch(int images, double first) {
    constants = new double[images];
    lower = new double[images];
    upper = new double[images];
    Arrays.fill(constants, first);
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
  }

  /** The weight of each image of the batch. */
  double[] constants() {
    return constants.clone();
  }

  /** Goes on to the next weight, knowing whether the goal was reached with this one. */
  void next(int image, boolean reached) {
    double c = constants[image];
    if (reached) {
      upper[image] = Math.min(upper[image], c);
    } else {
      lower[image] = Math.max(lower[image], c);
    }
    constants[image] =
        Double.isInfinite(upper[image]) ? c * GROWTH : (lower[image] + upper[image]) / 2;
  }
}
