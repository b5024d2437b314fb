package io.adversight.tensor;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** One number per image, as a tensor that broadcasts over the pixels. */
public final class PerImage {
  private PerImage() {}

  /** The numbers in the shape (N, 1, ...), type and place of {@code like}. */
  public static Tensor of(double[] numbers, Tensor like) {
    return Tensor.of(numbers, sizes(like)).like(like);
  }

  /** The numbers that {@code function} gives for images 0, 1, ... of the batch {@code like}. */
  public static Tensor of(IntToDoubleFunction function, Tensor like) {
    double[] numbers = new double[(int) like.size(0)];
    Arrays.setAll(numbers, function);
    return of(numbers, like);
  }

  /** Whether the flag of an image is set, as booleans in the shape (N, 1, ...). */
  public static Tensor where(boolean[] flags, Tensor like) {
    return of(i -> flags[i] ? 1 : 0, like).gt(0);
  }

  /** A value per image, (N) or (N, 1), in the shape (N, 1, ...). */
  public static Tensor column(Tensor values, Tensor like) {
    return values.reshape(sizes(like));
  }

  private static long[] sizes(Tensor like) {
    long[] sizes = new long[like.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = like.size(0);
    return sizes;
  }
}
