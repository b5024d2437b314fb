package io.adversight.evaluation.detection;

import io.adversight.image.JpegCopy;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.image.SeparableFilter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Small changes of an image that a person would not take for another. */
public enum SmallChange {
  /** Smoothed by 1, 2, 1 along rows and columns. */
  BLUR {
    @Override
    public Raster of(Raster image, RandomGenerator random) {
      return channels(image, SeparableFilter::smallBinomial);
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
      return channels(
          image,
          channel ->
              Plane.generate(height, width, (y, x) -> channel.at(y + top, x + left))
                  .resize(image.height(), image.width()));
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

  private static Raster channels(Raster image, UnaryOperator<Plane> change) {
    List<Plane> planes =
        IntStream.range(0, image.channels())
            .mapToObj(c -> change.apply(Plane.channel(image, c)))
            .toList();
    return Raster.generate(
        planes.size(), image.height(), image.width(), (c, y, x) -> planes.get(c).at(y, x));
  }
}
