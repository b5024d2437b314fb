package io.adversight.graph;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.text;
import static io.adversight.graph.OnnxFile.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxImporterTest {
  @TempDir private static Path folder = Path.of("");

  private static float[] count(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    return values;
  }

  private static List<String> layers(Graph graph) {
    return graph.nodes().stream().map(Node::name).toList();
  }

  /** Runs a graph on batches of 1 and 4, which must agree image by image; gives the batch's. */
  private static Tensor run(Graph graph, long... picture) {
    Tensor batch =
        Tensor.of(
            new Rng(3).uniform((int) (4 * Shape.of(picture).elements()), -1, 1), with(4, picture));
    Tensor together = graph.forward(batch);
    for (int i = 0; i < 4; i++) {
      float[] alone = graph.forward(batch.narrow(0, i, 1)).toFloats();
      float[] row = together.narrow(0, i, 1).toFloats();
      assertThat(alone).containsExactly(row, within(1e-5f));
    }
    assertThat(graph.shapes(Shape.of(with(4, picture))).get(graph.output()))
        .isEqualTo(together.shape());
    return together;
  }

  private static long[] with(long batch, long... picture) {
    long[] sizes = new long[picture.length + 1];
    sizes[0] = batch;
    System.arraycopy(picture, 0, sizes, 1, picture.length);
    return sizes;
  }

  private static void assertRefused(OnnxFile file, String... parts) {
    assertThatThrownBy(file::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContainingAll(parts)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  // ---- names and structure ----

  @Test
  void namesLayersAfterTheirNodesOrElseTheirOutputs() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("first", "Relu", List.of("a"), List.of("x"))
            .node("", "Tanh", List.of("b"), List.of("a"))
            .node("twice", "Relu", List.of("c"), List.of("b"))
            .node("twice", "Relu", List.of("d"), List.of("c"))
            .node("", "Relu", List.of("first"), List.of("d"))
            .node("x", "Relu", List.of("y"), List.of("first"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("first", "b", "c", "d", "first_2", "y");
  }

  @Test
  void leavesOutDropoutIdentityAndWhatTheOutputDoesNotNeed() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Relu", "a", List.of("x"))
            .node("drop", "Dropout", List.of("b", "mask"), List.of("a"))
            .node("Tanh", "c", List.of("b"))
            .node("Madness", "unused", List.of("c"))
            .node("Identity", "y", List.of("c"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "c");
    assertThat(graph.output()).isEqualTo("c");
    assertThat(graph.nodes().get(1).inputs()).containsExactly("a");
  }

  @Test
  void sortsNodesThatComeTooEarly() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Tanh", "y", List.of("a"))
            .node("Relu", "a", List.of("x"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "y");
  }

  @Test
  void takesTheOutputThatIsAskedFor() {
    byte[] bytes =
        new OnnxFile(13)
            .input(-1, 3)
            .node("Relu", "a", List.of("x"))
            .node("Tanh", "b", List.of("x"))
            .output("a")
            .output("b")
            .bytes();
    assertThat(layers(OnnxImporter.read(bytes, "f").graph())).containsExactly("a");
    assertThat(layers(OnnxImporter.read(bytes, "f", new ImportOptions().output("b")).graph()))
        .containsExactly("b");
    assertThatThrownBy(() -> OnnxImporter.read(bytes, "f", new ImportOptions().output("c")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("f: there is no output \"c\"; the outputs are a, b");
  }

  @Test
  void saysWhatTheFileDeclares() {
    ImportedModel model = new OnnxFile(11).input(-1, 5).node("Softmax", "y", List.of("x")).read();
    assertThat(model.inputShape()).containsExactly(-1L, 5L);
    assertThat(model.opset()).isEqualTo(11);
    assertThat(model.endsInSoftmax()).isTrue();
  }

  @Test
  void makesOneSliceOfEachOutputOfASplit() {
    try (Scope scope = Scope.open()) {
      for (OnnxFile file :
          List.of(
              new OnnxFile(11)
                  .input(-1, 5)
                  .node(
                      "s",
                      "Split",
                      List.of("a", "b"),
                      List.of("x"),
                      integer("axis", 1),
                      integers("split", 2, 3)),
              new OnnxFile(13)
                  .input(-1, 5)
                  .longs("parts", 2, 3)
                  .node("s", "Split", List.of("a", "b"), List.of("x", "parts"), integer("axis", 1)),
              new OnnxFile(18)
                  .input(-1, 5)
                  .node(
                      "s",
                      "Split",
                      List.of("b", "a"),
                      List.of("x"),
                      integer("axis", -1),
                      integer("num_outputs", 2)))) {
        Graph graph =
            file.node("Concat", "y", List.of("b", "a"), integer("axis", 1)).read().graph();
        assertThat(layers(graph)).contains("a", "b", "y");
        Tensor x = Tensor.of(count(5), 1, 5);
        assertThat(graph.forward(x).toFloats()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
      }
      Graph uneven =
          new OnnxFile(18)
              .input(-1, 5)
              .node(
                  "s",
                  "Split",
                  List.of("a", "y"),
                  List.of("x"),
                  integer("axis", 1),
                  integer("num_outputs", 2))
              .read()
              .graph();
      assertThat(uneven.forward(Tensor.of(count(5), 1, 5)).toFloats()).containsExactly(3, 4);
    }
  }

  // ---- folding ----

  @Test
  void keepsTheBatchOpenInAFlattenByShapes() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3, 4)
            .node("Shape", "shape", List.of("x"))
            .node("Constant", "zero", List.of(), integer("value_int", 0))
            .node("Gather", "n", List.of("shape", "zero"))
            .longs("axes", 0)
            .node("Unsqueeze", "n1", List.of("n", "axes"))
            .longs("rest", -1)
            .node("Concat", "target", List.of("n1", "rest"), integer("axis", 0))
            .node("Reshape", "y", List.of("x", "target"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(layers(graph)).containsExactly("y");
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(4, 24));
    }
  }

  static Stream<Arguments> reshapes() {
    return Stream.of(
        arguments(-1L, new long[] {1, -1}, new long[] {24}),
        arguments(1L, new long[] {1, 24}, new long[] {24}),
        arguments(1L, new long[] {1, 6, 4}, new long[] {6, 4}),
        arguments(-1L, new long[] {0, -1}, new long[] {24}),
        arguments(-1L, new long[] {-1, 24}, new long[] {24}),
        arguments(2L, new long[] {2, 4, 6}, new long[] {4, 6}),
        arguments(-1L, new long[] {0, 0, -1}, new long[] {2, 12}));
  }

  @ParameterizedTest
  @MethodSource("reshapes")
  void keepsTheBatchOpenInAReshapeByNumbers(long batch, long[] target, long[] expected) {
    Graph graph =
        new OnnxFile(13)
            .input(batch, 2, 3, 4)
            .longs("target", target)
            .node("Reshape", "y", List.of("x", "target"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(with(4, expected)));
    }
  }

  @Test
  void mergesTheBatchIntoGroupsWhereShapesSaySo() {
    // (n, 4, 3, 2) to (2 n, 6, 2) and back, as shuffles of channels do.
    Graph graph =
        new OnnxFile(13)
            .input(-1, 4, 3, 2)
            .node("Shape", "shape", List.of("x"))
            .longs("first", 0)
            .longs("two", 2)
            .longs("tail", 6, 2)
            .node("Gather", "n", List.of("shape", "first"))
            .node("Mul", "n2", List.of("n", "two"))
            .node("Concat", "to", List.of("n2", "tail"), integer("axis", 0))
            .node("Reshape", "a", List.of("x", "to"))
            .node("Tanh", "b", List.of("a"))
            .node("Reshape", "y", List.of("b", "shape"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 4, 3, 2).shape()).isEqualTo(Shape.of(4, 4, 3, 2));
    }
  }

  @Test
  void repeatsAConstantForEachImage() {
    // A class token: a constant expanded to (n, 1, 3) and put before the rest.
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3)
            .floats("token", new float[] {7, 8, 9}, 1, 1, 3)
            .node("Shape", "shape", List.of("x"))
            .longs("first", 0)
            .longs("one", 1)
            .node("Gather", "n", List.of("shape", "first"))
            .node("Concat", "to", List.of("n", "one", "one"), integer("axis", 0))
            .node("Expand", "tokens", List.of("token", "to"))
            .node("Concat", "y", List.of("tokens", "x"), integer("axis", 1))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      Tensor result = run(graph, 2, 3);
      assertThat(result.shape()).isEqualTo(Shape.of(4, 3, 3));
      assertThat(result.narrow(0, 3, 1).narrow(1, 0, 1).toFloats()).containsExactly(7, 8, 9);
    }
  }

  @Test
  void foldsWhatIsKnown() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 4)
            .node("Constant", "a", List.of(), value(OnnxFile.tensor(new float[] {1, 2}, 2)))
            .longs("two", 2)
            .node(
                "ConstantOfShape", "b", List.of("two"), value(OnnxFile.tensor(new float[] {3}, 1)))
            .node("Add", "ab", List.of("a", "b"))
            .tensor(OnnxFile.raw(DataType.FLOAT, new byte[4]).toBuilder().setName("s").build())
            .scalar("e", 2)
            .scalar("d", 1)
            .node("Range", "r", List.of("s", "e", "d"))
            .node("Cast", "rc", List.of("r"), integer("to", 1))
            .node("Concat", "c", List.of("ab", "rc"), integer("axis", 0))
            .node("Mul", "y", List.of("x", "c"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(layers(graph)).containsExactly("y");
      assertThat(graph.constants()).containsOnlyKeys("c");
      assertThat(graph.forward(Tensor.ones(1, 4)).toFloats()).containsExactly(4, 5, 0, 1);
    }
  }

  @Test
  void resizesToSizesThatFollowFromShapes() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 2, 3, 4)
            .node("Shape", "shape", List.of("x"))
            .longs("s", 0)
            .longs("e", 2)
            .node("Slice", "nc", List.of("shape", "s", "e"))
            .longs("hw", 6, 8)
            .node("Concat", "sizes", List.of("nc", "hw"), integer("axis", 0))
            .node("Resize", "y", List.of("x", "", "", "sizes"), text("mode", "linear"))
            .read()
            .graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 2, 3, 4).shape()).isEqualTo(Shape.of(4, 2, 6, 8));
    }
  }

  @Test
  void squeezesNeverTheBatch() {
    Graph graph =
        new OnnxFile(11).input(1, 5, 1, 1).node("Squeeze", "y", List.of("x")).read().graph();
    try (Scope scope = Scope.open()) {
      assertThat(run(graph, 5, 1, 1).shape()).isEqualTo(Shape.of(4, 5));
    }
  }

  @Test
  void worksOutPicturesOfTheSizeThatIsAskedFor() {
    byte[] bytes =
        new OnnxFile(13)
            .input(-1, 1, -1, -1)
            .floats("w", count(32), 2, 16)
            .node("Flatten", "f", List.of("x"))
            .node("Gemm", "y", List.of("f", "w"), integer("transB", 1))
            .bytes();
    ImportOptions options = new ImportOptions().picture(Shape.of(1, 1, 4, 4));
    assertThat(OnnxImporter.read(bytes, "f", options).inputShape())
        .containsExactly(-1L, 1L, -1L, -1L);
    assertThatThrownBy(() -> OnnxImporter.read(bytes, "f"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("(2, 50176) and (2, 16) cannot be multiplied");
  }

  // ---- folding of BatchNormalization ----

  static Stream<Arguments> layersBeforeANormalization() {
    return Stream.of(
        arguments(
            "Conv",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 4, 5, 5)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .node(
                            "before", "Conv", List.of("a"), List.of("x", "w"), integer("group", 2)),
            new long[] {4, 5, 5}),
        arguments(
            "Conv with a bias",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 2, 5, 5)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .floats("b", count(4), 4)
                        .node("before", "Conv", List.of("a"), List.of("x", "w", "b")),
            new long[] {2, 5, 5}),
        arguments(
            "ConvTranspose with groups",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 4, 3, 3)
                        .floats("w", new Rng(1).uniform(4 * 2 * 9, -1, 1), 4, 2, 3, 3)
                        .floats("b", count(4), 4)
                        .node(
                            "before",
                            "ConvTranspose",
                            List.of("a"),
                            List.of("x", "w", "b"),
                            integer("group", 2)),
            new long[] {4, 3, 3}),
        arguments(
            "Gemm",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 3)
                        .floats("w", new Rng(1).uniform(12, -1, 1), 3, 4)
                        .floats("b", count(4), 1, 4)
                        .node(
                            "before",
                            "Gemm",
                            List.of("a"),
                            List.of("x", "w", "b"),
                            OnnxFile.number("alpha", 0.5f),
                            OnnxFile.number("beta", 2)),
            new long[] {3}),
        arguments(
            "Gemm with transB",
            (UnaryOperator<OnnxFile>)
                file ->
                    file.input(-1, 3)
                        .floats("w", new Rng(1).uniform(12, -1, 1), 4, 3)
                        .node(
                            "before",
                            "Gemm",
                            List.of("a"),
                            List.of("x", "w"),
                            integer("transB", 1)),
            new long[] {3}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layersBeforeANormalization")
  void foldsANormalizationIntoTheLayerBefore(
      String name, UnaryOperator<OnnxFile> before, long[] picture) {
    byte[] bytes =
        before
            .apply(new OnnxFile(13))
            .floats("scale", new float[] {1, 2, -3, 4}, 4)
            .floats("shift", new float[] {4, 3, 2, 1}, 4)
            .floats("mean", new float[] {0, 1, -1, 2}, 4)
            .floats("variance", new float[] {1, 4, 9, 0.5f}, 4)
            .node(
                "norm",
                "BatchNormalization",
                List.of("y"),
                List.of("a", "scale", "shift", "mean", "variance"))
            .bytes();
    Graph folded = OnnxImporter.read(bytes, "f").graph();
    Graph plain = OnnxImporter.read(bytes, "f", new ImportOptions().folding(false)).graph();
    assertThat(layers(plain)).containsExactly("before", "norm");
    assertThat(layers(folded)).containsExactly("norm");
    assertThat(folded.constants()).hasSize(2);
    try (Scope scope = Scope.open()) {
      assertThat(run(folded, picture).toFloats())
          .containsExactly(run(plain, picture).toFloats(), within(1e-4f));
    }
  }

  @Test
  void keepsANormalizationWhereTheLayerBeforeIsUsedElsewhere() {
    Graph graph =
        new OnnxFile(13)
            .input(-1, 3)
            .floats("w", count(9), 3, 3)
            .floats("one", new float[] {1, 1, 1}, 3)
            .node("Gemm", "a", List.of("x", "w"))
            .node("BatchNormalization", "b", List.of("a", "one", "one", "one", "one"))
            .node("Add", "y", List.of("a", "b"))
            .read()
            .graph();
    assertThat(layers(graph)).containsExactly("a", "b", "y");
  }

  // ---- tensors ----

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
    assertThat(OnnxTensors.half(0x7bff)).isEqualTo(65504);
    assertThat(OnnxTensors.half(0x0001)).isEqualTo(0x1p-24f);
    assertThat(OnnxTensors.half(0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(OnnxTensors.half(0x7e00)).isNaN();
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

  // ---- what is refused ----

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
  void refusesAnUnknownOperatorNamingNodeOperatorAndWhatIsSupported() {
    assertRefused(
        new OnnxFile(13).input(-1, 3).node("n7", "Madness", List.of("y"), List.of("x")),
        "node \"n7\" (Madness)",
        "unknown operator",
        "Conv, ConvTranspose",
        "Upsample");
  }

  @Test
  void refusesOperatorSetsItDoesNotKnow() {
    assertRefused(
        new OnnxFile(6).input(-1, 3).node("Relu", "y", List.of("x")), "operator set 6", "7 to 20");
    assertRefused(new OnnxFile(21).input(-1, 3).node("Relu", "y", List.of("x")), "operator set 21");
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
        "a second input \"z\"");
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
                .input(-1, 2, 8)
                .floats("w", count(6), 1, 2, 3)
                .node("Conv", "y", List.of("x", "w")),
            "1-dimensional convolutions"),
        arguments(
            new OnnxFile(13)
                .input(-1, 2, 8, 8, 8)
                .floats("w", count(2), 1, 2, 1, 1, 1)
                .node("Conv", "y", List.of("x", "w")),
            "3-dimensional convolutions"),
        arguments(
            new OnnxFile(13)
                .input(-1, 2, 8)
                .node("MaxPool", "y", List.of("x"), integers("kernel_shape", 2)),
            "1-dimensional windows"),
        arguments(
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .floats("s", new float[] {1, 1, 2, 2}, 4)
                .node("Resize", "y", List.of("x", "", "s"), text("mode", "cubic")),
            "cubic is not supported"),
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
            new OnnxFile(13)
                .input(-1, 1, 4, 4)
                .longs("p", 0, 0, 1, 1, 0, 0, 1, 1)
                .node("Pad", "y", List.of("x", "p"), text("mode", "wrap")),
            "mode must be constant, reflect or edge, but is wrap"),
        arguments(
            new OnnxFile(13).input(-1, 3).node("Cast", "y", List.of("x"), integer("to", 7)),
            "cast to floating point"),
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
            new OnnxFile(13).input(-1, huge, 4, 4).node("Relu", "y", List.of("x")),
            "cannot have the shape"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesSizesNobodyHas(OnnxFile file, String part) {
    assertRefused(file, part);
  }

  // ---- damaged files ----

  private static byte[] small() {
    return new OnnxFile(13)
        .input(-1, 1, 6, 6)
        .floats("w", new Rng(1).uniform(18, -1, 1), 2, 1, 3, 3)
        .floats("s", new float[] {1, 2}, 2)
        .node("c", "Conv", List.of("a"), List.of("x", "w"), integers("pads", 1, 1, 1, 1))
        .node("n", "BatchNormalization", List.of("b"), List.of("a", "s", "s", "s", "s"))
        .node("r", "Relu", List.of("d"), List.of("b"))
        .node(
            "p",
            "MaxPool",
            List.of("e"),
            List.of("d"),
            integers("kernel_shape", 2, 2),
            integers("strides", 2, 2))
        .node("", "Shape", List.of("shape"), List.of("e"))
        .longs("first", 0)
        .longs("rest", -1)
        .node("", "Gather", List.of("n0"), List.of("shape", "first"))
        .node("", "Concat", List.of("to"), List.of("n0", "rest"), integer("axis", 0))
        .node("f", "Reshape", List.of("g"), List.of("e", "to"))
        .floats("m", new Rng(2).uniform(54, -1, 1), 3, 18)
        .node("fc", "Gemm", List.of("h"), List.of("g", "m"), integer("transB", 1))
        .node("sm", "Softmax", List.of("y"), List.of("h"))
        .bytes();
  }

  private static byte[] mutated(byte[] original, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = original.clone();
    if (seed % 5 == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int i = 0; i <= seed % 4; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  @Test
  void survivesDamagedFiles() {
    byte[] original = small();
    try (Scope scope = Scope.open()) {
      assertThat(run(OnnxImporter.read(original, "whole").graph(), 1, 6, 6).shape())
          .isEqualTo(Shape.of(4, 3));
    }
    long refused =
        Assertions.assertTimeoutPreemptively(
            Duration.ofMinutes(3),
            () ->
                IntStream.range(0, 500).filter(seed -> isRefused(mutated(original, seed))).count());
    assertThat(refused).isBetween(150L, 490L);
  }

  private static boolean isRefused(byte[] bytes) {
    try (Scope scope = Scope.open()) {
      ImportedModel model = OnnxImporter.read(bytes, "damaged");
      long[] sizes = model.inputShape().stream().mapToLong(size -> size < 0 ? 1 : size).toArray();
      model.graph().forward(Tensor.zeros(sizes));
      return false;
    } catch (ModelFormatException e) {
      assertThat(e.getMessage()).startsWith("damaged: ").doesNotContain("\n");
      return true;
    } catch (TensorException e) {
      return false;
    }
  }
}
