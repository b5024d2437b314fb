package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import java.util.SplittableRandom;

/**
 * The direct encoding: one number per value of the image. A tenth of the numbers changes at first,
 * half as many after every 1000 generations, by polynomial mutation of strength 15 (Nguyen et al.
 * 2015, section 2.2).
 *
 * @param values the image itself
 */
record PixelGenome(Raster values) implements Genome {
  private static final double FIRST_RATE = 0.1;
  private static final int HALVING = 1000;
  private static final double STRENGTH = 15;

  /** Uniform noise. */
  static PixelGenome random(int channels, int height, int width, SplittableRandom random) {
    return new PixelGenome(
        Raster.generate(channels, height, width, (c, y, x) -> random.nextDouble()));
  }

  @Override
  public Genome mutate(int generation, SplittableRandom random) {
    int halvings = generation / HALVING;
    double rate = FIRST_RATE * Math.pow(0.5, halvings);
    float[] changed = values.toArray();
    for (int i = 0; i < changed.length; i++) {
      if (random.nextDouble() < rate) {
        double moved = changed[i] + polynomial(random.nextDouble());
        changed[i] = (float) Math.max(0, Math.min(1, moved));
      }
    }
    return new PixelGenome(Raster.of(values.channels(), values.height(), values.width(), changed));
  }

  /** Deb and Agrawal's polynomial distribution on [-1, 1] at the quantile {@code u}. */
  static double polynomial(double u) {
    double power = 1 / (STRENGTH + 1);
    return u < 0.5 ? Math.pow(2 * u, power) - 1 : 1 - Math.pow(2 * (1 - u), power);
  }

  @Override
  public Raster image(int channels, int height, int width) {
    return values;
  }
}
