package io.adversight.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images as JPEG files: what is lost is the point, results are never kept this way. */
public final class JpegCopy {
  private JpegCopy() {}

  /**
   * An image of one or three channels as it comes back from a JPEG file.
   *
   * @param quality in [0, 1]
   */
  public static Raster of(Raster image, float quality) {
    return ImageFiles.read(bytes(image, quality), "a JPEG copy", ImageFiles.DEFAULT_MAX_PIXELS);
  }

  /**
   * The bytes of the JPEG file of an image of one or three channels.
   *
   * @param quality in [0, 1]
   */
  public static byte[] bytes(Raster image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(ImageFiles.buffered(image), null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
