package io.adversight.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Files of data sets, small enough to write down. */
final class SmallFiles {
  private SmallFiles() {}

  static byte[] idx(byte[] content, int... lengths) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * lengths.length + content.length);
    buffer.putInt(0x0800 + lengths.length);
    for (int length : lengths) {
      buffer.putInt(length);
    }
    return buffer.put(content).array();
  }

  static byte[] gzip(byte[] content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(content);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.forEach(
        (name, content) -> {
          byte[] header = new byte[512];
          put(header, 0, name);
          put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
          out.writeBytes(header);
          out.writeBytes(content);
          out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        });
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
