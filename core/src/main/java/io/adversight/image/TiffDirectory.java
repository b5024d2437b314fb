package io.adversight.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers in the first directory of a TIFF file (TIFF 6.0, section 2), which is also the form
 * of EXIF metadata. Values that are not unsigned whole numbers are left out; a directory that runs
 * over the end of the file is read as far as it goes.
 *
 * @param values the numbers of each tag, which are never more than the file has bytes for
 */
record TiffDirectory(Map<Integer, List<Long>> values) {
  static final int WIDTH = 0x100;
  static final int HEIGHT = 0x101;
  static final int BITS = 0x102;
  static final int COMPRESSION = 0x103;
  static final int INTERPRETATION = 0x106;
  static final int STRIP_OFFSETS = 0x111;
  static final int ORIENTATION = 0x112;
  static final int SAMPLES = 0x115;
  static final int STRIP_BYTES = 0x117;
  static final int COLOURS = 0x140;
  static final int TILE_WIDTH = 0x142;
  static final int TILE_HEIGHT = 0x143;
  static final int TILE_OFFSETS = 0x144;
  static final int TILE_BYTES = 0x145;
  static final int SAMPLE_FORMAT = 0x153;

  private static final int ENTRY = 12;
  private static final int HEADER = 8;
  private static final int MAGIC = 42;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  TiffDirectory {
    values = Map.copyOf(values);
  }

  /** The first directory of a file, if it begins as a TIFF. */
  static Optional<TiffDirectory> read(byte[] bytes) {
    if (bytes.length < HEADER || bytes[0] != bytes[1] || (bytes[0] != 'I' && bytes[0] != 'M')) {
      return Optional.empty();
    }
    ByteOrder order = bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    long start = buffer.getInt(4) & 0xffffffffL;
    if (buffer.getShort(2) != MAGIC || start + 2 > bytes.length) {
      return Optional.empty();
    }
    Map<Integer, List<Long>> values = new HashMap<>();
    int entries = buffer.getShort((int) start) & 0xffff;
    int left = bytes.length; // so that overlapping entries cannot multiply the file
    for (int i = 0; i < entries && start + 2 + (i + 1L) * ENTRY <= bytes.length; i++) {
      int entry = (int) start + 2 + i * ENTRY;
      long count = buffer.getInt(entry + 4) & 0xffffffffL;
      if (count > left) {
        continue;
      }
      numbers(buffer, entry, (int) count)
          .ifPresent(v -> values.putIfAbsent(buffer.getShort(entry) & 0xffff, v));
      left -= (int) count;
    }
    return Optional.of(new TiffDirectory(values));
  }

  private static Optional<List<Long>> numbers(ByteBuffer buffer, int entry, int count) {
    int type = buffer.getShort(entry + 2) & 0xffff;
    int size =
        switch (type) {
          case BYTE -> 1;
          case SHORT -> 2;
          case LONG -> 4;
          default -> 0;
        };
    long all = (long) size * count;
    long place = all <= 4 ? entry + 8 : buffer.getInt(entry + 8) & 0xffffffffL;
    if (size == 0 || count == 0 || place + all > buffer.capacity()) {
      return Optional.empty();
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      int at = (int) place + i * size;
      numbers[i] =
          switch (type) {
            case BYTE -> buffer.get(at) & 0xffL;
            case SHORT -> buffer.getShort(at) & 0xffffL;
            default -> buffer.getInt(at) & 0xffffffffL;
          };
    }
    return Optional.of(Arrays.stream(numbers).boxed().toList());
  }

  /** The numbers of a tag; none if it is missing. */
  List<Long> all(int tag) {
    return values.getOrDefault(tag, List.of());
  }

  /** The first number of a tag, or {@code otherwise}. */
  long first(int tag, long otherwise) {
    return all(tag).stream().findFirst().orElse(otherwise);
  }

  /** How the camera was held. */
  Orientation orientation() {
    return Orientation.of((int) Math.min(Integer.MAX_VALUE, first(ORIENTATION, 1)));
  }
}
