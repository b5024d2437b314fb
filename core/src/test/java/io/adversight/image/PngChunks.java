package io.adversight.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Makes damaged or unusual PNG files out of good ones. */
final class PngChunks {
  private PngChunks() {}

  /** The file with another size in its header. */
  static byte[] sized(byte[] png, int width, int height) {
    byte[] result = png.clone();
    ByteBuffer.wrap(result).putInt(16, width).putInt(20, height);
    seal(result);
    return result;
  }

  /** The file with a chunk put before the first one of another type. */
  static byte[] inserted(byte[] png, String before, String type, byte[] data) {
    int position = 8;
    while (!type(png, position).equals(before)) {
      position += 12 + ByteBuffer.wrap(png).getInt(position);
    }
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(png, 0, position);
    result.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    result.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
    result.writeBytes(data);
    result.writeBytes(new byte[4]);
    result.write(png, position, png.length - position);
    byte[] bytes = result.toByteArray();
    seal(bytes);
    return bytes;
  }

  /** The file with the second half of each chunk of a type left out. */
  static byte[] shortened(byte[] png, String type) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(png, 0, 8);
    for (int position = 8; position < png.length; ) {
      int length = ByteBuffer.wrap(png).getInt(position);
      int kept = type(png, position).equals(type) ? length / 2 : length;
      result.writeBytes(ByteBuffer.allocate(4).putInt(kept).array());
      result.write(png, position + 4, 4 + kept);
      result.writeBytes(new byte[4]);
      position += 12 + length;
    }
    byte[] bytes = result.toByteArray();
    seal(bytes);
    return bytes;
  }

  /** Makes all checksums right, as far as the chunks can be walked. */
  static void seal(byte[] png) {
    ByteBuffer buffer = ByteBuffer.wrap(png);
    int position = 8;
    while (position + 12 <= png.length) {
      int length = buffer.getInt(position);
      if (length < 0 || length > png.length - position - 12) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(png, position + 4, length + 4);
      buffer.putInt(position + 8 + length, (int) checksum.getValue());
      position += length + 12;
    }
  }

  private static String type(byte[] png, int position) {
    return new String(png, position + 4, 4, StandardCharsets.ISO_8859_1);
  }
}
