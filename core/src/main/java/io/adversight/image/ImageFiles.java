package io.adversight.image;

import io.adversight.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads and writes image files.
 *
 * <p>Colour images come with three channels, grey ones with one, transparent ones composited over
 * white; a sample of n bits is divided by 2^n - 1 and nothing else happens to it: colour profiles
 * are not applied, except where CMYK becomes RGB. The EXIF orientation of a JPEG, PNG, WebP or TIFF
 * is applied. An animation, or a TIFF of many pages, gives its first frame. The half-size colour
 * planes of a lossy WebP are enlarged without smoothing: at colour edges its pixels differ from
 * those of libwebp. A {@code .npy} image gives its exact values.
 */
public final class ImageFiles {
  /** How many pixels an image may have where nothing else is said: 100 megapixels. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;

  private static final List<String> ENDINGS =
      List.of(".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".npy");

  private ImageFiles() {}

  /** Whether a file is named like an image this class reads; its content is not looked at. */
  public static boolean hasImageName(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * Reads an image of at most {@value #DEFAULT_MAX_PIXELS} pixels.
   *
   * @throws ImageFormatException if the file is missing or no complete image
   */
  public static Raster read(Path file) {
    return read(file, DEFAULT_MAX_PIXELS);
  }

  /**
   * Reads an image; its number of pixels is checked before anything is decoded.
   *
   * @throws ImageFormatException if the file is missing, no complete image, or too large
   */
  public static Raster read(Path file, long maxPixels) {
    Source source = new Source(file.toString(), maxPixels);
    return ImageFormat.read(bytes(file, source), source);
  }

  /**
   * Reads an image from the bytes of its file.
   *
   * @param name what error messages call the image
   * @throws ImageFormatException if the bytes are no complete image, or a too large one
   */
  public static Raster read(byte[] bytes, String name, long maxPixels) {
    return ImageFormat.read(bytes, new Source(name, maxPixels));
  }

  /**
   * Reads an image from the bytes of its file; one of more than {@code keptPixels} pixels is
   * reduced while it is decoded, by the smallest whole factor that leaves at most that many: each
   * pixel is the mean of a block. An image of at most that many, and a {@code .npy}, is read
   * exactly.
   *
   * @param name what error messages call the image
   * @throws ImageFormatException if the bytes are no complete image, or one of more than {@code
   *     maxPixels} pixels
   */
  public static Raster readReduced(byte[] bytes, String name, long maxPixels, long keptPixels) {
    return ImageFormat.read(bytes, new Source(name, maxPixels, keptPixels));
  }

  /** The same for a file. */
  public static Raster readReduced(Path file, long maxPixels, long keptPixels) {
    Source source = new Source(file.toString(), maxPixels, keptPixels);
    return ImageFormat.read(bytes(file, source), source);
  }

  /** The bytes of a file whose beginning looks like an image's. */
  static byte[] bytes(Path file, Source source) {
    if (Files.isDirectory(file)) {
      throw source.refusal("an image file", "this is a folder", "name a file in it");
    }
    if (!Files.exists(file)) {
      throw source.refusal("an image file", "there is none of this name", "check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw source.refusal("an image file", "this is a device or pipe", "name a regular file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] beginning = stream.readNBytes(ImageFormat.MAGIC_BYTES);
      ImageFormat.of(beginning, source);
      long length = Files.size(file);
      if (length > Integer.MAX_VALUE - 1024) {
        throw source.refusal("less than 2 GiB", "the file has " + length + " bytes", "shrink it");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw source.refusal("a readable file", "reading failed: " + e, "check its permissions");
    } catch (OutOfMemoryError e) {
      throw outOfMemory(source);
    }
  }

  static ImageFormatException outOfMemory(Source source) {
    return source.refusal(
        "an image that fits into memory",
        String.format(
            Locale.ROOT,
            "the heap of %,d MiB is too small",
            Runtime.getRuntime().maxMemory() >> 20),
        "shrink the image or start Java with a larger -Xmx");
  }

  /**
   * Writes an image of one or three channels as an 8-bit PNG, atomically: reading it back gives
   * {@link Raster#quantized()}.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writePng(Raster image, Path file) {
    AtomicFile.write(file, png(image));
  }

  /** The bytes of the 8-bit PNG of an image of one or three channels. */
  public static byte[] png(Raster image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(buffered(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The 8-bit levels of an image of one or three channels. */
  static BufferedImage buffered(Raster image) {
    int channels = image.channels();
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "an image file holds 1 or 3 channels, but the raster has " + channels);
    }
    BufferedImage buffered =
        new BufferedImage(
            image.width(),
            image.height(),
            channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] levels = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
    float[] values = image.values();
    int plane = image.height() * image.width();
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < plane; i++) {
        levels[i * channels + channels - 1 - c] = (byte) Raster.level(values[c * plane + i]);
      }
    }
    return buffered;
  }
}
