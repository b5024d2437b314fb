package io.adversight.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Takes files out of a tar archive that gzip has compressed. */
final class Tar {
  /** What an archive may hold besides the wanted files: bytes after decompression. */
  private static final long BESIDES = 1 << 20;

  /** What the header of one entry may take, with extended headers and long names: bytes. */
  private static final long HEADER = 1 << 16;

  /** The archive's padding after an entry, and the end of the archive: bytes. */
  private static final long PADDING = 10_240;

  private static final int ENTRIES = 1000;

  private Tar() {}

  /**
   * Hands over the content of each wanted file; nothing is written anywhere.
   *
   * @param wanted the length of each wanted file by its name without folders
   * @throws DataSetFormatException if a wanted file is missing or of another length, or the archive
   *     is damaged or far larger than these files
   */
  static void extract(Path archive, Map<String, Long> wanted, BiConsumer<String, byte[]> take) {
    Map<String, Long> missing = new TreeMap<>(wanted);
    long most = wanted.values().stream().mapToLong(Long::longValue).sum() + BESIDES;
    try (BoundedInput in =
            new BoundedInput(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive))), most);
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (int entries = 0; !missing.isEmpty(); entries++) {
        in.allow(HEADER);
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
          break;
        }
        if (entries == ENTRIES) {
          throw new IOException("it has more than %s entries".formatted(ENTRIES));
        }
        in.allow(entry.getSize() + PADDING);
        String path = entry.getName();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Long expected = missing.remove(name);
        if (expected == null) {
          tar.skipNBytes(entry.getSize());
          continue;
        }
        take.accept(name, content(archive, tar, name, entry.getSize(), expected));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataSetFormatException(archive, "is no complete .tar.gz: " + e.getMessage());
    }
    if (!missing.isEmpty()) {
      throw new DataSetFormatException(
          archive, "expected it to contain " + String.join(", ", missing.keySet()));
    }
  }

  private static byte[] content(
      Path archive, TarArchiveInputStream tar, String name, long size, long expected)
      throws IOException {
    if (size != expected) {
      throw new DataSetFormatException(
          archive, "expected %s to have %s bytes, but it has %s".formatted(name, expected, size));
    }
    byte[] content = tar.readNBytes((int) size);
    if (content.length < size) {
      throw new IOException("it ends inside " + name);
    }
    return content;
  }
}
