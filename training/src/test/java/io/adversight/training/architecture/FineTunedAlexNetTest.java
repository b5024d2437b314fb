package io.adversight.training.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.image.Raster;
import io.adversight.model.Input;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe that fine-tunes the hub's AlexNet, on a small network whose layer has its name. */
class FineTunedAlexNetTest {
  private static final String LAYER = "/features/features.12/MaxPool";

  @TempDir Path folder;

  private Path standIn() throws IOException {
    try (Scope scope = Scope.open()) {
      GraphBuilder plan = new GraphBuilder("input", 3, new Rng(1));
      String last = plan.relu("relu", plan.conv("conv", "input", 8, 11, 8, 2, 1, true));
      last = plan.maxPool(LAYER, last, 3, 2, 0, false);
      String pooled = plan.flatten("flat", plan.globalAveragePool("gap", last));
      Graph graph = plan.graph(plan.dense("fc", pooled, 5));
      Files.writeString(
          folder.resolve("alexnet.card.json"),
          """
          {"name": "alexnet", "file": "alexnet.onnx",
           "input": {"channels": 3, "height": 224, "width": 224},
           "preprocessing": {"channels": "RGB", "range": 1, "mean": [0.5], "std": [0.5]},
           "resize": {"mode": "stretch"}, "output": "logits", "classes": 5,
           "labels": ["a", "b", "c", "d", "e"]}
          """);
      return Files.write(
          folder.resolve("alexnet.onnx"), OnnxWriter.write(graph, Shape.of(1, 3, 224, 224)));
    }
  }

  /** Images of 32 x 32 in two colours. */
  private record Colours(int size) implements DataSet {
    @Override
    public String name() {
      return "colours";
    }

    @Override
    public int label(int i) {
      return i % 2;
    }

    @Override
    public Raster image(int i) {
      return Raster.generate(
          3, 32, 32, (c, y, x) -> c == i % 2 ? 0.9 : ((i * 7 + x * 3 + y) % 10) / 40.0);
    }

    @Override
    public List<String> classNames() {
      return List.of("red", "green");
    }
  }

  @Test
  void enlargesTheImagesAndLearns() throws IOException {
    Recipe named = Recipe.named("alexnet-cifar10");
    String json =
        named
            .toJson()
            .replace("\"network\":\"alexnet\"", "\"network\":\"%s\"".formatted(standIn()));
    Train.Result result =
        Train.run(
            Recipe.parse(json, "test"),
            new Colours(64),
            new Colours(16),
            folder.resolve("out"),
            Device.CPU,
            Progress.SILENT);
    assertThat(result.card().input()).isEqualTo(new Input(3, 224, 224));
    assertThat(result.card().classes()).isEqualTo(2);
    assertThat(result.curve().points()).hasSize(named.epochs());
    double first = result.curve().points().get(0).loss();
    assertThat(result.curve().points().get(named.epochs() - 1).loss()).isLessThan(0.9 * first);
    assertThat(IntStream.range(0, 8).mapToObj(e -> result.curve().points().get(e).phase()))
        .startsWith("head")
        .endsWith("all");
  }
}
