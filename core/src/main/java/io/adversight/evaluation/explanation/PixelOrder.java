package io.adversight.evaluation.explanation;

import io.adversight.image.Raster;
import io.adversight.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The order of the pixels by a map. */
final class PixelOrder {
  private PixelOrder() {}

  /** The places of a one-channel map, largest value first; equal ones in reading order. */
  static List<Integer> of(Raster map) {
    float[] values = map.channel(0).toArray();
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
        .toList();
  }

  /** The rank of every pixel, 0 for the first of the order, (N, 1, H, W). */
  static Tensor ranks(List<Raster> maps, Tensor like) {
    int height = maps.get(0).height();
    int width = maps.get(0).width();
    float[] ranks = new float[maps.size() * height * width];
    for (int i = 0; i < maps.size(); i++) {
      List<Integer> order = of(maps.get(i));
      for (int rank = 0; rank < order.size(); rank++) {
        ranks[i * height * width + order.get(rank)] = rank;
      }
    }
    return Tensor.of(ranks, maps.size(), 1, height, width).like(like);
  }

  /** Fails unless there is one map of the images' size for each. */
  static void check(Tensor pixels, List<Raster> maps) {
    if (maps.size() != pixels.size(0)) {
      throw new IllegalArgumentException(
          "%s images need as many maps, but there are %s".formatted(pixels.size(0), maps.size()));
    }
    for (Raster map : maps) {
      if (map.height() != pixels.size(2) || map.width() != pixels.size(3)) {
        throw new IllegalArgumentException(
            "a map must have the images' size %s x %s, but is %s"
                .formatted(pixels.size(2), pixels.size(3), map));
      }
    }
  }
}
