package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.SharedData;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file(String header, byte[] data) throws IOException {
    return file(header.length(), header, data);
  }

  private Path file(long length, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json).put(data);
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights", Tensor.of(new float[] {1, -2.5f, 3e-30f, 0, 5, 6}, 2, 3));
    tensors.put("count", Tensor.of(new long[] {1L << 40}, 1));
    tensors.put("number", Tensor.scalar(0.1));
    Path path = folder.resolve("a.safetensors");
    new Safetensors(tensors, Map.of("curve", "epoch,\"loss\"\n1,0.5\n")).write(path);

    Safetensors read = Safetensors.read(path);
    assertThat(read.metadata()).containsExactly(Map.entry("curve", "epoch,\"loss\"\n1,0.5\n"));
    assertThat(read.tensors().keySet()).containsExactly("weights", "count", "number");
    tensors.forEach(
        (name, tensor) ->
            assertThat(read.tensors())
                .hasEntrySatisfying(
                    name,
                    again -> {
                      assertThat(again.shape()).isEqualTo(tensor.shape());
                      assertThat(again.toDoubles()).containsExactly(tensor.toDoubles());
                    }));
    assertThat(folder.toFile().list()).containsExactly("a.safetensors");
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 2, 3c00 c000, 1 -2", "BF16, 2, 3fc0 c000, 1.5 -2", "F32, 4, 3f800000, 1",
    "F64, 8, c000000000000000, -2", "I64, 8, 0000000000000007, 7", "I32, 4, ffffffff, -1",
    "I8, 1, ff, -1", "U8, 1, ff 01, 255 1", "BOOL, 1, 01 00, 1 0"
  })
  void readsEveryElementType(String type, int width, String hex, String values) throws IOException {
    String[] numbers = hex.split(" ", -1);
    ByteBuffer data = ByteBuffer.allocate(width * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (String number : numbers) {
      long bits = Long.parseUnsignedLong(number, 16);
      for (int i = 0; i < width; i++) {
        data.put((byte) (bits >>> (8 * i)));
      }
    }
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,%s]}}"
            .formatted(type, numbers.length, data.capacity());
    double[] expected =
        Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    assertThat(Safetensors.read(file(header, data.array())).tensors())
        .hasEntrySatisfying(
            "x",
            read -> {
              assertThat(read.toDoubles()).containsExactly(expected);
              assertThat(read.isFloating()).isEqualTo(type.contains("F"));
            });
  }

  @Test
  void sizesThatDoNotFitAreRefusedBeforeAnythingIsAllocated() throws IOException {
    String one = "{\"x\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":%s}}";
    byte[] four = bytes(0, 0, 0, 0);
    refuses(file(1L << 62, "{}", four), "says that its header has 4611686018427387904 bytes");
    refuses(file(-1, "{}", four), "says that its header has 18446744073709551615 bytes");
    refuses(file(one.formatted("[2]", "[0,4]"), four), "needs 8 bytes, but has 4");
    refuses(file(one.formatted("[2]", "[0,8]"), four), "but the file ends at");
    refuses(file(one.formatted("[1]", "[4,8]"), four), "but the file ends at");
    refuses(file(one.formatted("[-1]", "[0,4]"), four), "has a size or offset of -1");
    refuses(
        file(one.formatted("[2147483648,2147483648]", "[0,4]"), four),
        "has more elements than can be read");
    refuses(file(one.formatted("[1]", "[8,4]"), four), "needs 4 bytes, but has -4");
    refuses(file(one.formatted("[1]", "\"all\""), four), "needs dtype, shape and two data_offsets");
    refuses(file("{\"x\":3}", four), "needs dtype, shape and two data_offsets");
    refuses(file("[]", four), "has a header that is not a JSON object");
    refuses(file("{,}", four), "has a header that is not JSON");
    refuses(Files.write(folder.resolve("short"), four), "is 4 bytes long");
    refuses(folder.resolve("none"), "there is no such file");
  }

  private static void refuses(Path path, String message) {
    assertThatThrownBy(() -> Safetensors.read(path))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void agreesWithTheOnnxFileOfTheSameNetwork() {
    Safetensors weights = Safetensors.read(SharedData.path("models/mnist_cnn.safetensors"));
    List<Tensor> constants =
        List.copyOf(
            OnnxImporter.read(
                    SharedData.path("models/mnist_cnn.onnx"), new ImportOptions().folding(false))
                .graph()
                .constants()
                .values());
    for (Tensor weight : weights.tensors().values()) {
      float[] expected = weight.toFloats();
      assertThat(constants).anyMatch(constant -> Arrays.equals(constant.toFloats(), expected));
    }
    assertThat(weights.tensors()).hasSizeGreaterThan(3);
  }
}
