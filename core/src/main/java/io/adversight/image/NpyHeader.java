package io.adversight.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code .npy} file says of its values (NumPy's format, versions 1 to 3).
 *
 * @param type of the values
 * @param shape as it is written, each size below 10^10
 * @param end where the values begin
 */
record NpyHeader(Type type, List<Long> shape, int end) {
  private static final int MAGIC = 6;

  /** NumPy itself reads no longer headers: the search below must stay cheap. */
  private static final int LONGEST = 10_000;

  private static final int MOST_DIMENSIONS = 32;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*+:\\s*+('[^']*+'|\\[[^]]*+])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*+:\\s*+(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*+:\\s*+\\(([0-9, ]*+)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Types of values. */
  enum Type {
    FLOAT32(4),
    FLOAT64(8),
    UINT8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** Reads the beginning of a file. */
  static NpyHeader read(byte[] bytes, Source source) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < MAGIC + 6) {
      throw source.truncated(".npy file");
    }
    boolean first = bytes[MAGIC] == 1;
    long length =
        first ? buffer.getShort(MAGIC + 2) & 0xffff : buffer.getInt(MAGIC + 2) & 0xffffffffL;
    int start = MAGIC + 2 + (first ? 2 : 4);
    if (length > bytes.length - start) {
      throw source.truncated(".npy file");
    }
    if (length > LONGEST) {
      throw source.refusal(
          String.format(Locale.ROOT, "a header of at most %,d bytes", LONGEST),
          String.format(Locale.ROOT, "it has %,d", length),
          "save the array again");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
    Type type = type(find(DESCR, header, source), source);
    if (!find(ORDER, header, source).equals("False")) {
      throw source.refusal(
          "C order", "it is in Fortran order", "save numpy.ascontiguousarray(array)");
    }
    return new NpyHeader(type, shape(find(SHAPE, header, source), source), start + (int) length);
  }

  private static Type type(String written, Source source) {
    return switch (written) {
      case "'<f4'" -> Type.FLOAT32;
      case "'<f8'" -> Type.FLOAT64;
      case "'|u1'" -> Type.UINT8;
      default ->
          throw source.refusal(
              "little-endian float32 ('<f4'), float64 or uint8 values",
              "it holds " + shortened(written),
              "save array.astype('<f4')");
    };
  }

  private static String find(Pattern pattern, String header, Source source) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw source.damaged(".npy file", "its header lacks descr, fortran_order or shape");
    }
    return matcher.group(1);
  }

  private static List<Long> shape(String written, Source source) {
    String[] sizes = written.split(",", MOST_DIMENSIONS + 1);
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      String size = sizes[i].strip();
      if (size.isEmpty() && i == sizes.length - 1) {
        break; // after a comma, as in (7,)
      }
      if (size.isEmpty() || size.length() > 10 || size.contains(" ") || size.contains(",")) {
        throw source.damaged(".npy file", "its shape is (%s)".formatted(shortened(written)));
      }
      shape.add(Long.parseLong(size));
    }
    return shape;
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + " ..." : text;
  }

  /** The shape as Python writes it. */
  String written() {
    return "(" + String.join(", ", shape.stream().map(String::valueOf).toList()) + ")";
  }
}
