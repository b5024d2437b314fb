package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Half;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * The tensors of an ONNX file: floating point types become float32, integers int64, truth values
 * booleans. Their size is checked against the bytes that are there before anything is allocated.
 */
final class OnnxTensors {
  private static final int MOST_DIMENSIONS = 64;

  private final String path;
  private final Optional<Path> folder;
  private final Map<Path, Long> taken = new HashMap<>();

  /** Tensors of the file {@code path}; those kept outside it must lie in {@code folder}. */
  OnnxTensors(String path, Optional<Path> folder) {
    this.path = path;
    this.folder = folder;
  }

  Tensor read(TensorProto proto, String name) {
    try {
      return values(proto, name);
    } catch (OutOfMemoryError e) {
      throw wrong(name, "does not fit into the Java heap; start with a larger -Xmx");
    }
  }

  private Tensor values(TensorProto proto, String name) {
    long[] sizes = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int count = count(sizes, name);
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    if (type == null) {
      throw wrong(name, "has the unknown data type " + proto.getDataType());
    }
    if (proto.hasSegment()) {
      throw wrong(name, "is stored in segments, which is not supported");
    }
    boolean external = proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    boolean raw = external || proto.hasRawData();
    return switch (type) {
      case FLOAT -> {
        if (raw) {
          yield Tensor.of(bytes(proto, name, count, 4).asFloatBuffer(), sizes);
        }
        yield Tensor.of(
            floats(count(proto.getFloatDataCount(), count, name), proto::getFloatData), sizes);
      }
      case DOUBLE -> {
        ByteBuffer b = raw ? bytes(proto, name, count, 8) : ByteBuffer.allocate(0);
        int n = raw ? count : count(proto.getDoubleDataCount(), count, name);
        yield Tensor.of(
            floats(n, i -> (float) (raw ? b.getDouble(8 * i) : proto.getDoubleData(i))), sizes);
      }
      case FLOAT16 -> {
        IntToLongFunction bits = integers(proto, name, count, raw, 2);
        yield Tensor.of(floats(count, i -> Half.toFloat((short) bits.applyAsLong(i))), sizes);
      }
      case BFLOAT16 -> {
        IntToLongFunction bits = integers(proto, name, count, raw, 2);
        yield Tensor.of(
            floats(count, i -> Float.intBitsToFloat((int) bits.applyAsLong(i) << 16)), sizes);
      }
      case INT64 -> {
        ByteBuffer b = raw ? bytes(proto, name, count, 8) : ByteBuffer.allocate(0);
        int n = raw ? count : count(proto.getInt64DataCount(), count, name);
        yield Tensor.of(longs(n, i -> raw ? b.getLong(8 * i) : proto.getInt64Data(i)), sizes);
      }
      case INT32 -> Tensor.of(longs(count, integers(proto, name, count, raw, 4)), sizes);
      case INT16 -> {
        IntToLongFunction bits = integers(proto, name, count, raw, 2);
        yield Tensor.of(longs(count, i -> (short) bits.applyAsLong(i)), sizes);
      }
      case INT8 -> {
        IntToLongFunction bits = integers(proto, name, count, raw, 1);
        yield Tensor.of(longs(count, i -> (byte) bits.applyAsLong(i)), sizes);
      }
      case UINT8, UINT16 -> {
        int width = type == TensorProto.DataType.UINT8 ? 1 : 2;
        yield Tensor.of(longs(count, integers(proto, name, count, raw, width)), sizes);
      }
      case UINT32 -> {
        if (raw) {
          ByteBuffer b = bytes(proto, name, count, 4);
          yield Tensor.of(longs(count, i -> Integer.toUnsignedLong(b.getInt(4 * i))), sizes);
        }
        yield Tensor.of(
            longs(count(proto.getUint64DataCount(), count, name), proto::getUint64Data), sizes);
      }
      case UINT64 -> {
        ByteBuffer b = raw ? bytes(proto, name, count, 8) : ByteBuffer.allocate(0);
        int n = raw ? count : count(proto.getUint64DataCount(), count, name);
        yield Tensor.of(longs(n, i -> raw ? b.getLong(8 * i) : proto.getUint64Data(i)), sizes);
      }
      case INT4, UINT4 -> {
        int shift = type == TensorProto.DataType.INT4 ? 28 : 0;
        IntToLongFunction pairs = integers(proto, name, (count + 1) / 2, raw, 1);
        yield Tensor.of(
            longs(
                count,
                i -> {
                  int bits = (int) pairs.applyAsLong(i / 2) >> (i % 2 * 4) & 0xf;
                  return (long) (bits << shift >> shift);
                }),
            sizes);
      }
      case BOOL -> Tensor.of(longs(count, integers(proto, name, count, raw, 1)), sizes).eq(0).not();
      default ->
          throw wrong(
              name,
              "has the data type %s; supported are FLOAT, DOUBLE, FLOAT16, BFLOAT16, BOOL and whole"
                      .formatted(type)
                  + " numbers of 4 to 64 bits");
    };
  }

