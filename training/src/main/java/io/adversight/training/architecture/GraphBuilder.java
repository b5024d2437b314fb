package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Resampling;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network while it is drawn up, layer by layer: each method adds a layer behind the layer {@code
 * from} and returns the new layer's name. Weights are drawn from the normal distribution with
 * variance 2 / fan-in (He et al. 2015, equation 10), 1 / fan-in in dense layers.
 */
final class GraphBuilder {
  private static final double EPSILON = 1e-5;

  private final String input;
  private final Rng rng;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, Integer> channels = new HashMap<>();

  GraphBuilder(String input, int inputChannels, Rng rng) {
    this.input = input;
    this.rng = rng;
    channels.put(input, inputChannels);
  }

  /**
   * A network that begins as another does.
   *
   * @param part the layers that are there
   * @param channels of its output
   */
  static GraphBuilder on(Graph part, int channels, Rng rng) {
    GraphBuilder plan = new GraphBuilder(part.input(), 0, rng);
    plan.nodes.addAll(part.nodes());
    part.nodes().stream()
        .flatMap(node -> node.inputs().stream())
        .filter(part.constants()::containsKey)
        .forEach(name -> plan.constants.computeIfAbsent(name, part.constants()::get));
    plan.channels.put(part.output(), channels);
    return plan;
  }

  /** Where first weights come from. */
  Rng rng() {
    return rng;
  }

  /** A convolution without bias, padded so that a stride of 1 keeps the size. */
  String conv(String name, String from, int outputs, int kernel, int stride) {
    return conv(name, from, outputs, kernel, stride, (kernel - 1) / 2, 1, false);
  }

  /** A convolution with bias, padded so that a stride of 1 keeps the size. */
  String biased(String name, String from, int outputs, int kernel, int stride) {
    return conv(name, from, outputs, kernel, stride, (kernel - 1) / 2, 1, true);
  }

  /** A convolution of each channel on its own, without bias, padded like the others. */
  String depthwise(String name, String from, int kernel, int stride) {
    int channels = channels(from);
    return conv(name, from, channels, kernel, stride, (kernel - 1) / 2, channels, false);
  }

  /**
   * A convolution.
   *
   * @param pad rows and columns added on each side
   * @param groups how many groups of channels are kept apart
   */
  String conv(
      String name,
      String from,
      int outputs,
      int kernel,
      int stride,
      int pad,
      int groups,
      boolean bias) {
    int inputs = channels(from) / groups;
    double variance = 2.0 / (inputs * kernel * kernel);
    String weight = drawn(name + ".weight", variance, outputs, inputs, kernel, kernel);
    Operator conv = new Linear.Conv(same(stride, 2), same(pad, 4), same(1, 2), groups);
    return add(
        name,
        conv,
        bias
            ? List.of(from, weight, constant(name + ".bias", Tensor.zeros(outputs)))
            : List.of(from, weight),
        outputs);
  }

  /** A convolution without bias, its normalisation and ReLU; the last has the name's number. */
  String convNormRelu(String place, String from, int outputs, int kernel, int stride) {
    String conv = conv("conv" + place, from, outputs, kernel, stride);
    return relu("relu" + place, norm("norm" + place, conv));
  }

  /** Batch normalisation, at first with scale 1 and shift 0. */
  String norm(String name, String from) {
    int size = channels(from);
    List<String> inputs =
        List.of(
            from,
            constant(name + ".scale", Tensor.ones(size)),
            constant(name + ".shift", Tensor.zeros(size)),
            constant(name + ".mean", Tensor.zeros(size)),
            constant(name + ".variance", Tensor.ones(size)));
    return add(name, new Normalization.BatchNormalization(EPSILON), inputs, size);
  }

  String relu(String name, String from) {
    return add(name, new Activation.Relu(), List.of(from), channels(from));
  }

  /** The sum of two layers of one shape. */
  String sum(String name, String from, String other) {
    return add(name, new Arithmetic.Add(), List.of(from, other), channels(from));
  }

  /** The product of two layers, of one shape or one with a single channel. */
  String product(String name, String from, String other) {
    return add(name, new Arithmetic.Mul(), List.of(from, other), channels(from));
  }

  /** A layer with a number added. */
  String plus(String name, String from, double number) {
    String constant = number(name + ".number", number);
    return add(name, new Arithmetic.Add(), List.of(from, constant), channels(from));
  }

  String sigmoid(String name, String from) {
    return add(name, new Activation.Sigmoid(), List.of(from), channels(from));
  }

  /** Values cut to [0, 6]. */
  String relu6(String name, String from) {
    return add(name, new Activation.Clip(0, 6), List.of(from), channels(from));
  }

  /** The largest element of windows that lie side by side. */
  String maxPool(String name, String from, int size) {
    return maxPool(name, from, size, size, 0, false);
  }

  /**
   * The largest element of windows.
   *
   * @param pad rows and columns added on each side
   * @param ceil whether windows that reach over the end count
   */
  String maxPool(String name, String from, int size, int stride, int pad, boolean ceil) {
    Operator pool =
        new Pooling.MaxPool(
            same(size, 2), same(stride, 2), same(pad, 4), same(1, 2), ceil, AutoPad.NOTSET);
    return add(name, pool, List.of(from), channels(from));
  }

