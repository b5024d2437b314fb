package io.adversight.data;

import io.adversight.file.IoReason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of bytes in the IDX form of MNIST: a magic number 0x0000080d for d dimensions, their
 * lengths as big-endian 32-bit numbers, the bytes; as it is or compressed by gzip.
 */
final class Idx {
  private static final int MAGIC = 0x0800;

  /** No deflate stream grows by more than this (zlib's technical notes: 1032 to 1). */
  private static final long LARGEST_GROWTH = 1032;

  private final int[] lengths;
  private final byte[] bytes;

  private Idx(int[] lengths, byte[] bytes) {
    this.lengths = lengths;
    this.bytes = bytes;
  }

  int length(int dimension) {
    return lengths[dimension];
  }

  byte[] bytes() {
    return bytes;
  }

  /** Reads an array of {@code dimensions} dimensions. */
  static Idx read(Path file, int dimensions) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      long size = Files.size(file);
      try (InputStream in = gzip ? new GZIPInputStream(raw) : raw) {
        return read(file, in, dimensions, gzip ? size * LARGEST_GROWTH : size);
      }
    } catch (EOFException | ZipException e) {
      throw new DataSetFormatException(
          file, "the gzip data are cut off or damaged; remove the file to have it fetched again");
    } catch (IOException e) {
      throw new DataSetFormatException(file, "cannot be read: " + IoReason.of(e));
    }
  }

  private static Idx read(Path file, InputStream in, int dimensions, long most) throws IOException {
    byte[] head = in.readNBytes(4 + 4 * dimensions);
    ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(head, 4 + 4 * dimensions));
    int magic = header.getInt();
    if (head.length < 4 || magic != MAGIC + dimensions) {
      throw new DataSetFormatException(
          file,
          String.format(
              Locale.ROOT,
              "is no IDX file of %s dimensions: expected it to start with 0x%08x, but it starts"
                  + " with %s",
              dimensions,
              MAGIC + dimensions,
              head.length < 4
                  ? head.length + " bytes"
                  : String.format(Locale.ROOT, "0x%08x", magic)));
    }
    int[] lengths = new int[dimensions];
    double total = 1;
    for (int d = 0; d < dimensions; d++) {
      lengths[d] = header.getInt();
      total *= lengths[d];
      if (lengths[d] < 1) {
        throw new DataSetFormatException(
            file, "expected lengths of at least 1, but length %s is %s".formatted(d, lengths[d]));
      }
    }
    if (total > most || total > Integer.MAX_VALUE - 64) {
      throw tooShort(file, lengths, total, "at most " + most);
    }
    byte[] bytes = in.readNBytes((int) total); // memory grows with what is there, not with total
    if (bytes.length < total) {
      throw tooShort(file, lengths, total, Integer.toString(bytes.length));
    }
    if (in.read() >= 0) {
      throw new DataSetFormatException(
          file, "expected %s, but there are more bytes".formatted(expected(lengths, total)));
    }
    return new Idx(lengths, bytes);
  }

  private static DataSetFormatException tooShort(
      Path file, int[] lengths, double total, String there) {
    return new DataSetFormatException(
        file,
        "expected %s, but %s are there; remove the file to have it fetched again"
            .formatted(expected(lengths, total), there));
  }

  private static String expected(int[] lengths, double total) {
    return String.format(
        Locale.ROOT,
        "%.0f bytes (%s)",
        total,
        String.join(" x ", Arrays.stream(lengths).mapToObj(Integer::toString).toList()));
  }
}
