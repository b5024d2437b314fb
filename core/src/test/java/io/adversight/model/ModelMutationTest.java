package io.adversight.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.Message;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Pooling;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens damaged model files through the reader that commands use. */
class ModelMutationTest {
  private static final ModelReader.Given PLAIN =
      new ModelReader.Given(
          FileInput.ONLY,
          Optional.empty(),
          Optional.empty(),
          List.of(0.0),
          List.of(1.0),
          Optional.empty(),
          Optional.empty(),
          Optional.of(OutputKind.LOGITS),
          Optional.empty());
  private static final String PROTOTYPES =
      "[{\"owner\":0,\"dataSet\":\"aviary\",\"image\":3,\"name\":\"a\",\"row\":1,\"column\":2}]";

  private static final String HEADER =
      "{\"__metadata__\":{\"curve\":\"epoch,loss\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
          + "\"b\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[16,32]}}";

  @TempDir private Path folder;

  /** A convolution, global pooling and a dense layer, with prototypes. */
  private static byte[] network(String prototypes) {
    List<Long> ones = List.of(1L, 1L);
    Graph graph =
        new Graph(
            "x",
            List.of(
                new Node(
                    "conv",
                    new Linear.Conv(ones, List.of(1L, 1L, 1L, 1L), ones, 1),
                    List.of("x", "w")),
                new Node("relu", new Activation.Relu(), List.of("conv")),
                new Node("pool", new Pooling.GlobalAveragePool(), List.of("relu")),
                new Node(
                    "flat", new io.adversight.graph.operator.Layout.Flatten(1), List.of("pool")),
                new Node("dense", new Linear.Gemm(1, 1, false, true), List.of("flat", "v"))),
            Map.of(
                "w", Tensor.of(new Rng(1).uniform(4 * 3 * 9, -1, 1), 4, 3, 3, 3),
                "v", Tensor.of(new Rng(2).uniform(12, -1, 1), 3, 4)),
            "dense");
    return OnnxWriter.write(
        graph, Shape.of(1, 3, 8, 8), List.of(), false, Map.of(Prototypes.KEY, prototypes));
  }

  private void open(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("damaged.onnx"), file);
    try (Scope scope = Scope.open()) {
      ModelCard card = ModelReader.describe(path, "damaged", PLAIN, new LabelSource.Numbers());
      GraphClassifier classifier = ModelReader.open(ModelFile.of(path, card), Device.CPU);
      Input input = card.input();
      classifier.logits(Tensor.zeros(1, input.channels(), input.height(), input.width()));
      assertThat(classifier.prototypes().all()).doesNotContainNull();
    }
  }

  @Test
  void opensOrRefusesDamagedNetworks() throws Exception {
    Message network = ModelProto.parseFrom(network(PROTOTYPES));
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofMessages(network), List.of(ModelFormatException.class))
            .inputs(400)
            .run(this::open);
    assertThat(outcome.read()).isGreaterThan(20);
    assertThat(outcome.refused()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[null]",
        "3",
        "{}",
        "",
        "[{\"owner\":0}]",
        "[{\"owner\":0,\"dataSet\":null,\"image\":3,\"name\":\"a\",\"row\":1,\"column\":2}]"
      })
  void refusesWhatIsNoListOfPrototypes(String metadata) {
    assertThatThrownBy(() -> open(network(metadata)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("its metadata \"prototypes\" is not a list of prototypes");
  }

  @Test
  void readsOrRefusesDamagedPrototypes() {
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(PROTOTYPES), List.of(ModelFormatException.class))
            .run(text -> Prototypes.parse(new String(text, UTF_8), "damaged.onnx"));
    assertThat(outcome.read()).isGreaterThan(20);
    assertThat(outcome.refused()).isGreaterThan(20);
  }

  /** A valid file with two tensors and a text. */
  static byte[] safetensors() {
    return safetensors(HEADER.getBytes(UTF_8));
  }

  private static byte[] safetensors(byte[] header) {
    return ByteBuffer.allocate(8 + header.length + 32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  @Test
  void readsOrRefusesDamagedSafetensors() {
    Mutations headers = Mutations.ofJson(HEADER);
    Mutations files = seed -> safetensors(headers.input(seed));
    ReaderCheck.Outcome outcome =
        new ReaderCheck(
                files.and(Mutations.ofBytes(safetensors())), List.of(ModelFormatException.class))
            .inputs(600)
            .run(
                file -> {
                  Path path = Files.write(folder.resolve("damaged.safetensors"), file);
                  Safetensors read = Safetensors.read(path);
                  read.tensors().values().forEach(Tensor::toDoubles);
                });
    assertThat(outcome.read()).isGreaterThan(20);
    assertThat(outcome.refused()).isGreaterThan(100);
  }

  @Test
  void refusesMetadataOfSafetensorsThatIsNoText() throws IOException {
    for (String value : List.of("3", "null", "{\"a\":1}", "[]")) {
      byte[] header = "{\"__metadata__\":{\"curve\":%s}}".formatted(value).getBytes(UTF_8);
      Path path = Files.write(folder.resolve("x.safetensors"), safetensors(header));
      assertThatThrownBy(() -> Safetensors.read(path))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("metadata \"curve\" that is not a text");
    }
  }
}
