package io.adversight.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** Takes files out of a tar archive that gzip has compressed (POSIX.1-1988 headers). */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;

  private Tar() {}

  /**
   * Hands over the content of each wanted file.
   *
   * @param wanted the length of each wanted file by its name without folders
   */
  static void extract(Path archive, Map<String, Long> wanted, BiConsumer<String, byte[]> take) {
    Map<String, Long> missing = new TreeMap<>(wanted);
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      while (!missing.isEmpty()) {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
          break;
        }
        String path = text(header, 0, NAME_LENGTH);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
        long padding = (BLOCK - size % BLOCK) % BLOCK;
        Long expected = missing.remove(name);
        if (expected == null) {
          in.skipNBytes(size + padding);
          continue;
        }
        if (size != expected) {
          throw new DataSetFormatException(
              archive,
              "expected %s to have %s bytes, but it has %s".formatted(name, expected, size));
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
          throw new DataSetFormatException(archive, "is cut off inside " + name);
        }
        in.skipNBytes(padding);
        take.accept(name, content);
      }
    } catch (IOException | NumberFormatException e) {
      throw new DataSetFormatException(archive, "is no complete .tar.gz: " + e.getMessage());
    }
    if (!missing.isEmpty()) {
      throw new DataSetFormatException(
          archive, "expected it to contain " + String.join(", ", missing.keySet()));
    }
  }

  private static String text(byte[] header, int from, int length) {
    String text = new String(header, from, length, StandardCharsets.US_ASCII);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
