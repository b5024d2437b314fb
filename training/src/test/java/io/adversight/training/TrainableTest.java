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
import io.adversight.training.architecture.GapNet;
import io.adversight.training.loss.CrossEntropy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainableTest {
  private static Trainable network() {
    GapNet net = new GapNet(List.of(List.of(4, 5), List.of(6)));
    Graph graph = net.graph(new Input(1, 8, 8), 3, new Rng(2));
    Map<String, Tensor> doubles = new HashMap<>();
    graph.constants().forEach((name, constant) -> doubles.put(name, constant.asDouble()));
    return new Trainable(graph.withConstants(doubles), Device.CPU);
  }

  private static Tensor batch() {
    return Tensor.of(new Rng(5).uniform(6 * 64, 0, 1), 6, 1, 8, 8).asDouble();
  }

  @Test
  void trainsWeightsScalesAndShiftsButNotStatistics() {
    assertThat(network().weights())
        .containsExactly(
            "conv1_1.weight",
            "norm1_1.scale",
            "norm1_1.shift",
            "conv1_2.weight",
            "norm1_2.scale",
            "norm1_2.shift",
            "conv2.weight",
            "norm2.scale",
            "norm2.shift",
            "logits.weight",
            "logits.bias");
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Trainable network = network();
    try (Scope scope = Scope.open()) {
      List<Tensor> values = network.initial();
      List<Tensor> leaves = values.stream().map(Tensor::leaf).toList();
      List<Tensor> gradients =
          Gradients.of(loss(network, leaves), leaves, Gradients.Recording.FREE);
      for (int i = 0; i < values.size(); i++) {
        Tensor value = values.get(i);
        Tensor direction =
            Tensor.of(new Rng(40 + i).normal((int) value.elements()), value.shape().toArray())
                .asDouble();
        double slope = gradients.get(i).mul(direction).sum().item();
        double step = 1e-6;
        double ahead = loss(network, moved(values, i, direction.mul(step))).item();
        double behind = loss(network, moved(values, i, direction.mul(-step))).item();
        assertThat((ahead - behind) / (2 * step))
            .as(network.weights().get(i))
            .isCloseTo(slope, within(1e-7 + 1e-6 * Math.abs(slope)));
      }
    }
  }

  private static Tensor loss(Trainable network, List<Tensor> values) {
    Tensor labels = Tensor.of(new long[] {0, 1, 2, 0, 1, 2}, 6, 1);
    return new CrossEntropy(0.1).of(network.forward(batch(), values), labels);
  }

  private static List<Tensor> moved(List<Tensor> values, int index, Tensor by) {
    List<Tensor> moved = new ArrayList<>(values);
    moved.set(index, values.get(index).add(by));
    return moved;
  }

  @Test
  void runningStatisticsApproachThoseOfTheBatch() {
    Trainable network = network();
    try (Scope scope = Scope.open()) {
      Tensor before = mean(network).copy();
      Tensor batchMean =
          network.with(network.initial()).upTo("conv1_1").forward(batch()).mean(0, 2, 3);
      network.forward(batch(), network.initial());
      float[] after = mean(network).toFloats();
      float[] expected = before.mul(0.9).add(batchMean.reshape(-1).mul(0.1)).toFloats();
      assertThat(after).containsExactly(expected, within(1e-6f));
    }
  }

  private static Tensor mean(Trainable network) {
    return Objects.requireNonNull(network.statistics().get("norm1_1.mean"));
  }
}
