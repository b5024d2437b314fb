package io.adversight.image;

/** Colours for the values of a map, in 256 steps. */
public enum ColorMap {
  /** Blue, cyan, yellow, red: not even to the eye, but what saliency papers show. */
  JET {
    @Override
    int rgb(int step) {
      return packed(
          Math.min(4 * step - 382, 1148 - 4 * step),
          Math.min(4 * step - 128, 892 - 4 * step),
          Math.min(4 * step + 128, 638 - 4 * step));
    }
  },

  /** Dark violet to yellow, even to the eye. */
  VIRIDIS {
    @Override
    int rgb(int step) {
      return ColorTable.VIRIDIS.rgb(step);
    }
  },

  /** Black over red to light yellow, even to the eye. */
  INFERNO {
    @Override
    int rgb(int step) {
      return ColorTable.INFERNO.rgb(step);
    }
  },

  /** Blue for negative, white for zero, red for positive values; dark at both ends. */
  DIVERGING {
    @Override
    int rgb(int step) {
      double distance = (Math.abs(step - 127.5) - 0.5) / 127;
      double pale = Math.max(0, 1 - 1.5 * distance);
      double dark = Math.max(0, 3 * distance - 2);
      int strong = (int) Math.rint(255 * (pale + (1 - pale) * (0.8 - 0.4 * dark)));
      int middle = (int) Math.rint(255 * (pale + (1 - pale) * (0.25 - 0.2 * dark)));
      int weak = (int) Math.rint(255 * (pale + (1 - pale) * (0.15 - 0.1 * dark)));
      return step < 128 ? packed(weak, middle, strong) : packed(strong, middle, weak);
    }
  },

  /** Black to white. */
  GREY {
    @Override
    int rgb(int step) {
      return packed(step, step, step);
    }
  };

  /** The colour of a step from 0 to 255 as 0xRRGGBB. */
  abstract int rgb(int step);

  private static int packed(int red, int green, int blue) {
    return (held(red) << 16) | (held(green) << 8) | held(blue);
  }

  private static int held(int level) {
    return Math.max(0, Math.min(255, level));
  }

  /** Colours a one-channel map from its smallest to its largest value. */
  public Raster apply(Raster map) {
    return apply(map, map.min(), map.max());
  }

  /** Colours a one-channel map from -b to b, where b is its largest absolute value. */
  public Raster applySymmetric(Raster map) {
    float bound = Math.max(Math.abs(map.min()), Math.abs(map.max()));
    return apply(map, -bound, bound);
  }

  /**
   * Colours a one-channel map: {@code low} and below get the first colour, {@code high} and above
   * the last one. Where both are equal the map says nothing, and all of it gets the first colour
   * (the neutral one of {@link #DIVERGING}).
   */
  public Raster apply(Raster map, float low, float high) {
    if (map.channels() != 1) {
      throw new IllegalArgumentException(
          "a map has one channel, but this raster has %s; reduce it first"
              .formatted(map.channels()));
    }
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException(
          "the range of a map must be finite and in order, but was %s to %s".formatted(low, high));
    }
    float[] values = map.values();
    float[] colours = new float[Math.multiplyExact(3, values.length)];
    for (int i = 0; i < values.length; i++) {
      int rgb = rgb(step(values[i], low, high));
      for (int c = 0; c < 3; c++) {
        colours[c * values.length + i] = ((rgb >> (16 - 8 * c)) & 255) / 255f;
      }
    }
    return Raster.adopt(3, map.height(), map.width(), colours);
  }

  private int step(float value, float low, float high) {
    if (low == high) {
      return this == DIVERGING ? 128 : 0;
    }
    double part = ((double) value - low) / ((double) high - low);
    return held((int) Math.rint(255 * part));
  }
}