  /** Rows and columns interpolated linearly at twice as many places. */
  String doubled(String name, String from) {
    Operator resize =
        new Resampling.Resize(
            List.of(2.0, 2.0),
            List.of(),
            Resampling.Mode.LINEAR,
            Resampling.Coordinates.HALF_PIXEL,
            Resampling.Rounding.ROUND_PREFER_FLOOR);
    return add(name, resize, List.of(from), channels(from));
  }

  /** Any operator of layers and constants. */
  String apply(String name, Operator operator, int outputs, String... inputs) {
    return add(name, operator, List.of(inputs), outputs);
  }

  /** Layers side by side along the channels. */
  String concat(String name, String... from) {
    int outputs = Arrays.stream(from).mapToInt(this::channels).sum();
    return add(name, new Layout.Concat(1), List.of(from), outputs);
  }

  String globalAveragePool(String name, String from) {
    return add(name, new Pooling.GlobalAveragePool(), List.of(from), channels(from));
  }

  String flatten(String name, String from) {
    return add(name, new Layout.Flatten(1), List.of(from), channels(from));
  }

  /** A flat layer of all elements of maps with {@code positions} places. */
  String flattenMaps(String name, String from, int positions) {
    return add(name, new Layout.Flatten(1), List.of(from), channels(from) * positions);
  }

  /** A dense layer with bias behind a flat layer. */
  String dense(String name, String from, int outputs) {
    return sharedDense(name, name, from, outputs);
  }

  /**
   * A dense layer with bias behind a flat layer, whose weights may be in use already.
   *
   * @param weights how their names begin
   */
  String sharedDense(String name, String weights, String from, int outputs) {
    int inputs = channels(from);
    String weight = weights + ".weight";
    String bias = weights + ".bias";
    if (!constants.containsKey(weight)) {
      drawn(weight, 1.0 / inputs, outputs, inputs);
      constant(bias, Tensor.zeros(outputs));
    }
    return add(name, new Linear.Gemm(1, 1, false, true), List.of(from, weight, bias), outputs);
  }

  /** A dense layer with bias of each token of (N, tokens, channels). */
  String tokenDense(String name, String from, int outputs) {
    int inputs = channels(from);
    String weight = drawn(name + ".weight", 1.0 / inputs, inputs, outputs);
    String product = add(name + ".product", new Linear.MatMul(), List.of(from, weight), outputs);
    String bias = constant(name + ".bias", Tensor.zeros(outputs));
    return add(name, new Arithmetic.Add(), List.of(product, bias), outputs);
  }

  /**
   * Normalisation of each token by its own mean and variance, at first with scale 1 and shift 0.
   */
  String layerNorm(String name, String from) {
    int size = channels(from);
    return add(
        name,
        new Normalization.LayerNormalization(-1, EPSILON),
        List.of(
            from,
            constant(name + ".scale", Tensor.ones(size)),
            constant(name + ".shift", Tensor.zeros(size))),
        size);
  }

  /** The product of a layer with a number. */
  String times(String name, String from, double number) {
    String constant = number(name + ".number", number);
    return add(name, new Arithmetic.Mul(), List.of(from, constant), channels(from));
  }

  /** x / 2 (1 + erf (x / sqrt 2)) (Hendrycks and Gimpel 2016), of the operators that set 17 has. */
  String gelu(String name, String from) {
    int size = channels(from);
    String scaled = times(name + ".scaled", from, Math.sqrt(0.5));
    String erf = add(name + ".erf", new Activation.Erf(), List.of(scaled), size);
    String gate = product(name + ".gated", from, plus(name + ".gate", erf, 1));
    return times(name, gate, 0.5);
  }

  /** A constant of normally distributed numbers that is added to a layer. */
  String plusDrawn(String name, String from, double deviation, long... sizes) {
    String constant = drawn(name + ".weight", deviation * deviation, sizes);
    return add(name, new Arithmetic.Add(), List.of(from, constant), channels(from));
  }

  /** The finished network, whose output is that of the layer {@code output}. */
  Graph graph(String output) {
    return new Graph(input, nodes, constants, output);
  }

  private String add(String name, Operator operator, List<String> inputs, int outputs) {
    nodes.add(new Node(name, operator, inputs));
    channels.put(name, outputs);
    return name;
  }

  private String drawn(String name, double variance, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count = Math.multiplyExact(count, (int) size);
    }
    float[] values = rng.split(constants.size()).normal(count);
    float deviation = (float) Math.sqrt(variance);
    for (int i = 0; i < count; i++) {
      values[i] *= deviation;
    }
    return constant(name, Tensor.of(values, sizes));
  }

  /** A number of the architecture; without dimensions it is not trained. */
  String number(String name, double value) {
    return constant(name, Tensor.scalar(value).asFloat());
  }

  /** A constant under a name. */
  String constant(String name, Tensor value) {
    constants.put(name, Scope.current().map(scope -> scope.keep(value)).orElse(value));
    return name;
  }

  int channels(String name) {
    Integer known = channels.get(name);
    if (known == null) {
      throw new IllegalArgumentException("there is no layer \"%s\" yet".formatted(name));
    }
    return known;
  }

  private static List<Long> same(long value, int times) {
    return Collections.nCopies(times, value);
  }
}
