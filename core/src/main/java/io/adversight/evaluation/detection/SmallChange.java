package io.adversight.evaluation.detection;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small changes of a picture that a person would not take for another. */
public enum SmallChange {
  /** Smoothed by 1, 2, 1 along rows and columns. */
  BLUR {
    @Override
    public Raster of(Raster picture, RandomGenerator random) {
      int height = picture.height();
      int width = picture.width();
      Raster rows =
          Raster.generate(
              picture.channels(),
              height,
              width,
              (c, y, x) ->
                  (picture.at(c, y, Math.max(0, x - 1))
                          + 2 * picture.at(c, y, x)
                          + picture.at(c, y, Math.min(width - 1, x + 1)))
                      / 4);
      return Raster.generate(
          picture.channels(),
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
    public Raster of(Raster picture, RandomGenerator random) {
      boolean grey = picture.channels() == 1;
      BufferedImage image =
          new BufferedImage(
              picture.width(),
              picture.height(),
              grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < picture.height(); y++) {
        for (int x = 0; x < picture.width(); x++) {
          for (int c = 0; c < picture.channels(); c++) {
            int value = (int) Math.rint(255 * Math.max(0, Math.min(1, picture.at(c, y, x))));
            if (grey) {
              image.getRaster().setSample(x, y, 0, value);
            } else {
              image.getRaster().setSample(x, y, c, value);
            }
          }
        }
      }
      BufferedImage read = throughJpeg(image);
      return Raster.generate(
          picture.channels(),
          picture.height(),
          picture.width(),
          (c, y, x) -> read.getRaster().getSample(x, y, c) / 255.0);
    }
  },
  /** A border of 3 % cut off, and enlarged again. */
  CROP {
    @Override
    public Raster of(Raster picture, RandomGenerator random) {
      int top = Math.max(1, picture.height() * 3 / 100);
      int left = Math.max(1, picture.width() * 3 / 100);
      int height = Math.max(1, picture.height() - 2 * top);
      int width = Math.max(1, picture.width() - 2 * left);
      Plane[] planes = new Plane[picture.channels()];
      for (int c = 0; c < planes.length; c++) {
        int channel = c;
        planes[c] =
            Plane.generate(height, width, (y, x) -> picture.at(channel, y + top, x + left))
                .resize(picture.height(), picture.width());
      }
      return Raster.generate(
          planes.length, picture.height(), picture.width(), (c, y, x) -> planes[c].at(y, x));
    }
  },
  /** Gaussian noise of standard deviation 0.02. */
  NOISE {
    @Override
    public Raster of(Raster picture, RandomGenerator random) {
      return Raster.generate(
          picture.channels(),
          picture.height(),
          picture.width(),
          (c, y, x) ->
              Math.max(0, Math.min(1, picture.at(c, y, x) + 0.02 * random.nextGaussian())));
    }
  },
  /** 32 levels per channel. */
  BIT_DEPTH {
    @Override
    public Raster of(Raster picture, RandomGenerator random) {
      return Raster.generate(
          picture.channels(),
          picture.height(),
          picture.width(),
          (c, y, x) -> Math.rint(31.0 * picture.at(c, y, x)) / 31);
    }
  };

  private static final float QUALITY = 0.75f;

  /** The changed picture, in [0, 1]. */
  public abstract Raster of(Raster picture, RandomGenerator random);

  private static BufferedImage throughJpeg(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("the picture could not be compressed", e);
    } finally {
      writer.dispose();
    }
    try {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
      BufferedImage plain = new BufferedImage(read.getWidth(), read.getHeight(), image.getType());
      if (image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
        plain.setData(read.getData());
      } else {
        plain.createGraphics().drawImage(read, 0, 0, null);
      }
      return plain;
    } catch (IOException e) {
      throw new UncheckedIOException("the compressed picture could not be read", e);
    }
  }
}
