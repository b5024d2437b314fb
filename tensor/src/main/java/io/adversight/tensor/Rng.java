package io.adversight.tensor;

import java.util.SplittableRandom;

/**
 * A source of randomness without state: the same seed always gives the same numbers, and {@link
 * #split(long)} derives independent sources. One is split per image, so that an image meets the
 * same random numbers whatever batch or partition it is in.
 *
 * @param seed any number
 */
public record Rng(long seed) {
  /** The {@code index}-th source derived from this one. */
  public Rng split(long index) {
    return new Rng(mix(seed ^ mix(index + 0x9E3779B97F4A7C15L)));
  }

  /** The source derived from this one by some values: equal values give equal sources. */
  public Rng split(float[] values) {
    long hash = values.length;
    for (float value : values) {
      hash = mix(hash ^ Float.floatToIntBits(value + 0f)); // -0 is 0
    }
    return split(hash);
  }

  /** A generator that starts at this seed. */
  public SplittableRandom generator() {
    return new SplittableRandom(seed);
  }

  /** Uniform values in [{@code low}, {@code high}). */
  public float[] uniform(int count, double low, double high) {
    SplittableRandom random = generator();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  /** Values of the standard normal distribution. */
  public float[] normal(int count) {
    SplittableRandom random = generator();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The numbers 0 to {@code count - 1} in random order (Fisher and Yates). */
  public int[] permutation(int count) {
    SplittableRandom random = generator();
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014, figure 17). */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
