package io.adversight.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's {@code .npy} files of float32 values, little endian, in C order, of shape (C, H, W) or
 * (H, W): the exact values, nothing rounded.
 */
public final class Npy {
  private static final int MAGIC = 6;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[.*?\\])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

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
        raster, "(%d, %d, %d)".formatted(raster.channels(), raster.height(), raster.width()));
  }

  /** The bytes of a file of shape (H, W). */
  public static byte[] mapBytes(Raster map) {
    if (map.channels() != 1) {
      throw new IllegalArgumentException(
          "a map has one channel, but this raster has " + map.channels());
    }
    return bytes(map, "(%d, %d)".formatted(map.height(), map.width()));
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
    if (PictureFormat.of(bytes, source) != PictureFormat.NPY) {
      throw source.refusal("a .npy file", "it is a picture of another format", "name a .npy file");
    }
    try {
      return read(bytes, source);
    } catch (OutOfMemoryError e) {
      throw ImageFiles.outOfMemory(source);
    }
  }

  /** Reads a picture: one or three channels of pixels in [0, 1]. */
  static Raster readPicture(byte[] bytes, Source source) {
    Raster picture = read(bytes, source);
    if (picture.channels() != 1 && picture.channels() != 3) {
      throw source.refusal(
          "a picture of shape (H, W), (1, H, W) or (3, H, W)",
          "it is (%d, %d, %d)".formatted(picture.channels(), picture.height(), picture.width()),
          "bring the channels to the front, as in array.transpose(2, 0, 1)");
    }
    for (float value : picture.values()) {
      if (!(value >= 0 && value <= 1)) {
        throw source.refusal(
            "pixels in [0, 1]", "the value " + value + " came", "divide 8-bit values by 255");
      }
    }
    return picture;
  }

  static Raster read(byte[] bytes, Source source) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < MAGIC + 6) {
      throw source.truncated(".npy file");
    }
    boolean first = bytes[MAGIC] == 1;
    long headerLength =
        first ? buffer.getShort(MAGIC + 2) & 0xffff : buffer.getInt(MAGIC + 2) & 0xffffffffL;
    int headerStart = MAGIC + 2 + (first ? 2 : 4);
    if (headerLength > bytes.length - headerStart) {
      throw source.truncated(".npy file");
    }
    String header = new String(bytes, headerStart, (int) headerLength, StandardCharsets.ISO_8859_1);
    String type = find(DESCR, header, source);
    if (!type.equals("'<f4'")) {
      throw source.refusal(
          "little-endian float32 values ('<f4')", "it holds " + type, "save array.astype('<f4')");
    }
    if (!find(ORDER, header, source).equals("False")) {
      throw source.refusal(
          "C order", "it is in Fortran order", "save numpy.ascontiguousarray(array)");
    }
    long[] shape = shape(find(SHAPE, header, source), source);
    source.checkSize(".npy file", shape[2], shape[1]);
    int start = headerStart + (int) headerLength;
    long available = bytes.length - (long) start;
    double needed = 4.0 * shape[0] * shape[1] * shape[2];
    if (shape[0] < 1 || needed != available) {
      throw source.refusal(
          "%.0f bytes of values for its shape (%d, %d, %d)"
              .formatted(needed, shape[0], shape[1], shape[2]),
          "%d came".formatted(available),
          "save the array again");
    }
    float[] values = new float[(int) (available / 4)];
    buffer.position(start);
    buffer.asFloatBuffer().get(values);
    return Raster.adopt((int) shape[0], (int) shape[1], (int) shape[2], values);
  }

  private static String find(Pattern pattern, String header, Source source) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw source.damaged(".npy file", "its header lacks descr, fortran_order or shape");
    }
    return matcher.group(1);
  }

  /** The shape as (C, H, W). */
  private static long[] shape(String written, Source source) {
    String[] sizes = COMMA.split(written.strip().replaceFirst("\\s*,$", ""), 5);
    if (sizes.length < 2 || sizes.length > 3) {
      throw source.refusal(
          "the shape (C, H, W) or (H, W)", "it is (%s)".formatted(written), "reshape the array");
    }
    long[] shape = {1, 1, 1};
    for (int i = 0; i < sizes.length; i++) {
      String size = sizes[i].strip();
      if (!size.matches("[0-9]{1,10}")) {
        throw source.damaged(".npy file", "its shape is (%s)".formatted(written));
      }
      shape[3 - sizes.length + i] = Long.parseLong(size);
    }
    return shape;
  }
}
