package io.adversight.attack.corruption;

import io.adversight.image.Raster;
import java.util.SplittableRandom;

/** The weather of ImageNet-C (Hendrycks and Dietterich 2019). */
final class CommonWeather {
  private static final double[] SNOW = {0.1, 0.2, 0.55, 0.55, 0.55};
  private static final double SNOW_SPREAD = 0.3;
  private static final double[] FLAKE = {3, 2, 4, 4.5, 2.5};
  private static final double[] THRESHOLD = {0.5, 0.5, 0.9, 0.85, 0.85};
  private static final double[] FALL = {10, 12, 12, 12, 12};
  private static final double[] FALL_DEVIATION = {4, 4, 8, 8, 12};
  private static final double[] KEPT = {0.8, 0.7, 0.7, 0.65, 0.55};
  private static final double[] FOG = {1.5, 2, 2.5, 2.5, 3};
  private static final double[] FOG_DECAY = {2, 2, 1.7, 1.5, 1.4};
  private static final double[] FROST_IMAGE = {1, 0.8, 0.7, 0.65, 0.6};
  private static final double[] FROST_ICE = {0.4, 0.6, 0.7, 0.7, 0.75};
  private static final double FROST_DECAY = 1.6;
  private static final double[] BRIGHTER = {0.1, 0.2, 0.3, 0.4, 0.5};

  private CommonWeather() {}

  private static Raster generate(Raster image, Raster.Values values) {
    return Raster.generate(image.channels(), image.height(), image.width(), values);
  }

  /** Flakes of normal noise, enlarged, cut off and blurred by their fall, over a paler image. */
  static Raster snow(Raster image, int s, SplittableRandom random) {
    int height = image.height();
    int width = image.width();
    Raster noise =
        Raster.generate(
            1, height, width, (c, y, x) -> SNOW[s] + SNOW_SPREAD * random.nextGaussian());
    double zoom = Math.max(1, PixelLengths.of(FLAKE[s], image));
    Raster flakes =
        Raster.generate(
            1,
            height,
            width,
            (c, y, x) -> {
              double value =
                  PixelLengths.at(
                      noise,
                      0,
                      (height - 1) / 2.0 + (y - (height - 1) / 2.0) / zoom,
                      (width - 1) / 2.0 + (x - (width - 1) / 2.0) / zoom);
              return value < THRESHOLD[s] ? 0 : Math.min(1, value);
            });
    double angle = Math.toRadians(random.nextDouble(-135, -45));
    Raster falling = PixelLengths.moved(flakes, FALL[s], FALL_DEVIATION[s], angle);
    Raster grey = image.toGrey();
    return generate(
        image,
        (c, y, x) -> {
          double value = image.at(c, y, x);
          double pale = Math.max(value, 1.5 * grey.at(0, y, x) + 0.5);
          return KEPT[s] * value
              + (1 - KEPT[s]) * pale
              + falling.at(0, y, x)
              + falling.at(0, height - 1 - y, width - 1 - x);
        });
  }

  /** Bright ridges of a fractal over the image, in place of ImageNet-C's photos of ice. */
  static Raster frost(Raster image, int s, SplittableRandom random) {
    int side = Math.max(image.height(), image.width());
    PlasmaFractal ice = PlasmaFractal.of(side, FROST_DECAY, random);
    return generate(
        image,
        (c, y, x) -> {
          double ridge = 1 - Math.abs(2 * ice.at(y, x) - 1);
          return FROST_IMAGE[s] * image.at(c, y, x) + FROST_ICE[s] * ridge * ridge;
        });
  }

  static Raster fog(Raster image, int s, SplittableRandom random) {
    int side = Math.max(image.height(), image.width());
    PlasmaFractal cloud = PlasmaFractal.of(side, FOG_DECAY[s], random);
    double brightest = image.max();
    double scale = brightest / (brightest + FOG[s]);
    return generate(image, (c, y, x) -> (image.at(c, y, x) + FOG[s] * cloud.at(y, x)) * scale);
  }

  /** A larger value in the sense of HSV: hue and saturation stay. */
  static Raster brightness(Raster image, int s) {
    return generate(
        image,
        (c, y, x) -> {
          double value = 0;
          for (int i = 0; i < image.channels(); i++) {
            value = Math.max(value, image.at(i, y, x));
          }
          double brighter = Math.min(1, value + BRIGHTER[s]);
          return value == 0 ? brighter : image.at(c, y, x) * brighter / value;
        });
  }
}
