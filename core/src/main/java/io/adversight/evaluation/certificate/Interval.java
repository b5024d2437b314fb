package io.adversight.evaluation.certificate;

import io.adversight.tensor.Tensor;

/**
 * Bounds of every element of a layer over a region of images.
 *
 * @param low (1, ...), double
 * @param high in the shape of {@code low}, nowhere smaller
 */
record Interval(Tensor low, Tensor high) {
  /** The elements that lie in both. */
  Interval intersect(Interval other) {
    return new Interval(low.maximum(other.low), high.minimum(other.high));
  }

  /** What an affine function with these coefficients, (S, ...), is at least, shape (S). */
  Tensor least(Tensor coefficients) {
    Tensor positive = coefficients.relu();
    Tensor negative = coefficients.neg().relu();
    return Rows.sums(positive.mul(low).sub(negative.mul(high)));
  }
}
