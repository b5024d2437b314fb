package io.adversight.attack.latent;

import io.adversight.attack.SmallNetworks;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Input;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A generative model of 8 x 8 images in four classes with linear parts and random weights: every
 * code decodes to an image near the first of {@link SmallNetworks#smoothInputs}.
 */
public final class TinyGenerator {
  private static final int CODE = 3;

  private TinyGenerator() {}

  /** The path of the model's file, with its card beside it; gone when the tests end. */
  public static String path() {
    try {
      Path folder = Files.createTempDirectory("tiny-generator");
      Path file = folder.resolve("tiny-generator.onnx");
      Path card = folder.resolve("tiny-generator.card.json");
      List.of(folder, file, card).forEach(path -> path.toFile().deleteOnExit());
      List<String> outputs = List.of("logits", "image", "realness");
      Files.write(file, OnnxWriter.write(graph(), Shape.of(1, 1, 8, 8), outputs, false, Map.of()));
      Files.writeString(card, card().toJson());
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelCard card() {
    return ModelCard.of(
            "tiny-generator",
            "tiny-generator.onnx",
            new Input(1, 8, 8),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            4,
            new LabelSource.Inline(List.of("a", "b", "c", "d")))
        .withOutputName("logits");
  }

  private static Graph graph() {
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("encoder", normal(1, 0.3, CODE, 64));
    constants.put("classifier", normal(2, 1, 4, CODE));
    constants.put("decoder", normal(3, 0.02, 64, CODE));
    constants.put("discriminator", normal(4, 1, 1, CODE));
    try (Scope scope = Scope.open()) {
      Tensor first = SmallNetworks.smoothInputs().rows(0).reshape(64);
      Tensor logits = first.div(first.neg().add(1)).log();
      constants.put("mean", scope.release(logits));
    }
    Linear dense = new Linear.Gemm(1, 1, false, true);
    Layout maps = new Layout.Reshape(List.of(-1L, 1L, 8L, 8L), false);
    List<Node> nodes =
        List.of(
            new Node("flat", new Layout.Flatten(1), List.of("x")),
            new Node("code", dense, List.of("flat", "encoder")),
            new Node("logits", dense, List.of("code", "classifier")),
            new Node("decoded", dense, List.of("code", "decoder", "mean")),
            new Node("maps", maps, List.of("decoded")),
            new Node("image", new Activation.Sigmoid(), List.of("maps")),
            new Node("realness", dense, List.of("code", "discriminator")));
    return new Graph("x", nodes, constants, "logits");
  }

  private static Tensor normal(long seed, double deviation, long rows, long columns) {
    float[] values = new Rng(seed).normal((int) (rows * columns));
    return Tensor.of(values, rows, columns).mul(deviation);
  }
}
