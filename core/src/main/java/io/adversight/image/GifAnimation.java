package io.adversight.image;

import io.adversight.file.AtomicFile;
import io.adversight.input.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Animated GIFs that run for ever; 256 colours a frame, so for looking at, not for measuring. */
public final class GifAnimation {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";

  private GifAnimation() {}

  /** Writes an animation, atomically. */
  public static void write(List<Raster> frames, int delayMillis, Path file) {
    AtomicFile.write(file, bytes(frames, delayMillis));
  }

  /**
   * The bytes of an animation.
   *
   * @param frames images of one size, with one or three channels
   * @param delayMillis how long each is shown, in steps of 10 ms
   */
  public static byte[] bytes(List<Raster> frames, int delayMillis) {
    check(frames, delayMillis);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        BufferedImage image = ImageFiles.buffered(frames.get(i).toRgb());
        IIOMetadata metadata = metadata(writer, image, delayMillis, i == 0);
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
      }
      writer.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static void check(List<Raster> frames, int delayMillis) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("an animation needs at least one frame, but none came");
    }
    if (delayMillis < 10 || delayMillis > 655_350) {
      throw new InputException("the delay must be from 10 to 655,350 ms, but was " + delayMillis);
    }
    Raster first = frames.get(0);
    for (Raster frame : frames) {
      if (frame.height() != first.height() || frame.width() != first.width()) {
        throw new IllegalArgumentException(
            "all frames must have the size of the first one, but %s and %s came"
                .formatted(first, frame));
      }
    }
  }

  private static IIOMetadata metadata(
      ImageWriter writer, BufferedImage image, int delayMillis, boolean first)
      throws IIOInvalidTreeException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    IIOMetadataNode descriptor = new IIOMetadataNode("ImageDescriptor");
    descriptor.setAttribute("imageLeftPosition", "0");
    descriptor.setAttribute("imageTopPosition", "0");
    descriptor.setAttribute("imageWidth", String.valueOf(image.getWidth()));
    descriptor.setAttribute("imageHeight", String.valueOf(image.getHeight()));
    descriptor.setAttribute("interlaceFlag", "FALSE");
    root.appendChild(descriptor);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", String.valueOf(delayMillis / 10));
    control.setAttribute("transparentColorIndex", "0");
    root.appendChild(control);
    if (first) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0}); // repeat without end
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(loop);
      root.appendChild(extensions);
    }
    metadata.mergeTree(FORMAT, root);
    return metadata;
  }
}
