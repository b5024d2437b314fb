package io.adversight.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** GIF: the first frame, placed on the white logical screen (GIF89a, sections 18 to 22). */
final class GifFile {
  private static final int IMAGE = 0x2c;
  private static final int EXTENSION = 0x21;
  private static final int INTERLACED = 0x40;
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}}; // first row and step

  private GifFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 13) {
      throw source.truncated("GIF");
    }
    int width = buffer.getShort(6) & 0xffff;
    int height = buffer.getShort(8) & 0xffff;
    source.checkSize("GIF", width, height);
    int frame = firstFrame(bytes, 13 + tableBytes(bytes[10]), source);
    int left = buffer.getShort(frame + 1) & 0xffff;
    int top = buffer.getShort(frame + 3) & 0xffff;
    int frameWidth = buffer.getShort(frame + 5) & 0xffff;
    int frameHeight = buffer.getShort(frame + 7) & 0xffff;
    source.checkSize("GIF", frameWidth, frameHeight);
    afterSubBlocks(bytes, frame + 11 + tableBytes(bytes[frame + 9]), source);
    BufferedImage image = decoded(bytes, frame + 9);
    boolean fills = left == 0 && top == 0 && frameWidth == width && frameHeight == height;
    return ImageDecoder.raster(
        fills ? image : placed(image, left, top, width, height), false, source);
  }

  /**
   * Decodes the frame whose flags stand at {@code flags}. Interlaced rows are put into their places
   * here: the JDK's reader loses rows of images of less than five.
   */
  private static BufferedImage decoded(byte[] bytes, int flags) throws IOException {
    if ((bytes[flags] & INTERLACED) == 0) {
      return ImageDecoder.decode(bytes, "gif");
    }
    byte[] sequential = bytes.clone();
    sequential[flags] &= ~INTERLACED;
    BufferedImage stored = ImageDecoder.decode(sequential, "gif");
    WritableRaster ordered = stored.getRaster().createCompatibleWritableRaster();
    int next = 0;
    for (int[] pass : PASSES) {
      for (int y = pass[0]; y < stored.getHeight(); y += pass[1]) {
        ordered.setDataElements(
            0,
            y,
            stored.getWidth(),
            1,
            stored.getRaster().getDataElements(0, next++, stored.getWidth(), 1, null));
      }
    }
    return new BufferedImage(stored.getColorModel(), ordered, false, null);
  }

  /** The position of the first image descriptor. */
  private static int firstFrame(byte[] bytes, int from, Source source) {
    int position = from;
    while (position + 10 < bytes.length) {
      int block = bytes[position] & 255;
      if (block == IMAGE) {
        return position;
      }
      if (block != EXTENSION) {
        throw source.damaged("GIF", "a block of the unknown kind %s came".formatted(block));
      }
      position = afterSubBlocks(bytes, position + 2, source);
    }
    throw source.truncated("GIF");
  }

  private static int afterSubBlocks(byte[] bytes, int from, Source source) {
    int position = from;
    while (position < bytes.length && bytes[position] != 0) {
      position += 1 + (bytes[position] & 255);
    }
    if (position >= bytes.length) {
      throw source.truncated("GIF");
    }
    return position + 1;
  }

  /** How many bytes the colour table announced by a packed field takes. */
  private static int tableBytes(byte packed) {
    return (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
  }

  private static BufferedImage placed(
      BufferedImage frame, int left, int top, int width, int height) {
    BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = screen.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(frame, left, top, null);
    graphics.dispose();
    return screen;
  }
}
