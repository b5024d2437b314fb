package io.adversight.model;

import io.adversight.file.AtomicFile;
import io.adversight.file.IoReason;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Half;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named tensors and texts as in a safetensors file: the header's length in 8 bytes, a JSON header,
 * then the tensors' little-endian bytes.
 *
 * @param tensors by name; float64, float16 and bfloat16 are read as float32, integers as int64
 * @param metadata texts by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int MOST_DIMENSIONS = 64;

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @throws ModelFormatException if there is no such file, or a size in it does not fit its length
   */
  public static Safetensors read(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      return new Reader(path, channel).read();
    } catch (NoSuchFileException e) {
      throw new ModelFormatException(path.toString(), "there is no such file");
    } catch (IOException e) {
      throw new ModelFormatException(path.toString(), "cannot be read: " + IoReason.of(e));
    } catch (OutOfMemoryError e) {
      throw new ModelFormatException(
          path.toString(), "does not fit into the Java heap; start with a larger -Xmx");
    }
  }

  /**
   * Writes a file; a file of that name is replaced in one step, at the end. Floating point tensors
   * become F32, all others I64.
   */
  public void write(Path path) throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + tensor.elements() * width(tensor);
      ObjectNode about = header.putObject(entry.getKey());
      about.put("dtype", tensor.isFloating() ? "F32" : "I64");
      for (long size : tensor.shape().toArray()) {
        about.withArray("shape").add(size);
      }
      about.withArray("shape");
      about.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = padded(MAPPER.writeValueAsBytes(header));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(8 + json.length + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    tensors.values().forEach(tensor -> put(tensor, bytes));
    AtomicFile.writeDurably(path, bytes.array());
  }

  private static long width(Tensor tensor) {
    return tensor.isFloating() ? 4 : 8;
  }

  /** With blanks at the end, so that the tensors start at a multiple of 8 bytes. */
  private static byte[] padded(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    return (text + " ".repeat(Math.floorMod(-json.length, 8))).getBytes(StandardCharsets.UTF_8);
  }

  private static void put(Tensor tensor, ByteBuffer bytes) {
    if (tensor.isFloating()) {
      for (float value : tensor.toFloats()) {
        bytes.putFloat(value);
      }
    } else {
      for (long value : tensor.toLongs()) {
        bytes.putLong(value);
      }
    }
  }

  /** Reads one open file. */
  private record Reader(Path path, FileChannel channel) {
    Safetensors read() throws IOException {
      long length = channel.size();
      if (length < 8) {
        throw wrong("is %s bytes long, but a safetensors file has at least 8".formatted(length));
      }
      long headerLength = littleEndian(bytes(0, 8)).getLong();
      if (headerLength < 2 || headerLength > Math.min(length - 8, LONGEST_HEADER)) {
        throw wrong(
            "says that its header has %s bytes, but %s bytes follow"
                .formatted(Long.toUnsignedString(headerLength), length - 8));
      }
      JsonNode header = header(bytes(8, (int) headerLength));
      Map<String, String> metadata = new TreeMap<>();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      long elements = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (entry.getKey().equals(METADATA)) {
          texts(entry.getValue(), metadata);
        } else {
          Tensor tensor = tensor(entry.getKey(), entry.getValue(), 8 + headerLength);
          tensors.put(entry.getKey(), tensor);
          elements += tensor.elements();
          if (elements > length - 8 - headerLength) {
            throw wrong("has tensors that overlap: together they are larger than the file");
          }
        }
      }
      return new Safetensors(tensors, metadata);
    }

    private void texts(JsonNode given, Map<String, String> metadata) {
      if (!given.isObject()) {
        throw wrong("has metadata that is not a JSON object");
      }
      given
          .properties()
          .forEach(
              text -> {
                if (!text.getValue().isString()) {
                  throw wrong("has metadata \"%s\" that is not a text".formatted(text.getKey()));
                }
                metadata.put(text.getKey(), text.getValue().asString());
              });
    }

    private JsonNode header(byte[] json) {
      JsonNode header;
      try {
        header = MAPPER.readTree(json);
      } catch (JacksonException e) {
        throw wrong("has a header that is not JSON");
      }
      if (!header.isObject()) {
        throw wrong("has a header that is not a JSON object");
      }
      return header;
    }

    private Tensor tensor(String name, JsonNode about, long start) throws IOException {
      JsonNode shape = about.path("shape");
      JsonNode offsets = about.path("data_offsets");
      if (!shape.isArray() || !offsets.isArray() || offsets.size() != 2) {
        throw wrong(name, "needs dtype, shape and two data_offsets");
      }
      if (shape.size() > MOST_DIMENSIONS) {
        throw wrong(name, "has %s dimensions".formatted(shape.size()));
      }
      long[] sizes = new long[shape.size()];
      long elements = 1;
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = whole(name, shape.get(i));
        elements = sizes[i] == 0 ? 0 : elements * sizes[i];
        if (elements > Integer.MAX_VALUE) {
          throw wrong(name, "has more elements than can be read: " + shape);
        }
      }
      String type = about.path("dtype").asString("");
      int width = width(name, type);
      long from = whole(name, offsets.get(0));
      long to = whole(name, offsets.get(1));
      if (to - from != elements * width) {
        throw wrong(
            name,
            "of shape %s needs %s bytes, but has %s".formatted(shape, elements * width, to - from));
      }
      if (to > channel.size() - start) {
        throw wrong(
            name, "ends at byte %s, but the file ends at %s".formatted(start + to, channel.size()));
      }
      if (elements * width > Integer.MAX_VALUE - 16) {
        throw wrong(name, "has more bytes than can be read: " + elements * width);
      }
      ByteBuffer bytes = littleEndian(bytes(start + from, (int) elements * width));
      return values(type, bytes, (int) elements, sizes);
    }

    private long whole(String name, JsonNode node) {
      if (!node.canConvertToExactIntegral()
          || !node.canConvertToLong()
          || node.longValue() < 0
          || node.longValue() > Integer.MAX_VALUE * 8L) {
        throw wrong(name, "has a size or offset of " + (node.isNumber() ? node : "no number"));
      }
      return node.longValue();
    }

    private int width(String name, String type) {
      return switch (type) {
        case "F64", "I64" -> 8;
        case "F32", "I32" -> 4;
        case "F16", "BF16" -> 2;
        case "U8", "I8", "BOOL" -> 1;
        default ->
            throw wrong(
                name,
                "has dtype \"%s\"; supported are F64, F32, F16, BF16, I64, I32, U8, I8 and BOOL"
                    .formatted(type));
      };
    }

    private static Tensor values(String type, ByteBuffer bytes, int count, long[] sizes) {
      if (!type.startsWith("F") && !type.startsWith("BF")) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          values[i] =
              switch (type) {
                case "I64" -> bytes.getLong();
                case "I32" -> bytes.getInt();
                case "I8" -> bytes.get();
                default -> Byte.toUnsignedInt(bytes.get());
              };
        }
        return Tensor.of(values, sizes);
      }
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (type) {
              case "F64" -> (float) bytes.getDouble();
              case "F16" -> Half.toFloat(bytes.getShort());
              case "BF16" -> Float.intBitsToFloat(bytes.getShort() << 16);
              default -> bytes.getFloat();
            };
      }
      return Tensor.of(values, sizes);
    }

    private byte[] bytes(long position, int count) throws IOException {
      byte[] bytes = new byte[count];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw wrong("ends too early");
        }
      }
      return bytes;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ModelFormatException wrong(String message) {
      return new ModelFormatException(path.toString(), message);
    }

    private ModelFormatException wrong(String tensor, String message) {
      return wrong("the tensor \"%s\" %s".formatted(tensor, message));
    }
  }
}
