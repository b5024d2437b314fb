package io.adversight.image;

/**
 * A signed perturbation made visible: 0.5 + gain * perturbation, so that zero is mid grey.
 *
 * @param image what to show, in [0, 1], with the perturbation's channels
 * @param gain the factor, to be stated beside the image
 */
public record Perturbation(Raster image, double gain) {
  public Perturbation {
    if (!(gain > 0) || Double.isInfinite(gain)) {
      throw new IllegalArgumentException("the gain must be positive, but was " + gain);
    }
  }

  /** With the largest gain that clips nothing: 0.5 / max |perturbation|, or 1 if all is zero. */
  public static Perturbation of(Raster signed) {
    return of(signed, gain(signed.values()));
  }

  /** With a given gain, the same for several images say; what leaves [0, 1] is clipped. */
  public static Perturbation of(Raster signed, double gain) {
    return shown(signed, signed.toArray(), gain);
  }

  /** Shows {@code values} of the size of an image, in their own place. */
  private static Perturbation shown(Raster like, float[] values, double gain) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, 0.5 + gain * values[i]));
    }
    return new Perturbation(
        Raster.adopt(like.channels(), like.height(), like.width(), values), gain);
  }

  private static double gain(float... signed) {
    float largest = 0;
    for (float value : signed) {
      float magnitude = Math.abs(value);
      if (magnitude > largest) {
        largest = magnitude;
      }
    }
    return largest == 0 ? 1 : 0.5 / largest;
  }

  /** Of the difference between two images of the same size. */
  public static Perturbation between(Raster original, Raster changed) {
    if (original.channels() != changed.channels()
        || original.height() != changed.height()
        || original.width() != changed.width()) {
      throw new IllegalArgumentException(
          "both images must have the same size, but %s and %s were given"
              .formatted(original, changed));
    }
    float[] difference = changed.toArray();
    float[] before = original.values();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= before[i];
    }
    return shown(original, difference, gain(difference));
  }
}
