package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Linear;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose input is no image of one or three channels. */
class ModelReaderChannelsTest {
  @TempDir private Path folder;

  private static byte[] network() {
    List<Long> ones = List.of(1L, 1L);
    Node conv =
        new Node(
            "conv", new Linear.Conv(ones, List.of(0L, 0L, 0L, 0L), ones, 1), List.of("x", "w"));
    Graph graph = new Graph("x", List.of(conv), Map.of("w", Tensor.ones(2, 4, 8, 8)), "conv");
    return OnnxWriter.write(graph, Shape.of(1, 4, 8, 8));
  }

  @Test
  void refusesFourChannelsInOneLine() throws IOException {
    Path file = Files.write(folder.resolve("four.onnx"), network());
    ModelReader.Given plain =
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
    assertThatThrownBy(() -> ModelReader.describe(file, "four", plain, new LabelSource.Numbers()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            file
                + ": the input has the shape [-1, 4, 8, 8]: neither its second nor its last size"
                + " is 1 (grey) or 3 (colour) channels, so it takes no images");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"-1, 4, -1, -1", "-1, 2, -1, 3000", "1, 8, 8, 4", "1, 3, 8, 8, 8"})
  void refusesWhatIsNoImage(String shape) {
    List<Long> sizes = Stream.of(shape.split(", ")).map(Long::valueOf).toList();
    assertThatThrownBy(() -> ModelReader.requireImages(sizes, "x.onnx"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the shape [" + shape + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"-1, 3, -1, -1", "-1, -1, -1, 3", "1, 224, 224, -1", "1, -1, 8, 8", "1, 1, 1, 1"})
  void takesWhatMayBeAnImage(String shape) {
    List<Long> sizes = Stream.of(shape.split(", ")).map(Long::valueOf).toList();
    assertThatCode(() -> ModelReader.requireImages(sizes, "x.onnx")).doesNotThrowAnyException();
  }

  @Test
  void refusesImagesOfOtherChannelsThanTheFiles() {
    assertThatThrownBy(
            () ->
                OnnxImporter.read(
                    network(), "four.onnx", new ImportOptions().image(Shape.of(1, 3, 8, 8))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("four.onnx: the input \"x\" takes 4 channels, but images of 3 were given");
  }
}
