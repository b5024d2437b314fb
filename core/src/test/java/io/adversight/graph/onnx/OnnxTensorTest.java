package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.OnnxFile;
import io.adversight.tensor.Half;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors of every type, in the file and beside it. */
class OnnxTensorTest {
  @TempDir private static Path folder = Path.of("");

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Stream<Arguments> tensors() {
    TensorProto.Builder two = TensorProto.newBuilder().addDims(2);
    return Stream.of(
        arguments(OnnxFile.tensor(new float[] {1.5f, -2}, 2)),
        arguments(two.clone().setDataType(1).addFloatData(1.5f).addFloatData(-2).build()),
        arguments(
            OnnxFile.raw(DataType.DOUBLE, little(16).putDouble(1.5).putDouble(-2).array(), 2)),
        arguments(two.clone().setDataType(11).addDoubleData(1.5).addDoubleData(-2).build()),
        // binary16: 1.5 is 0x3e00, -2 is 0xc000; bfloat16: 0x3fc0 and 0xc000.
        arguments(
            OnnxFile.raw(
                DataType.FLOAT16,
                little(4).putShort((short) 0x3e00).putShort((short) 0xc000).array(),
                2)),
        arguments(two.clone().setDataType(10).addInt32Data(0x3e00).addInt32Data(0xc000).build()),
        arguments(
            OnnxFile.raw(
                DataType.BFLOAT16,
                little(4).putShort((short) 0x3fc0).putShort((short) 0xc000).array(),
                2)));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void readsFloatingPointTensorsAsFloat32(TensorProto tensor) {
    try (Scope scope = Scope.open()) {
      Tensor read = new OnnxTensors("f", java.util.Optional.empty()).read(tensor, "t");
      assertThat(read.isFloating()).isTrue();
      assertThat(read.isDouble()).isFalse();
      assertThat(read.toFloats()).containsExactly(1.5f, -2);
    }
  }

  @Test
  void readsWholeNumbersAndTruthValues() {
    try (Scope scope = Scope.open()) {
      OnnxTensors tensors = new OnnxTensors("f", java.util.Optional.empty());
      byte[] bytes = {-1, 0};
      assertThat(tensors.read(OnnxFile.raw(DataType.UINT8, bytes, 2), "t").toLongs())
          .containsExactly(255, 0);
      assertThat(tensors.read(OnnxFile.raw(DataType.INT8, bytes, 2), "t").toLongs())
          .containsExactly(-1, 0);
      assertThat(tensors.read(OnnxFile.raw(DataType.BOOL, bytes, 2), "t").toLongs())
          .containsExactly(1, 0);
      byte[] four = little(4).putInt(-7).array();
      assertThat(tensors.read(OnnxFile.raw(DataType.INT32, four, 1), "t").toLongs())
          .containsExactly(-7);
      assertThat(tensors.read(OnnxFile.tensor(5, -6), "t").toLongs()).containsExactly(5, -6);
    }
  }

  @Test
  void readsHalfPrecisionAtItsLimits() {
    assertThat(Half.toFloat((short) 0x7bff)).isEqualTo(65504);
    assertThat(Half.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(Half.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Half.toFloat((short) 0x7e00)).isNaN();
  }

  private static TensorProto outside(String location) {
    return TensorProto.newBuilder()
        .setName("w")
        .setDataType(1)
        .addDims(2)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(location))
        .addExternalData(StringStringEntryProto.newBuilder().setKey("offset").setValue("4"))
        .build();
  }

  private static Path save(Path home, String location) throws IOException {
    Path model = Files.createDirectories(home).resolve("m.onnx");
    return Files.write(
        model,
        new OnnxFile(13)
            .input(-1, 2)
            .tensor(outside(location))
            .node("Mul", "y", List.of("x", "w"))
            .bytes());
  }

  @Test
  void readsTensorsFromTheModelsOwnFolderOnly() throws IOException {
    Path home = folder.resolve("home");
    Path model = save(home, "w.bin");
    byte[] bytes = little(12).putFloat(0).putFloat(3).putFloat(4).array();
    Files.write(home.resolve("w.bin"), bytes);
    Files.write(folder.resolve("secret.bin"), bytes);
    try (Scope scope = Scope.open()) {
      Graph graph = OnnxImporter.read(model).graph();
      assertThat(graph.forward(Tensor.ones(1, 2)).toFloats()).containsExactly(3, 4);
    }
    Path escaping = save(home, "../secret.bin");
    assertThatThrownBy(() -> OnnxImporter.read(escaping))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("lies outside the model's folder");
    Files.createSymbolicLink(home.resolve("link.bin"), folder.resolve("secret.bin"));
    Path linked = save(home, "link.bin");
    assertThatThrownBy(() -> OnnxImporter.read(linked))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("lies outside the model's folder");
    Files.write(home.resolve("w.bin"), new byte[8]);
    Path shorter = save(home, "w.bin");
    assertThatThrownBy(() -> OnnxImporter.read(shorter))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("needs 8 bytes at 4 of w.bin, which has 8");
  }

  @Test
  void refusesTensorsThatTakeMoreBytesOfAnotherFileThanItHas() throws IOException {
    Path home = Files.createDirectories(folder.resolve("shared"));
    Files.write(home.resolve("w.bin"), little(12).putFloat(0).putFloat(3).putFloat(4).array());
    OnnxFile file = new OnnxFile(13).input(-1, 2);
    for (String name : List.of("a", "b")) {
      file.tensor(outside("w.bin").toBuilder().setName(name).build());
    }
    file.node("Mul", "m", List.of("x", "a")).node("Mul", "y", List.of("m", "b"));
    Path model = Files.write(home.resolve("m.onnx"), file.bytes());
    assertThatThrownBy(() -> OnnxImporter.read(model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith(
            "tensor \"b\" and those before it take more bytes of w.bin than the 12 that it has");
  }

  @Test
  void refusesAnOffsetThatIsNoNumber() throws IOException {
    Path home = Files.createDirectories(folder.resolve("offset"));
    Files.write(home.resolve("w.bin"), new byte[12]);
    for (String offset : List.of("abc", "-4", "")) {
      TensorProto.Builder tensor = outside("w.bin").toBuilder();
      tensor.getExternalDataBuilder(1).setValue(offset);
      byte[] file =
          new OnnxFile(13)
              .input(-1, 2)
              .tensor(tensor.build())
              .node("Mul", "y", List.of("x", "w"))
              .bytes();
      Path model = Files.write(home.resolve("m.onnx"), file);
      assertThatThrownBy(() -> OnnxImporter.read(model))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageEndingWith(
              "tensor \"w\" lies in another file at the offset \"%s\"".formatted(offset));
    }
  }
}
