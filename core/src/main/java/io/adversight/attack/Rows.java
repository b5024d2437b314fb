package io.adversight.attack;

import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selections from a batch, and one number per image. */
final class Rows {
  private Rows() {}

  static <T> List<T> of(List<T> all, int... images) {
    List<T> some = new ArrayList<>(images.length);
    for (int image : images) {
      some.add(all.get(image));
    }
    return some;
  }

  /** The places of {@code outer} that {@code inner} selects. */
  static int[] compose(int[] outer, int[] inner) {
    return Arrays.stream(inner).map(i -> outer[i]).toArray();
  }

  /** (N) numbers as (N, 1, 1, 1), to go with images. */
  static Tensor perImage(Tensor numbers, Tensor images) {
    return numbers.reshape(shape(images));
  }

  /** Numbers as (N, 1, 1, 1), to go with images. */
  static Tensor perImage(double[] numbers, Tensor images) {
    return Tensor.of(numbers, shape(images)).like(images);
  }

  /** Flags as booleans (N, 1, 1, 1), to go with images. */
  static Tensor mask(boolean[] flags, Tensor images) {
    double[] numbers = new double[flags.length];
    for (int i = 0; i < flags.length; i++) {
      numbers[i] = flags[i] ? 1 : 0;
    }
    return perImage(numbers, images).gt(0);
  }

  private static long[] shape(Tensor images) {
    long[] shape = new long[images.rank()];
    Arrays.fill(shape, 1);
    shape[0] = images.size(0);
    return shape;
  }
}
