package io.adversight.evaluation.certificate;

import io.adversight.tensor.Tensor;
import java.util.Arrays;

/** Batches whose rows are coefficients of affine functions. */
final class Rows {
  private Rows() {}

  /** The sum of each row, shape (S). */
  static Tensor sums(Tensor rows) {
    return rows.reshape(rows.size(0), -1).sum(1).reshape(-1);
  }

  /** The sizes of {@code one}, (1, ...), for {@code count} rows. */
  static long[] sizes(Tensor one, long count) {
    long[] sizes = one.shape().toArray();
    sizes[0] = count;
    return sizes;
  }

  /**
   * Rows that select some elements of a layer.
   *
   * @param one the layer for one image, (1, ...)
   * @param elements their positions in the flat layer
   * @param sign 1 or -1, what stands there
   */
  static Tensor selecting(Tensor one, int[] elements, double sign) {
    int width = (int) one.elements();
    double[] values = new double[Math.multiplyExact(elements.length, width)];
    for (int row = 0; row < elements.length; row++) {
      values[row * width + elements[row]] = sign;
    }
    return Tensor.of(values, sizes(one, elements.length));
  }

  /** The positions where {@code mask}, 0 or 1, is 1. */
  static int[] where(Tensor mask) {
    double[] values = mask.asDouble().reshape(-1).toDoubles();
    int[] found = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
