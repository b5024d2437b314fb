package io.adversight.image;

/**
 * A signed perturbation made visible: 0.5 + gain * perturbation, so that zero is mid grey.
 *
 * @param picture what to show, in [0, 1], with the perturbation's channels
 * @param gain the factor, to be stated beside the picture
 */
public record Perturbation(Raster picture, double gain) {
  public Perturbation {
    if (!(gain > 0) || Double.isInfinite(gain)) {
      throw new IllegalArgumentException("the gain must be positive, but was " + gain);
    }
  }

  /** With the largest gain that clips nothing: 0.5 / max |perturbation|, or 1 if all is zero. */
  public static Perturbation of(Raster signed) {
    double largest = Math.max(Math.abs(signed.min()), Math.abs(signed.max()));
    return of(signed, largest == 0 ? 1 : 0.5 / largest);
  }

  /** With a given gain, the same for several pictures say; what leaves [0, 1] is clipped. */
  public static Perturbation of(Raster signed, double gain) {
    float[] values = signed.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, 0.5 + gain * values[i]));
    }
    Raster picture = Raster.adopt(signed.channels(), signed.height(), signed.width(), values);
    return new Perturbation(picture, gain);
  }

  /** Of the difference between two pictures of the same size. */
  public static Perturbation between(Raster original, Raster changed) {
    if (original.channels() != changed.channels()
        || original.height() != changed.height()
        || original.width() != changed.width()) {
      throw new IllegalArgumentException(
          "both pictures must have the same size, but %s and %s were given"
              .formatted(original, changed));
    }
    float[] difference = changed.toArray();
    float[] before = original.values();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= before[i];
    }
    return of(Raster.adopt(original.channels(), original.height(), original.width(), difference));
  }
}