  private int count(long[] sizes, String name) {
    if (sizes.length > MOST_DIMENSIONS) {
      throw wrong(name, "has %s dimensions".formatted(sizes.length));
    }
    long product = 1;
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw wrong(name, "has a size of " + size);
      }
      product *= size;
      if (product > Integer.MAX_VALUE) {
        throw wrong(name, "has more elements than can be read");
      }
    }
    return (int) product;
  }

  private int count(int present, int expected, String name) {
    if (present != expected) {
      throw wrong(
          name, "should have %s elements by its shape, but has %s".formatted(expected, present));
    }
    return expected;
  }

  private IntToLongFunction integers(
      TensorProto proto, String name, int count, boolean raw, int width) {
    if (!raw) {
      count(proto.getInt32DataCount(), count, name);
      return proto::getInt32Data;
    }
    ByteBuffer b = bytes(proto, name, count, width);
    return switch (width) {
      case 1 -> i -> Byte.toUnsignedInt(b.get(i));
      case 2 -> i -> Short.toUnsignedInt(b.getShort(2 * i));
      default -> i -> b.getInt(4 * i);
    };
  }

  private static float[] floats(int count, IntFunction<Float> value) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.apply(i);
    }
    return values;
  }

  private static long[] longs(int count, IntToLongFunction value) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = value.applyAsLong(i);
    }
    return values;
  }

  private ByteBuffer bytes(TensorProto proto, String name, int count, int width) {
    long expected = (long) count * width;
    ByteBuffer found;
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      found = external(proto.getExternalDataList(), name, expected);
    } else {
      ByteString raw = proto.getRawData();
      if (raw.size() != expected) {
        throw wrong(
            name, "should have %s bytes by its shape, but has %s".formatted(expected, raw.size()));
      }
      found = raw.asReadOnlyByteBuffer().slice();
    }
    return found.slice().order(ByteOrder.LITTLE_ENDIAN); // the file's buffer may start elsewhere
  }

  /** A tensor that another file keeps, with its values in it. */
  TensorProto embedded(TensorProto proto) {
    String name = proto.getName();
    long[] sizes = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    int width =
        type == null
            ? 0
            : switch (type) {
              case DOUBLE, INT64, UINT64 -> 8;
              case FLOAT, INT32, UINT32 -> 4;
              case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
              case INT8, UINT8, BOOL, INT4, UINT4 -> 1;
              default -> 0;
            };
    if (width == 0) {
      throw wrong(name, "has a data type that cannot be read: " + proto.getDataType());
    }
    int count = count(sizes, name);
    boolean pairs = type == TensorProto.DataType.INT4 || type == TensorProto.DataType.UINT4;
    ByteBuffer values = bytes(proto, name, pairs ? (count + 1) / 2 : count, width);
    return proto.toBuilder()
        .clearDataLocation()
        .clearExternalData()
        .setRawData(ByteString.copyFrom(values))
        .build();
  }

  /** Bytes of another file, which must lie in the model's own folder. */
  private ByteBuffer external(List<StringStringEntryProto> entries, String name, long expected) {
    String location = "";
    long offset = 0;
    for (StringStringEntryProto entry : entries) {
      if (entry.getKey().equals("location")) {
        location = entry.getValue();
      } else if (entry.getKey().equals("offset")) {
        offset = offset(entry.getValue(), name);
      }
    }
    Path file = inside(location, name);
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (expected > Integer.MAX_VALUE || offset > size - expected) {
        throw wrong(
            name,
            "needs %s bytes at %s of %s, which has %s".formatted(expected, offset, location, size));
      }
      if (taken.merge(file, expected, Long::sum) > size) {
        throw wrong(
            name,
            "and those before it take more bytes of %s than the %s that it has"
                .formatted(location, size));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, expected);
    } catch (IOException e) {
      throw wrong(name, "lies in \"%s\", which cannot be read".formatted(location));
    }
  }

  private long offset(String text, String name) {
    try {
      long offset = Long.parseLong(text.strip());
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a negative one is.
    }
    throw wrong(name, "lies in another file at the offset \"%s\"".formatted(text));
  }

  private Path inside(String location, String name) {
    if (folder.isEmpty()) {
      throw wrong(
          name,
          "lies in another file, \"%s\", which is read only beside a network that is opened by its path"
              .formatted(location));
    }
    try {
      Path home = folder.get().toRealPath();
      Path file = home.resolve(location);
      if (location.isEmpty() || !Files.isRegularFile(file)) {
        throw wrong(name, "lies in \"" + location + "\", which is not there");
      }
      if (!file.toRealPath().startsWith(home)) {
        throw wrong(name, "lies outside the model's folder: \"" + location + "\"");
      }
      return file;
    } catch (IOException | InvalidPathException e) {
      throw wrong(name, "lies in \"" + location + "\", which cannot be read");
    }
  }

  private ModelFormatException wrong(String name, String message) {
    return new ModelFormatException(path, "tensor \"%s\" %s".formatted(name, message));
  }
}
