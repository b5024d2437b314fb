package io.adversight.evaluation.detection;

import io.adversight.image.JpegCopy;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import java.util.random.RandomGenerator;

/** Small changes of an image that a person would not take for another. */
public enum SmallChange {
  /** Smoothed by 1, 2, 1 along rows and columns. */
  BLUR {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      int height = image.height();
      int width = image.width();
      Raster rows =
          Raster.generate(
              image.channels(),
              height,
              width,
              (c, y, x) ->
                  (image.at(c, y, Math.max(0, x - 1))
                          + 2 * image.at(c, y, x)
                          + image.at(c, y, Math.min(width - 1, x + 1)))
                      / 4);
      return Raster.generate(
          image.channels(),
          height,
          width,
          (c, y, x) ->
              (rows.at(c, Math.max(0, y - 1), x)
                      + 2 * rows.at(c, y, x)
                      + rows.at(c, Math.min(height - 1, y + 1), x))
                  / 4);
    }
  },
  /** Compressed as JPEG with quality 0.75, and read again. */
  JPEG {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      return JpegCopy.of(image, QUALITY);
    }
  },
  /** A border of 3 % cut off, and enlarged again. */
  CROP {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      int top = Math.max(1, image.height() * 3 / 100);
      int left = Math.max(1, image.width() * 3 / 100);
      int height = Math.max(1, image.height() - 2 * top);
      int width = Math.max(1, image.width() - 2 * left);
      Plane[] planes = new Plane[image.channels()];
      for (int c = 0; c < planes.length; c++) {
        int channel = c;
        planes[c] =
            Plane.generate(height, width, (y, x) -> image.at(channel, y + top, x + left))
                .resize(image.height(), image.width());
      }
      return Raster.generate(
          planes.length, image.height(), image.width(), (c, y, x) -> planes[c].at(y, x));
    }
  },
  /** Gaussian noise of standard deviation 0.02. */
  NOISE {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      return Raster.generate(
          image.channels(),
          image.height(),
          image.width(),
          (c, y, x) -> Math.max(0, Math.min(1, image.at(c, y, x) + 0.02 * random.nextGaussian())));
    }
  },
  /** 32 levels per channel. */
  BIT_DEPTH {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      return Raster.generate(
          image.channels(),
          image.height(),
          image.width(),
          (c, y, x) -> Math.rint(31.0 * image.at(c, y, x)) / 31);
    }
  };

  private static final float QUALITY = 0.75f;

  /** The changed image, in [0, 1]. */
  public abstract Raster of(Raster image, RandomGenerator random);
}
