package io.adversight.visualization.patch;

import io.adversight.tensor.Tensor;

/** The largest activation of each channel in each image of a batch, and where it is. */
final class ChannelMaxima {
  private final Tensor maps; // (N, H, W, C)
  private final Tensor perRow;
  private final Tensor values;

  private ChannelMaxima(Tensor maps) {
    this.maps = maps;
    this.perRow = maps.max(2).reshape(maps.size(0), maps.size(1), maps.size(3));
    this.values = perRow.max(1).reshape(maps.size(0), maps.size(3));
  }

  /** The peaks of a layer (N, C, ...); without rows and columns all places are 0. */
  static ChannelMaxima of(Tensor layer) {
    Tensor maps =
        layer.rank() == 4 ? layer : layer.reshape(layer.size(0), layer.size(1), 1, -1).max(3);
    // Channels innermost, as convolutions leave them: the reductions then run along memory.
    return new ChannelMaxima(maps.permute(0, 2, 3, 1));
  }

  /** The activations, (N, C). */
  Tensor values() {
    return values;
  }

  /**
   * Row times columns plus column of some peaks; of several equal ones the first.
   *
   * @param images which images
   * @param channels which channel of each
   */
  int[] places(int[] images, int[] channels) {
    int height = (int) maps.size(1);
    int width = (int) maps.size(2);
    int count = (int) maps.size(3);
    float[] rowMaxima = perRow.toFloats();
    int[] rows = new int[images.length];
    long[] line = new long[images.length * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = first(rowMaxima, images[i] * height * count + channels[i], count, height);
      long row = (long) images[i] * height + rows[i];
      for (int x = 0; x < width; x++) {
        line[i * width + x] = (row * width + x) * count + channels[i];
      }
    }
    Tensor index = Tensor.of(line, line.length).to(maps.device());
    float[] lines = maps.reshape(-1).select(0, index).toFloats();
    int[] places = new int[images.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = rows[i] * width + first(lines, i * width, 1, width);
    }
    return places;
  }

  private static int first(float[] values, int from, int stride, int count) {
    int first = 0;
    for (int i = 1; i < count; i++) {
      first = values[from + i * stride] > values[from + first * stride] ? i : first;
    }
    return first;
  }
}
