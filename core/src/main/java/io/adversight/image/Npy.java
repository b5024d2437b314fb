package io.adversight.image;

import io.adversight.file.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * NumPy's {@code .npy} files of float32 values, little endian, in C order, of shape (C, H, W) or
 * (H, W): the exact values, nothing rounded. Images may come in other orders and types.
 */
public final class Npy {
  private static final int MAGIC = 6;

  private Npy() {}

  /** Writes (C, H, W), atomically. */
  public static void write(Raster raster, Path file) {
    AtomicFile.write(file, bytes(raster));
  }

  /** Writes a one-channel raster as (H, W), atomically. */
  public static void writeMap(Raster map, Path file) {
    AtomicFile.write(file, mapBytes(map));
  }

  /** The bytes of a file of shape (C, H, W). */
  public static byte[] bytes(Raster raster) {
    return bytes(
        raster, "(%s, %s, %s)".formatted(raster.channels(), raster.height(), raster.width()));
  }

  /** The bytes of a file of shape (H, W). */
  public static byte[] mapBytes(Raster map) {
    if (map.channels() != 1) {
      throw new IllegalArgumentException(
          "a map has one channel, but this raster has " + map.channels());
    }
    return bytes(map, "(%s, %s)".formatted(map.height(), map.width()));
  }

  private static byte[] bytes(Raster raster, String shape) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape);
    int before = MAGIC + 2 + 2;
    int padded = (before + header.length() + 1 + 63) / 64 * 64;
    header += " ".repeat(padded - before - header.length() - 1) + "\n";
    float[] values = raster.values();
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.addExact(padded, Math.multiplyExact(4, values.length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    buffer.put((byte) 1).put((byte) 0).putShort((short) header.length());
    buffer.put(header.getBytes(StandardCharsets.ISO_8859_1));
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * Reads any values; (H, W) gives one channel.
   *
   * @throws ImageFormatException if the file is missing or not of the form this class writes
   */
  public static Raster read(Path file) {
    Source source = new Source(file.toString(), Long.MAX_VALUE);
    byte[] bytes = ImageFiles.bytes(file, source);
    if (ImageFormat.of(bytes, source) != ImageFormat.NPY) {
      throw source.refusal("a .npy file", "it is an image of another format", "name a .npy file");
    }
    try {
      return read(bytes, source);
    } catch (OutOfMemoryError e) {
      throw ImageFiles.outOfMemory(source);
    }
  }

  /**
   * Reads an image: one or three channels of float pixels in [0, 1], or of 8-bit ones, which are
   * divided by 255. The shape may be (H, W), (C, H, W), (H, W, C), or one of these after a 1; where
   * both orders fit, the channels are in front.
   */
  static Raster readImage(byte[] bytes, Source source) {
    NpyHeader header = NpyHeader.read(bytes, source);
    long[] sizes = header.shape().stream().mapToLong(size -> size).toArray();
    if (sizes.length == 4 && sizes[0] == 1) {
      sizes = Arrays.copyOfRange(sizes, 1, 4);
    }
    boolean last = sizes.length == 3 && !isChannels(sizes[0]) && isChannels(sizes[2]);
    if (sizes.length < 2
        || sizes.length > 3
        || (sizes.length == 3 && !last && !isChannels(sizes[0]))) {
      throw source.refusal(
          "an image of shape (H, W), (C, H, W) or (H, W, C) with 1 or 3 channels",
          "it is %s".formatted(header.written()),
          "save one image a file");
    }
    long channels = sizes.length == 2 ? 1 : last ? sizes[2] : sizes[0];
    long height = sizes[sizes.length - (last ? 3 : 2)];
    long width = sizes[sizes.length - (last ? 2 : 1)];
    float[] values = values(bytes, header, new long[] {channels, height, width}, source);
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw source.refusal(
            "pixels in [0, 1]",
            "the value " + value + " came",
            "divide 8-bit values by 255, or save them as uint8");
      }
    }
    if (!last) {
      return Raster.adopt((int) channels, (int) height, (int) width, values);
    }
    return Raster.generate(
        (int) channels,
        (int) height,
        (int) width,
        (c, y, x) -> values[(int) ((y * width + x) * channels + c)]);
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  static Raster read(byte[] bytes, Source source) {
    NpyHeader header = NpyHeader.read(bytes, source);
    if (header.type() != NpyHeader.Type.FLOAT32) {
      throw source.refusal(
          "little-endian float32 values ('<f4')",
          "it holds " + header.type().name().toLowerCase(Locale.ROOT),
          "save array.astype('<f4')");
    }
    List<Long> sizes = header.shape();
    if (sizes.size() < 2 || sizes.size() > 3) {
      throw source.refusal(
          "the shape (C, H, W) or (H, W)",
          "it is %s".formatted(header.written()),
          "reshape the array");
    }
    long[] shape = {
      sizes.size() == 2 ? 1 : sizes.get(0), sizes.get(sizes.size() - 2), sizes.get(sizes.size() - 1)
    };
    float[] values = values(bytes, header, shape, source);
    return Raster.adopt((int) shape[0], (int) shape[1], (int) shape[2], values);
  }

  /** All values, in the order of the file. */
  private static float[] values(byte[] bytes, NpyHeader header, long[] shape, Source source) {
    source.checkSize(".npy file", shape[2], shape[1]);
    long available = bytes.length - (long) header.end();
    double needed = (double) header.type().bytes() * shape[0] * shape[1] * shape[2];
    if (shape[0] < 1 || needed != available) {
      throw source.refusal(
          String.format(
              Locale.ROOT, "%.0f bytes of values for its shape %s", needed, header.written()),
          "%s came".formatted(available),
          "save the array again");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(int) (available / header.type().bytes())];
    for (int i = 0; i < values.length; i++) {
      int at = header.end() + i * header.type().bytes();
      values[i] =
          switch (header.type()) {
            case FLOAT32 -> buffer.getFloat(at);
            case FLOAT64 -> (float) buffer.getDouble(at);
            case UINT8 -> (buffer.get(at) & 255) / 255f;
          };
    }
    return values;
  }
}
