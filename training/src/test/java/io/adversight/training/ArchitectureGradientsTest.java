package io.adversight.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.Graph;
import io.adversight.graph.training.Trainable;
import io.adversight.model.Input;
import io.adversight.tensor.Device;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.AttentionPooling;
import io.adversight.training.architecture.ConvNeXt;
import io.adversight.training.architecture.DenseAssociativeMemory;
import io.adversight.training.architecture.ProtoPNet;
import io.adversight.training.architecture.ResNet;
import io.adversight.training.architecture.ResidualAttention;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import io.adversight.training.architecture.VisionTransformer;
import io.adversight.training.loss.CrossEntropy;
import io.adversight.training.loss.LatentHeadsLoss;
import io.adversight.training.loss.PassLoss;
import io.adversight.training.loss.PowerLoss;
import io.adversight.training.loss.PrototypeLoss;
import io.adversight.training.loss.TrainingPass;
import io.adversight.training.loss.VariationalLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gradients of the losses with respect to every weight, against finite differences. */
class ArchitectureGradientsTest {
  private static final List<List<Integer>> STAGES = List.of(List.of(3), List.of(4));
  private static final Input INPUT = new Input(1, 8, 8);

  private static void check(Architecture architecture, PassLoss loss) {
    try (Scope scope = Scope.open()) {
      Graph graph = architecture.graph(INPUT, 3, new Rng(2));
      Map<String, Tensor> doubles = new HashMap<>();
      // Biases of exactly 0 would put dead units onto the kink of the ReLU.
      graph
          .constants()
          .forEach(
              (name, constant) ->
                  doubles.put(
                      name,
                      name.endsWith(".bias")
                          ? constant.asDouble().add(0.03)
                          : constant.asDouble()));
      Trainable network = new Trainable(graph.withConstants(doubles), Device.CPU);
      List<Tensor> values = network.initial();
      List<Tensor> leaves = values.stream().map(Tensor::leaf).toList();
      List<Tensor> gradients =
          Gradients.of(value(network, loss, leaves), leaves, Gradients.Recording.FREE);
      for (int i = 0; i < values.size(); i++) {
        Tensor value = values.get(i);
        Tensor direction =
            Tensor.of(new Rng(40 + i).normal((int) value.elements()), value.shape().toArray())
                .asDouble();
        double slope = gradients.get(i).mul(direction).sum().item();
        double step = 1e-6;
        double ahead = value(network, loss, moved(values, i, direction.mul(step))).item();
        double behind = value(network, loss, moved(values, i, direction.mul(-step))).item();
        assertThat((ahead - behind) / (2 * step))
            .as("%s of %s", network.weights().get(i), architecture)
            .isCloseTo(slope, within(1e-6 + 1e-5 * Math.abs(slope)));
      }
    }
  }

  private static Tensor value(Trainable network, PassLoss loss, List<Tensor> values) {
    Tensor batch = Tensor.of(new Rng(5).uniform(6 * 64, 0, 1), 6, 1, 8, 8).asDouble();
    Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, 1, 2}, 6, 1);
    return loss.of(TrainingPass.of(network.with(values), batch, name -> true), labels);
  }

  private static List<Tensor> moved(List<Tensor> values, int index, Tensor by) {
    List<Tensor> moved = new ArrayList<>(values);
    moved.set(index, values.get(index).add(by));
    return moved;
  }

  @Test
  void attentionPooling() {
    check(new AttentionPooling(STAGES), new CrossEntropy(0.1));
  }

  @Test
  void residualAttention() {
    check(new ResidualAttention(List.of(4)), new CrossEntropy(0.1));
  }

  @Test
  void residualNetworksWithBothShortcuts() {
    check(new ResNet(3, List.of(1, 1), ResNet.Stem.SMALL), new CrossEntropy(0));
    check(new ResNet(3, List.of(1, 1), ResNet.Stem.LARGE), new CrossEntropy(0));
  }

  @Test
  void visionTransformers() {
    check(new VisionTransformer(List.of(), 4, 4, 1, 2, 5), new CrossEntropy(0));
    check(new VisionTransformer(List.of(3), 2, 4, 2, 1, 5), new CrossEntropy(0.1));
  }

  @Test
  void convNeXt() {
    check(new ConvNeXt(List.of(), 2, List.of(3, 4), List.of(1, 1), 3, 0.5), new CrossEntropy(0));
    check(new ConvNeXt(List.of(3), 2, List.of(4), List.of(2), 3, 1), new CrossEntropy(0.1));
  }

  @Test
  void prototypes() {
    check(new ProtoPNet(STAGES, 5, 2, 0), new PrototypeLoss(0.8, 0.08, 1e-2));
  }

  @Test
  void denseAssociativeMemories() {
    check(new DenseAssociativeMemory(5, 3, 4, 0.1, 0.4), new PowerLoss(2));
    check(new DenseAssociativeMemory(5, 20, 6, 0.1, 0.4), new PowerLoss(4));
  }

  @Test
  void supervisedAutoEncoders() {
    for (List<Integer> convolutions : List.of(List.<Integer>of(), List.of(3))) {
      SupervisedAutoEncoder both = new SupervisedAutoEncoder(3, convolutions, List.of(6), 5, 1);
      check(both, new VariationalLoss(0.5, 2));
      check(both, new LatentHeadsLoss(0.7));
    }
  }
}
