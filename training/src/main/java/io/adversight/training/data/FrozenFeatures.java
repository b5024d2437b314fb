package io.adversight.training.data;

import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a part of a network that stays as it is makes of each image of a set, computed once. */
final class FrozenFeatures {
  private static final int BATCH = 32;
  private static final long MOST_NUMBERS = 100_000_000;

  private final float[][] images;
  private final Shape maps;

  private FrozenFeatures(float[][] images, Shape maps) {
    this.images = images;
    this.maps = maps;
  }

  /** The features of a set; empty if they are too many to be kept. */
  static Optional<FrozenFeatures> of(Graph part, GraphClassifier preprocessing, DataSet set) {
    float[][] images = new float[set.size()][];
    Shape maps = Shape.of(1);
    for (int first = 0; first < set.size(); first += BATCH) {
      int count = Math.min(BATCH, set.size() - first);
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels = Batch.pixels(set, first, count).to(preprocessing.device());
        Tensor features = part.forward(preprocessing.preprocess(pixels)).contiguous();
        maps = features.shape();
        int length = (int) (features.elements() / count);
        if ((long) length * set.size() > MOST_NUMBERS) {
          return Optional.empty();
        }
        float[] values = features.toFloats();
        for (int i = 0; i < count; i++) {
          images[first + i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        }
      }
    }
    return Optional.of(new FrozenFeatures(images, maps));
  }

  int size() {
    return images.length;
  }

  /** The features of some images, (n, C, H, W). */
  Tensor batch(int... indices) {
    int length = images[0].length;
    float[] values = new float[indices.length * length];
    IntStream.range(0, indices.length)
        .forEach(i -> System.arraycopy(images[indices[i]], 0, values, i * length, length));
    long[] sizes = maps.toArray();
    sizes[0] = indices.length;
    return Tensor.of(values, sizes).channelsLast();
  }
}
