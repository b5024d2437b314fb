package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.attack.SmallNetworks;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose inputs are whole numbers, pixels up to 255, or several. */
class FileInputsTest {
  private static final int SIDE = 4;

  @TempDir private Path folder;
  private GraphProto.Builder graph = GraphProto.newBuilder();
  private ModelProto model = ModelProto.getDefaultInstance();

  @BeforeEach
  void write() throws IOException {
    byte[] plain =
        OnnxWriter.write(
            SmallNetworks.randomLinear(SIDE, 3, 3).graph(), Shape.of(1, 1, SIDE, SIDE));
    model = ModelProto.parseFrom(plain);
    graph = model.getGraph().toBuilder();
  }

  /** The file with a node between the input, which is then called "image", and the network. */
  private void begin(NodeProto.Builder node) {
    graph.setInput(0, graph.getInput(0).toBuilder().setName("image"));
    graph.addNode(0, node.addOutput("x"));
  }

  private void type(int type) {
    graph.setInput(0, change(graph.getInput(0), tensor -> tensor.setElemType(type)));
  }

  private static ValueInfoProto change(
      ValueInfoProto value, UnaryOperator<TypeProto.Tensor.Builder> change) {
    TypeProto.Tensor.Builder tensor = value.getType().getTensorType().toBuilder();
    return value.toBuilder()
        .setType(TypeProto.newBuilder().setTensorType(change.apply(tensor)))
        .build();
  }

  private static NodeProto.Builder node(String type, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs));
  }

  private static NodeProto.Builder cast(String input) {
    return node("Cast", input)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT_VALUE));
  }

  private void number(String name, float value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
  }

  private Path file() throws IOException {
    return Files.write(
        folder.resolve("net.onnx"), model.toBuilder().setGraph(graph).build().toByteArray());
  }

  private static ModelCard card(Path file, FileInput input) {
    return ModelReader.describe(
        file,
        "net",
        new ModelReader.Given(
            input,
            Optional.empty(),
            Optional.empty(),
            List.of(0.0),
            List.of(1.0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new LabelSource.Numbers());
  }

  /** The logits of an image of 8 bits are those of the plain network times a factor. */
  private static void assertLogits(Path file, ModelCard card, double factor) {
    assertThat(ModelCard.parse(card.toJson(), "card")).isEqualTo(card);
    GraphClassifier network = ModelReader.open(ModelFile.of(file, card), Device.CPU);
    try (Scope scope = Scope.open()) {
      Tensor pixels =
          Tensor.of(new Rng(5).uniform(SIDE * SIDE, 0, 255), 1, 1, SIDE, SIDE).round().div(255);
      double[] expected = SmallNetworks.randomLinear(SIDE, 3, 3).logits(pixels).toDoubles();
      double[] found = network.logits(pixels).toDoubles();
      for (int i = 0; i < 3; i++) {
        assertThat(found[i]).isCloseTo(factor * expected[i], within(1e-5 * factor));
      }
    }
  }

  @Test
  void wholeNumbersArePixelsUpTo255() throws IOException {
    begin(cast("image"));
    type(TensorProto.DataType.UINT8_VALUE);
    ModelCard card = card(file(), FileInput.ONLY);
    assertThat(card.preprocessing().range()).isEqualTo(255);
    assertLogits(file(), card, 255);
  }

  @Test
  void aNetworkThatDividesBy255TakesPixelsUpTo255() throws IOException {
    number("white", 255);
    begin(node("Div", "image", "white"));
    ModelCard card = card(file(), FileInput.ONLY);
    assertThat(card.preprocessing().range()).isEqualTo(255);
    assertLogits(file(), card, 1);
  }

  @Test
  void aNetworkThatSubtractsASmallMeanTakesPixelsUpTo1() throws IOException {
    number("mean", 0.5f);
    begin(node("Sub", "image", "mean"));
    assertThat(card(file(), FileInput.ONLY).preprocessing().range()).isEqualTo(1);
  }

  @Test
  void anotherInputIsANumber() throws IOException {
    graph.addInput(
        0,
        change(
            ValueInfoProto.newBuilder().setName("factor").build(),
            tensor ->
                tensor
                    .setElemType(TensorProto.DataType.FLOAT_VALUE)
                    .setShape(TensorShapeProto.getDefaultInstance())));
    graph.addInput(
        change(
            ValueInfoProto.newBuilder().setName("unused").build(),
            tensor -> tensor.setElemType(TensorProto.DataType.INT64_VALUE)));
    graph.addNode(node("Mul", "fc", "factor").addOutput("y"));
    graph.setOutput(0, graph.getOutput(0).toBuilder().setName("y"));
    Path file = file();
    String inputs = "; the inputs are factor (FLOAT), x (FLOAT N x 1 x 4 x 4)";
    assertThatThrownBy(() -> card(file, FileInput.ONLY))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the network has 2 inputs; say which one takes the image")
        .hasMessageEndingWith(inputs);
    assertThatThrownBy(() -> card(file, new FileInput("x", Map.of())))
        .hasMessageContaining("what is every element of the input \"factor\"?")
        .hasMessageEndingWith(inputs);
    assertThatThrownBy(() -> card(file, new FileInput("z", Map.of())))
        .hasMessageEndingWith("there is no input \"z\" that the output needs" + inputs);
    assertThatThrownBy(() -> card(file, new FileInput("x", Map.of("z", 1.0))))
        .hasMessageEndingWith("there is no input \"z\"" + inputs);
    assertLogits(file, card(file, new FileInput("x", Map.of("factor", 3.0))), 3);
    assertLogits(file, card(file, new FileInput("", Map.of("factor", 0.5))), 0.5);
  }
}
