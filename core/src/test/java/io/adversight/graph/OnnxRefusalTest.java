package io.adversight.graph;

import static io.adversight.graph.ImportedGraphs.assertRefused;
import static io.adversight.graph.ImportedGraphs.count;
import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.onnx.ImportLimits;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the importer refuses, and how it says so. */
class OnnxRefusalTest {
  @TempDir private static Path folder = Path.of("");

  @Test
  void refusesFilesThatAreNotThereOrNotOnnx() throws IOException {
    assertThatThrownBy(() -> OnnxImporter.read(folder.resolve("none.onnx")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("none.onnx: there is no such file");
    assertThatThrownBy(() -> OnnxImporter.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> OnnxImporter.read("hello, world".getBytes(UTF_8), "hello.txt"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("hello.txt: this is not an ONNX file");
    assertThatThrownBy(() -> OnnxImporter.read(new byte[0], "empty"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("empty: this is not an ONNX file");
  }

  @Test
  void refusesAnUnknownOperatorNamingNodeOperatorVersionAndWhatToDo() {
    assertRefused(
        new OnnxFile(13).input(-1, 3).node("n7", "Madness", List.of("y"), List.of("x")),
        "node \"n7\" (Madness)",
        "unknown operator of operator set 13",
        "onnxsim");
    assertRefused(
        new OnnxFile(13).input(-1, 3).node("com.microsoft.Madness", "y", List.of("x")),
        "node \"y\" (com.microsoft.Madness)",
        "unknown operator of the domain com.microsoft, version 1");
  }

  @Test
  void refusesOperatorSetsItDoesNotKnow() {
    assertRefused(
        new OnnxFile(29).input(-1, 3).node("Relu", "y", List.of("x")),
        "operator set 29 is not known, only those up to 28",
        "opset_version=28");
  }

  @Test
  void refusesGraphsThatAreNoGraphs() {
    assertRefused(
        new OnnxFile(13)
            .input(-1, 3)
            .node("Add", "a", List.of("x", "b"))
            .node("Relu", "b", List.of("a"))
            .node("Relu", "y", List.of("b")),
        "cycle");
    assertRefused(
        new OnnxFile(13)
            .input(-1, 3)
            .node("Relu", "y", List.of("x"))
            .node("Tanh", "y", List.of("x")),
        "\"y\" is made twice");
    assertRefused(
        new OnnxFile(13).input(-1, 3).node("Add", "y", List.of("x", "z")),
        "uses \"z\", which nothing makes");
    assertRefused(
        new OnnxFile(13).input(-1, 3).input("z", 1, 3).node("Add", "y", List.of("x", "z")),
        "the network has 2 inputs");
    assertRefused(
        new OnnxFile(13).input(-1, 3).scalar("w", 1).scalar("w", 1).node("Relu", "y", List.of("x")),
        "\"w\" is there twice");
    assertRefused(new OnnxFile(13).node("Relu", "y", List.of("x")), "no input");
    assertRefused(
        new OnnxFile(13).input(-1, 3).scalar("w", 1).node("Relu", "y", List.of("w")),
        "does not depend on the input");
  }

  @Test
  void refusesOutputsItDoesNotCompute() {
    assertRefused(
        new OnnxFile(13)
            .input(-1, 3)
            .node("d", "Dropout", List.of("a", "mask"), List.of("x"))
            .node("Where", "y", List.of("mask", "a", "x")),
        "node \"d\" (Dropout)",
        "mask");
    assertRefused(
        new OnnxFile(13)
            .input(-1, 1, 4, 4)
            .node("p", "MaxPool", List.of("a", "y"), List.of("x"), integers("kernel_shape", 2, 2)),
        "node \"p\" (MaxPool)",
        "output 2");
  }

  static Stream<Arguments> unsupported() {
    return Stream.of(
        arguments(
            new OnnxFile(13)
                .input(-1, 2, 8, 8, 8)
                .floats("w", count(2), 1, 2, 1, 1, 1)
                .node("Conv", "y", List.of("x", "w")),
            "3-dimensional convolutions"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("s", new float[] {1, 1, 2, 2}, 4)
                .node(
                    "Resize",
                    "y",
                    List.of("x", "", "s"),
                    text("coordinate_transformation_mode", "tf_crop_and_resize")),
            "tf_crop_and_resize is not supported"),
        arguments(
            new OnnxFile(13).input(-1, 3).node("Cast", "y", List.of("x"), integer("to", 8)),
            "casts to the type STRING"),
        arguments(
            new OnnxFile(13).input(-1, 3).node("Clip", "y", List.of("x", "x")), "must be constant"),
        arguments(
            new OnnxFile(15)
                .input(-1, 2, 2, 2)
                .floats("c", count(2), 2)
                .node(
                    "BatchNormalization",
                    "y",
                    List.of("x", "c", "c", "c", "c"),
                    integer("training_mode", 1)),
            "training_mode"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .node("Shape", "s", List.of("x"))
                .node("Cast", "f", List.of("s"), integer("to", 1))
                .longs("first", 0)
                .node("Gather", "n", List.of("f", "first"))
                .node("Mul", "y", List.of("x", "n")),
            "depends on the batch size"));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void refusesWhatItCannotDoByName(OnnxFile file, String part) {
    assertRefused(file, "node \"y\"", part);
  }

  static Stream<Arguments> hostile() {
    long huge = 1L << 40;
    return Stream.of(
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .tensor(
                    OnnxFile.raw(DataType.FLOAT, new byte[4], huge, huge).toBuilder()
                        .setName("w")
                        .build())
                .node("Add", "y", List.of("x", "w")),
            "tensor \"w\" has a size of"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .tensor(
                    OnnxFile.raw(DataType.FLOAT, new byte[4], 30000, 30000).toBuilder()
                        .setName("w")
                        .build())
                .node("Add", "y", List.of("x", "w")),
            "should have 3600000000 bytes by its shape, but has 4"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .longs("s", huge)
                .node("ConstantOfShape", "c", List.of("s"))
                .node("Add", "y", List.of("x", "c")),
            "too large"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .longs("s", 0)
                .longs("e", Long.MAX_VALUE)
                .longs("d", 1)
                .node("Range", "c", List.of("s", "e", "d"))
                .node("Add", "y", List.of("x", "c")),
            "too large"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .longs("p", 0, 0, huge, 0, 0, 0, 0, 0)
                .node("Pad", "y", List.of("x", "p")),
            "too large"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1)
                .longs("s", 1, huge)
                .node("Expand", "y", List.of("x", "s")),
            "too large"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .longs("s", huge, huge)
                .node("Expand", "y", List.of("x", "s")),
            "do not fit together"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("s", new float[] {1, 1, 9e5f, 9e5f}, 4)
                .node("Resize", "y", List.of("x", "", "s")),
            "cannot be resized"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("w", count(9), 1, 1, 3, 3)
                .node("Conv", "y", List.of("x", "w"), integers("strides", 0, 1)),
            "strides cannot be [0, 1]"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("w", count(9), 1, 1, 3, 3)
                .node("Conv", "y", List.of("x", "w"), integer("group", 0)),
            "group must be at least 1"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("w", count(9), 1, 1, 3, 3)
                .node("Conv", "y", List.of("x", "w"), integers("pads", huge, 0, 0, 0)),
            "pads cannot be"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("w", count(9), 1, 1, 3, 3)
                .node("Conv", "y", List.of("x", "w"), integers("pads", 1 << 20, 0, 0, 0)),
            "pads [1048576, 0, 0, 0] are larger than the input (2, 1, 4, 4) and a window of 3"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1 << 18, 8)
                .longs("s", 0, -1)
                .node("Reshape", "r", List.of("x", "s"))
                .node("Hardmax", "y", List.of("r")),
            "2097152 classes are not supported"),
        arguments(
            new OnnxFile(19)
                .input(-1, 1, 4, 4)
                .node(
                    "AveragePool",
                    "y",
                    List.of("x"),
                    integers("kernel_shape", 1 << 15, 1 << 15),
                    integers("dilations", 2, 2)),
            "does not fit"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .node("DepthToSpace", "y", List.of("x"), integer("blocksize", 1 << 16)),
            "cannot become"),
        arguments(
            new OnnxFile(13).input(-1, huge, 4, 4).node("Relu", "y", List.of("x")),
            "cannot have the shape"));
  }

  @Test
  void refusesMoreLayersAndMoreWorkThanTheLimits() {
    OnnxFile chain = new OnnxFile(13).input(-1, 1, 100, 100).node("Relu", "n0", List.of("x"));
    for (int i = 1; i < 50; i++) {
      chain.node("Relu", "n" + i, List.of("n" + (i - 1)));
    }
    byte[] file = chain.node("Relu", "y", List.of("n49")).bytes();
    ImportOptions options = new ImportOptions();
    OnnxImporter.read(file, "f", options.limits(new ImportLimits(510_000, 1e9)));
    assertThatThrownBy(
            () -> OnnxImporter.read(file, "f", options.limits(new ImportLimits(400_000, 1e9))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(
            "node \"n40\" (Relu)", "numbers in its layers", "-Dadversight.maxActivations=N");
    assertThatThrownBy(
            () -> OnnxImporter.read(file, "f", options.limits(new ImportLimits(510_000, 1e5))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(
            "node \"n10\" (Relu)", "multiplications", "-Dadversight.maxWork=N");
  }

  static Stream<Arguments> halves() {
    return Stream.of(
        arguments(
            new OnnxFile(13).input(-1, 3).node("a", "Add", List.of("y"), List.of("x")),
            "node \"a\" (Add): it needs 2 inputs, but has 1"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .node("s", "Softmax", List.of("y"), List.of("x"), integer("axis", 7)),
            "node \"s\" (Softmax): axis 7 does not exist"),
        arguments(new OnnxFile(13).input(-1, 3).output("x"), "the network has no layers"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .longs("from", 0)
                .longs("to", 0)
                .longs("axis", 1)
                .node("s", "Slice", List.of("y"), List.of("x", "from", "to", "axis")),
            "node \"s\" (Slice): its output (2, 0) is empty"),
        arguments(
            new OnnxFile(13)
                .input(-1, 3)
                .longs("w", 1, 2, 3)
                .node("a", "Add", List.of("y"), List.of("x", "w")),
            "node \"a\" (Add): inputs must be floating point numbers, but one is whole numbers"));
  }

  @ParameterizedTest
  @MethodSource("halves")
  void namesTheNodeAndTheReason(OnnxFile file, String message) {
    assertRefused(file, message);
  }

  @Test
  void readsWeightsThatAreAConstantOfAShape() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 4096)
            .longs("s", 4096, 2000)
            .node(
                "ConstantOfShape",
                "w",
                List.of("s"),
                OnnxFile.value(OnnxFile.tensor(new float[] {0.5f}, 1)))
            .node("MatMul", "y", List.of("x", "w"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(graph.forward(Tensor.ones(1, 4096)).toFloats()).containsOnly(2048f);
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesSizesNobodyHas(OnnxFile file, String part) {
    assertRefused(file, part);
  }
}
