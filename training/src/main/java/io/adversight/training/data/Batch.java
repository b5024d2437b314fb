package io.adversight.training.data;

import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.stream.IntStream;

/** Images of a data set as tensors. */
public final class Batch {
  private Batch() {}

  /** Images {@code first} to {@code first + count - 1}, unchanged, (N, C, H, W). */
  public static Tensor pixels(DataSet set, int first, int count) {
    int[] indices = IntStream.range(first, first + count).toArray();
    return pixels(set, indices, Augmentation.NONE, new Rng(0));
  }

  /**
   * The images at {@code indices}, changed at random, (N, C, H, W).
   *
   * @param epoch source of randomness, split by the image's index
   * @throws IllegalArgumentException if they have several sizes
   */
  public static Tensor pixels(DataSet set, int[] indices, Augmentation augmentation, Rng epoch) {
    Input input = size(set);
    int length = input.channels() * input.height() * input.width();
    float[] values = new float[indices.length * length];
    IntStream.range(0, indices.length)
        .parallel()
        .forEach(
            i -> {
              float[] image = set.image(indices[i]).toArray();
              if (image.length != length) {
                throw new InputException(
                    "the images of %s must have one size, but %s is no %s"
                        .formatted(set.name(), set.imageName(indices[i]), input));
              }
              Rng own = epoch.split(indices[i]);
              augmentation.apply(image, input, own, values, i * length);
            });
    return Tensor.of(values, indices.length, input.channels(), input.height(), input.width());
  }

  /** The size of the images: that of the first. */
  public static Input size(DataSet set) {
    Raster first = set.image(0);
    return new Input(first.channels(), first.height(), first.width());
  }

  /** The classes of images {@code first} to {@code first + count - 1}, (N, 1). */
  public static Tensor labels(DataSet set, int first, int count) {
    return labels(set, IntStream.range(first, first + count).toArray());
  }

  /** The classes of the images at {@code indices}, (N, 1). */
  public static Tensor labels(DataSet set, int[] indices) {
    long[] labels = new long[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = set.label(indices[i]);
    }
    return Tensor.of(labels, labels.length, 1);
  }
}
