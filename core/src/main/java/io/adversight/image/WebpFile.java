package io.adversight.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** WebP: the size is checked in every chunk that states one (RFC 9649, section 2). */
final class WebpFile {
  private static final int HEADER = 12;

  private WebpFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long end = 8 + (buffer.getInt(4) & 0xffffffffL);
    if (end > bytes.length) {
      throw source.truncated("WebP");
    }
    Orientation orientation = checkChunks(buffer, HEADER, (int) end, source);
    return orientation.apply(
        ImageDecoder.raster(ImageDecoder.decode(bytes, "webp"), false, source));
  }

  /** Walks the chunks; returns the orientation of the first EXIF chunk. */
  private static Orientation checkChunks(ByteBuffer buffer, int from, int end, Source source) {
    @Nullable Orientation orientation = null;
    int position = from;
    while (position + 8 <= end) {
      String type = StandardCharsets.ISO_8859_1.decode(buffer.slice(position, 4)).toString();
      long length = buffer.getInt(position + 4) & 0xffffffffL;
      int data = position + 8;
      if (length > end - data) {
        throw source.truncated("WebP");
      }
      checkSize(buffer, type, data, source);
      if (type.equals("ANMF")) {
        checkChunks(buffer, data + 16, data + (int) length, source);
      }
      if (type.equals("EXIF") && orientation == null) {
        byte[] exif = new byte[(int) length];
        buffer.get(data, exif);
        orientation = Orientation.ofExif(exif);
      }
      position = (int) Math.min(end, data + length + (length & 1));
    }
    return orientation == null ? Orientation.UPRIGHT : orientation;
  }

  private static void checkSize(ByteBuffer buffer, String type, int data, Source source) {
    switch (type) {
      case "VP8X" ->
          source.checkSize(
              "WebP", 1 + threeBytes(buffer, data + 4), 1 + threeBytes(buffer, data + 7));
      case "ANMF" ->
          source.checkSize(
              "WebP", 1 + threeBytes(buffer, data + 6), 1 + threeBytes(buffer, data + 9));
      case "VP8 " ->
          source.checkSize(
              "WebP", buffer.getShort(data + 6) & 0x3fff, buffer.getShort(data + 8) & 0x3fff);
      case "VP8L" -> {
        int packed = buffer.getInt(data + 1);
        source.checkSize("WebP", 1 + (packed & 0x3fff), 1 + ((packed >> 14) & 0x3fff));
      }
      default -> {}
    }
  }

  private static int threeBytes(ByteBuffer buffer, int position) {
    return (buffer.getShort(position) & 0xffff) | ((buffer.get(position + 2) & 255) << 16);
  }
}
