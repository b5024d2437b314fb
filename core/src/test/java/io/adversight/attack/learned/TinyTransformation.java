package io.adversight.attack.learned;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Linear;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A generator with random weights for grey images of 8 x 8 in four classes: tanh(conv(x)). */
public final class TinyTransformation {
  static final int SIDE = 8;
  static final int CLASSES = 4;

  private TinyTransformation() {}

  /** Its file, which is there until the tests end. */
  public static String file() {
    try {
      Path file = Files.createTempFile("generator", ".onnx");
      file.toFile().deleteOnExit();
      return Files.write(file, bytes(Generator.DIRECTIONS, CLASSES)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Graph graph(String output, int classes) {
    List<Long> ones = List.of(1L, 1L);
    Linear.Conv conv = new Linear.Conv(ones, List.of(1L, 1L, 1L, 1L), ones, 1);
    float[] weights = new Rng(3).normal((1 + classes) * 9);
    Map<String, Tensor> constants = Map.of("w", Tensor.of(weights, 1 + classes, 1, 3, 3));
    List<Node> nodes =
        List.of(
            new Node("conv", conv, List.of("x", "w")),
            new Node(output, new Activation.Tanh(), List.of("conv")));
    return new Graph("x", nodes, constants, output);
  }

  static byte[] bytes(String output, int classes) {
    try (Scope scope = Scope.open()) {
      return OnnxWriter.write(graph(output, classes), Shape.of(1, 1, SIDE, SIDE));
    }
  }
}
