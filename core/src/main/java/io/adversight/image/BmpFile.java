package io.adversight.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** BMP: size and offsets are checked before the JDK's reader sees the file. */
final class BmpFile {
  private static final int CORE_HEADER = 12;

  private BmpFile() {}

  static Raster read(byte[] bytes, Source source) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 54) {
      throw source.truncated("BMP");
    }
    boolean core = buffer.getInt(14) == CORE_HEADER;
    long width = core ? buffer.getShort(18) & 0xffff : buffer.getInt(18);
    long height = core ? buffer.getShort(20) & 0xffff : Math.abs((long) buffer.getInt(22));
    source.checkSize("BMP", width, height);
    long pixels = buffer.getInt(10) & 0xffffffffL;
    if (pixels >= bytes.length) {
      throw source.truncated("BMP");
    }
    int bits = buffer.getShort(core ? 24 : 28);
    boolean compressed = !core && (buffer.getInt(30) == 1 || buffer.getInt(30) == 2);
    long stride = (width * bits + 31) / 32 * 4;
    if (!compressed && pixels + stride * height > bytes.length) {
      throw source.truncated("BMP");
    }
    return ImageDecoder.raster(ImageDecoder.decode(bytes, "bmp"), false, source);
  }
}
