package io.adversight.image;

import java.util.Arrays;

/**
 * What the colours of a map mean. Values beyond the {@value #PERCENTILE}th percentile of the
 * absolute values get the last colour, so that a few outliers do not leave the rest of a map black
 * (as in Smilkov et al. 2017, section 3.2).
 *
 * @param colors {@link ColorMap#INFERNO} from 0, or {@link ColorMap#DIVERGING} around 0
 * @param low the value of the first colour
 * @param high the value of the last colour, not below {@code low}
 * @param clipped whether the map has values outside {@code low} to {@code high}
 */
public record ColorScale(ColorMap colors, float low, float high, boolean clipped) {
  /** The percentile of the absolute values at which colours end. */
  public static final int PERCENTILE = 99;

  /** The scale of a map, or of all channels of one: from 0, or around 0 if it is signed. */
  public static ColorScale of(Raster map) {
    return map.min() < 0 ? signed(map) : scale(ColorMap.INFERNO, map, 0);
  }

  /** The scale of a one-channel map around 0, whatever its signs. */
  public static ColorScale signed(Raster map) {
    return scale(ColorMap.DIVERGING, map, -1);
  }

  private static ColorScale scale(ColorMap colors, Raster map, int below) {
    float[] sizes = map.toArray();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(sizes[i]);
    }
    Arrays.sort(sizes);
    float largest = sizes[sizes.length - 1];
    float percentile = percentile(sizes);
    // Of a map that is zero nearly everywhere, the few other places are what there is to see.
    float bound = Math.max(percentile > 0 ? percentile : largest, Float.MIN_NORMAL);
    return new ColorScale(colors, below * bound, bound, largest > bound);
  }

  /** With linear interpolation between neighbours, as in NumPy. */
  private static float percentile(float... sorted) {
    double place = PERCENTILE / 100.0 * (sorted.length - 1);
    int before = (int) place;
    int after = Math.min(before + 1, sorted.length - 1);
    return (float) (sorted[before] + (place - before) * (sorted[after] - sorted[before]));
  }

  /** The map in these colours, in RGB. */
  public Raster apply(Raster map) {
    return colors.apply(map, low, high);
  }

  /** The colours from {@code low} on the left to {@code high} on the right, in RGB. */
  public Raster bar(int width, int height) {
    Raster ramp =
        Raster.generate(1, height, width, (c, y, x) -> x / (double) Math.max(1, width - 1));
    return colors.apply(ramp, 0, 1);
  }
}
