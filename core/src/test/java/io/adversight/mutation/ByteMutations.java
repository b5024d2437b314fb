package io.adversight.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Binary files with one or a few changes. */
record ByteMutations(List<byte[]> originals) implements Mutations {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    65535,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  @Override
  public byte[] input(long seed) {
    SplittableRandom random = Mutations.random(seed);
    byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
    for (int left = 1 + random.nextInt(2) * random.nextInt(4); left > 0; left--) {
      bytes = changed(bytes, originals.get(random.nextInt(originals.size())), random);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, byte[] other, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
    return switch (random.nextInt(8)) {
      case 0, 1 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 2 -> with(bytes, at, (byte) random.nextInt(256));
      case 3 -> extreme(bytes, at, random);
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> joined(bytes, at, new byte[0], bytes, at + length);
      case 6 -> joined(bytes, at + length, Arrays.copyOfRange(bytes, at, at + length), bytes, at);
      default -> {
        int from = random.nextInt(other.length + 1);
        yield joined(bytes, at, new byte[0], other, from);
      }
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] extreme(byte[] bytes, int at, SplittableRandom random) {
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = 1 << random.nextInt(4);
    ByteBuffer all = ByteBuffer.allocate(8).order(order).putLong(0, value);
    int first = order == ByteOrder.BIG_ENDIAN ? 8 - width : 0;
    System.arraycopy(all.array(), first, bytes, at, Math.min(width, bytes.length - at));
    return bytes;
  }

  /** The beginning of {@code first}, then {@code middle}, then {@code last} from an index on. */
  private static byte[] joined(byte[] first, int end, byte[] middle, byte[] last, int from) {
    byte[] all = Arrays.copyOf(first, end + middle.length + last.length - from);
    System.arraycopy(middle, 0, all, end, middle.length);
    System.arraycopy(last, from, all, end + middle.length, last.length - from);
    return all;
  }
}
