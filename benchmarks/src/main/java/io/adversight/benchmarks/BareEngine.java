package io.adversight.benchmarks;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Linear;
import io.adversight.model.GraphClassifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The yardstick: the operators of a plain chain of convolutions called directly on libtorch, with
 * nothing of Adversight between, channels-last as Adversight does it.
 */
final class BareEngine {
  private final List<UnaryOperator<Tensor>> operators = new ArrayList<>();
  private final int label;

  BareEngine(GraphClassifier classifier, int label) {
    this.label = label;
    Graph graph = classifier.graph();
    Map<String, Tensor> weights = new HashMap<>();
    graph
        .constants()
        .forEach(
            (name, tensor) -> {
              Tensor raw = torch.tensor(tensor.toFloats()).reshape(tensor.shape().toArray());
              weights.put(
                  name, tensor.rank() == 4 ? raw.contiguous(MemoryFormat.ChannelsLast) : raw);
            });
    for (Node node : graph.nodes()) {
      operators.add(operator(node, weights));
    }
  }

  private static UnaryOperator<Tensor> operator(Node node, Map<String, Tensor> weights) {
    if (node.operator() instanceof Linear.Conv conv) {
      Tensor weight = weights.get(node.inputs().get(1));
      TensorOptional bias = new TensorOptional(weights.get(node.inputs().get(2)));
      long[] strides = longs(conv.strides());
      long[] dilations = longs(conv.dilations());
      List<Long> p = conv.pads();
      boolean symmetric = p.get(0).equals(p.get(2)) && p.get(1).equals(p.get(3));
      long[] pads = symmetric ? new long[] {p.get(0), p.get(1)} : new long[] {0, 0};
      long[] around = {p.get(1), p.get(3), p.get(0), p.get(2)};
      return x ->
          torch.conv2d(
              symmetric ? x : torch.constant_pad_nd(x, around, new Scalar(0.0)),
              weight,
              bias,
              strides,
              pads,
              dilations,
              conv.groups());
    }
    if (node.operator() instanceof Activation.Clip clip) {
      return x -> torch.hardtanh(x, new Scalar(clip.min()), new Scalar(clip.max()));
    }
    if (node.operator() instanceof Linear.Gemm) {
      Tensor weight = weights.get(node.inputs().get(1));
      TensorOptional bias = new TensorOptional(weights.get(node.inputs().get(2)));
      return x -> torch.linear(x, weight, bias);
    }
    return switch (node.operator().type()) {
      case "GlobalAveragePool" -> x -> torch.adaptive_avg_pool2d(x, 1, 1);
      case "Flatten" -> x -> torch.flatten(x, 1, -1);
      default -> throw new IllegalArgumentException("not in the yardstick: " + node);
    };
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private Tensor logits(Tensor pixels) {
    Tensor x =
        pixels.mul(new Scalar(2.0)).sub(new Scalar(1.0)).contiguous(MemoryFormat.ChannelsLast);
    for (UnaryOperator<Tensor> operator : operators) {
      x = operator.apply(x);
    }
    return x;
  }

  /** One forward pass; returns the first logit. */
  float forward(Tensor pixels) {
    try (PointerScope scope = new PointerScope()) {
      return logits(pixels).data_ptr_float().get(0);
    }
  }

  /** One forward pass and the gradient of one logit with respect to the pixels. */
  float forwardAndInputGradient(Tensor pixels) {
    try (PointerScope scope = new PointerScope()) {
      Tensor leaf = pixels.detach().set_requires_grad(true);
      Tensor logit = logits(leaf).select(1, label).sum();
      TensorVector gradient =
          torch.grad(
              new TensorVector(logit),
              new TensorVector(leaf),
              new TensorVector(torch.ones_like(logit)),
              new BoolOptional(false),
              false,
              false);
      return gradient.get(0).contiguous().data_ptr_float().get(0);
    }
  }

  static Tensor raw(io.adversight.tensor.Tensor pixels) {
    return torch.tensor(pixels.toFloats()).reshape(pixels.shape().toArray());
  }
}
