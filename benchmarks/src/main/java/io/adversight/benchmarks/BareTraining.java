package io.adversight.benchmarks;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The yardstick of training: the operators of a residual network, its cross-entropy, gradients and
 * steps with momentum in place, called directly on libtorch.
 */
final class BareTraining {
  private static final double STATISTICS = 0.1;

  private final Graph graph;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final Map<String, Tensor> statistics = new HashMap<>();
  private final List<Tensor> velocities = new ArrayList<>();
  private final double momentum;

  /**
   * @param names of the weights that are trained
   */
  BareTraining(Graph graph, List<String> names, double momentum) {
    this.graph = graph;
    this.momentum = momentum;
    for (String name : names) {
      weights.put(name, raw(graph, name).set_requires_grad(true));
      velocities.add(torch.zeros_like(weights.get(name)));
    }
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Normalization.BatchNormalization) {
        node.inputs().subList(3, 5).forEach(name -> statistics.put(name, raw(graph, name)));
      }
    }
  }

  private static Tensor raw(Graph graph, String name) {
    io.adversight.tensor.Tensor constant = graph.constants().get(name);
    Tensor raw = torch.tensor(constant.toFloats()).reshape(constant.shape().toArray());
    return constant.rank() == 4 ? raw.contiguous(MemoryFormat.ChannelsLast) : raw;
  }

  /** One step; returns the loss before it. */
  float step(Tensor pixels, Tensor labels, double rate) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> values = new HashMap<>();
      values.put(graph.input(), pixels.contiguous(MemoryFormat.ChannelsLast));
      for (Node node : graph.nodes()) {
        values.put(node.name(), value(node, values));
      }
      Tensor log = torch.log_softmax(values.get(graph.output()), 1);
      Tensor loss = torch.gather(log, 1, labels).mean().neg();
      TensorVector inputs = new TensorVector(weights.values().toArray(new Tensor[0]));
      TensorVector gradients =
          torch.grad(
              new TensorVector(loss),
              inputs,
              new TensorVector(torch.ones_like(loss)),
              new BoolOptional(false),
              false,
              false);
      try (AutoGradMode off = new AutoGradMode(false)) {
        int i = 0;
        for (Tensor weight : weights.values()) {
          Tensor velocity = velocities.get(i);
          velocity.mul_(new Scalar(momentum)).add_(gradients.get(i++), new Scalar(1.0));
          weight.add_(velocity, new Scalar(-rate));
        }
      }
      return loss.item_float();
    }
  }

  private Tensor value(Node node, Map<String, Tensor> values) {
    List<String> in = node.inputs();
    Tensor x = values.get(in.get(0));
    if (node.operator() instanceof Linear.Conv conv) {
      long[] pads = {conv.pads().get(0), conv.pads().get(1)};
      return torch.conv2d(
          x,
          weights.get(in.get(1)),
          new TensorOptional(),
          longs(conv.strides()),
          pads,
          new long[] {1, 1},
          1);
    }
    if (node.operator() instanceof Normalization.BatchNormalization norm) {
      return torch.batch_norm(
          x,
          new TensorOptional(weights.get(in.get(1))),
          new TensorOptional(weights.get(in.get(2))),
          new TensorOptional(statistics.get(in.get(3))),
          new TensorOptional(statistics.get(in.get(4))),
          true,
          STATISTICS,
          norm.epsilon(),
          true);
    }
    if (node.operator() instanceof Linear.Gemm) {
      return torch.linear(x, weights.get(in.get(1)), new TensorOptional(weights.get(in.get(2))));
    }
    return switch (node.operator().type()) {
      case "Relu" -> torch.relu(x);
      case "Add" -> x.add(values.get(in.get(1)));
      case "MaxPool" ->
          torch.max_pool2d(
              x, new long[] {1, 1}, new long[] {2, 2}, new long[] {0, 0}, new long[] {1, 1}, false);
      case "Pad" ->
          torch.constant_pad_nd(x, new long[] {0, 0, 0, 0, 0, x.size(1)}, new Scalar(0.0));
      case "GlobalAveragePool" -> torch.adaptive_avg_pool2d(x, 1, 1);
      case "Flatten" -> torch.flatten(x, 1, -1);
      default -> throw new IllegalArgumentException("not in the yardstick: " + node);
    };
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
