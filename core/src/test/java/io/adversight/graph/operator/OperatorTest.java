package io.adversight.graph.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.adversight.graph.SlowOperators;
import io.adversight.graph.SlowOperators.Maps;
import io.adversight.graph.SlowOperators.Steps;
import io.adversight.graph.operator.Resampling.Coordinates;
import io.adversight.graph.operator.Resampling.Mode;
import io.adversight.graph.operator.Resampling.Resize;
import io.adversight.graph.operator.Resampling.Rounding;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator: its values against hand-computed ones or a slow re-implementation, its shape rule
 * against the values' shape, its gradients against central differences in float64.
 */
@SuppressWarnings("ArrayRecordComponent")
class OperatorTest {
  private static final List<Long> ONES = List.of(1L, 1L);
  private static final int THREADS = Engine.threads();

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  /** Numbers with a shape. */
  record Input(double[] values, long... sizes) {
    Tensor tensor() {
      return Tensor.of(values, sizes);
    }

    Maps maps() {
      return new Maps(values, (int) sizes[0], (int) sizes[1], (int) sizes[2], (int) sizes[3]);
    }
  }

  private static Input random(int seed, long... sizes) {
    float[] floats = new Rng(seed).uniform((int) Shape.of(sizes).elements(), -2, 2);
    double[] values = new double[floats.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
    }
    return new Input(values, sizes);
  }

  private static Input positive(int seed, long... sizes) {
    Input input = random(seed, sizes);
    return new Input(Arrays.stream(input.values).map(v -> Math.abs(v) + 0.2).toArray(), sizes);
  }

  private static Input of(double... values) {
    return new Input(values, values.length);
  }

  private static Arguments unary(String name, Operator operator, DoubleUnaryOperator function) {
    Input x = random(1, 2, 3);
    return arguments(name, operator, List.of(x), Arrays.stream(x.values).map(function).toArray());
  }

  private static Arguments unaryPositive(
      String name, Operator operator, DoubleUnaryOperator function) {
    Input x = positive(1, 2, 3);
    return arguments(name, operator, List.of(x), Arrays.stream(x.values).map(function).toArray());
  }

  /** The error function by its series (Abramowitz and Stegun 7.1.5). */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 80; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static double limit(double x) {
    return Math.max(0, Math.min(1, x));
  }

  static Stream<Arguments> activations() {
    double tanhScale = Math.sqrt(2 / Math.PI);
    return Stream.of(
        unary("Relu", new Activation.Relu(), x -> Math.max(x, 0)),
        unary("Clip", new Activation.Clip(-0.5, 1), x -> Math.max(-0.5, Math.min(1, x))),
        unary(
            "Clip without a minimum",
            new Activation.Clip(Double.NEGATIVE_INFINITY, 0.5),
            x -> Math.min(0.5, x)),
        unary("LeakyRelu", new Activation.LeakyRelu(0.1), x -> x > 0 ? x : 0.1 * x),
        unary("Elu", new Activation.Elu(1.5), x -> x > 0 ? x : 1.5 * Math.expm1(x)),
        unary("Selu", new Activation.Selu(2, 3), x -> 3 * (x > 0 ? x : 2 * Math.expm1(x))),
        unary("Sigmoid", new Activation.Sigmoid(), x -> 1 / (1 + Math.exp(-x))),
        unary("HardSigmoid", new Activation.HardSigmoid(0.3, 0.4), x -> limit(0.3 * x + 0.4)),
        unary("HardSwish", new Activation.HardSwish(), x -> x * limit(x / 6 + 0.5)),
        unary("Tanh", new Activation.Tanh(), Math::tanh),
        unary("Softplus", new Activation.Softplus(), x -> Math.log1p(Math.exp(x))),
        unary("Erf", new Activation.Erf(), OperatorTest::erf),
        unary("Gelu", new Activation.Gelu(false), x -> x / 2 * (1 + erf(x / Math.sqrt(2)))),
        unary(
            "Gelu by tanh",
            new Activation.Gelu(true),
            x -> x / 2 * (1 + Math.tanh(tanhScale * (x + 0.044715 * x * x * x)))),
        unary("Exp", new Activation.Exp(), Math::exp),
        unary("Neg", new Activation.Neg(), x -> -x),
        unary("Abs", new Activation.Abs(), Math::abs),
        unary("Floor", new Activation.Floor(), Math::floor),
        unary("Ceil", new Activation.Ceil(), Math::ceil),
        unaryPositive("Sqrt", new Activation.Sqrt(), Math::sqrt),
        unaryPositive("Log", new Activation.Log(), Math::log),
        unaryPositive("Reciprocal", new Activation.Reciprocal(), x -> 1 / x),
        arguments(
            "Softmax",
            new Activation.Softmax(1),
            List.of(new Input(new double[] {0, Math.log(3), 5, 5}, 2, 2)),
            new double[] {0.25, 0.75, 0.5, 0.5}),
        arguments(
            "Softmax over all dimensions from the axis on",
            new Activation.Softmax(1, true),
            List.of(new Input(new double[] {0, Math.log(2), Math.log(3), Math.log(4)}, 1, 2, 2)),
            new double[] {0.1, 0.2, 0.3, 0.4}),
        arguments(
            "LogSoftmax",
            new Activation.LogSoftmax(-1, false),
            List.of(new Input(new double[] {0, Math.log(3)}, 1, 2)),
            new double[] {Math.log(0.25), Math.log(0.75)}),
        arguments(
            "LogSoftmax over all dimensions from the axis on",
            new Activation.LogSoftmax(1, true),
            List.of(new Input(new double[] {0, 0, 0, Math.log(2)}, 1, 2, 2)),
            new double[] {Math.log(0.2), Math.log(0.2), Math.log(0.2), Math.log(0.4)}));
  }

  static Stream<Arguments> arithmetic() {
    Input row = new Input(new double[] {1, 2, -3}, 1, 3);
    Input column = new Input(new double[] {10, 4}, 2, 1);
    return Stream.of(
        arguments("Add", new Arithmetic.Add(), List.of(row, column), d(11, 12, 7, 5, 6, 1)),
        arguments("Sub", new Arithmetic.Sub(), List.of(row, column), d(-9, -8, -13, -3, -2, -7)),
        arguments("Mul", new Arithmetic.Mul(), List.of(row, column), d(10, 20, -30, 4, 8, -12)),
        arguments("Div", new Arithmetic.Div(), List.of(row, column), d(.1, .2, -.3, .25, .5, -.75)),
        arguments("Pow", new Arithmetic.Pow(), List.of(of(2, 3), of(3, 0.5)), d(8, Math.sqrt(3))),
        arguments("Sum", new Arithmetic.Sum(), List.of(of(1, 2), of(3, 4), of(5)), d(9, 11)),
        arguments("Max", new Arithmetic.Max(), List.of(of(1, 6), of(3, 4), of(2)), d(3, 6)),
        arguments("Min", new Arithmetic.Min(), List.of(of(1, 6), of(3, 4), of(2)), d(1, 2)),
        arguments(
            "PRelu",
            new Arithmetic.PRelu(),
            List.of(new Input(d(1, -2, -4, 3), 1, 2, 1, 2), new Input(d(0.5, 0.25), 2, 1, 1)),
            d(1, -1, -1, 3)));
  }

  private static double[] d(double... values) {
    return values;
  }

  private static Arguments conv(
      String name, Steps steps, AutoPad autoPad, int groups, int outputs, int kh, int kw) {
    Input x = random(2, 2, 4, 6, 7);
    Input weight = random(3, outputs, 4 / groups, kh, kw);
    Input bias = random(4, outputs);
    return arguments(
        name,
        new Linear.Conv(
            longs(steps.strides()),
            autoPad == AutoPad.NOTSET ? longs(steps.pads()) : List.of(0L, 0L, 0L, 0L),
            longs(steps.dilations()),
            groups,
            autoPad),
        List.of(x, weight, bias),
        SlowOperators.conv(x.maps(), weight.maps(), bias.values, steps, groups).values());
  }

  private static Arguments transposed(
      String name,
      Steps steps,
      AutoPad autoPad,
      int[] outputPadding,
      List<Long> outputShape,
      int groups) {
    Input x = random(2, 2, 4, 3, 4);
    Input weight = random(3, 4, 3, 3, 2);
    Input bias = random(4, 3L * groups);
    boolean given = autoPad == AutoPad.NOTSET && outputShape.isEmpty();
    return arguments(
        name,
        new Linear.ConvTranspose(
            longs(steps.strides()),
            given ? longs(steps.pads()) : List.of(0L, 0L, 0L, 0L),
            longs(steps.dilations()),
            longs(outputPadding),
            outputShape,
            groups,
            autoPad),
        List.of(x, weight, bias),
        SlowOperators.convTranspose(
                x.maps(), weight.maps(), bias.values, steps, outputPadding, groups)
            .values());
  }

  private static Steps steps(int[] strides, int[] pads, int[] dilations) {
    return new Steps(strides, pads, dilations);
  }

  private static int[] i(int... values) {
    return values;
  }

  private static List<Long> longs(int... values) {
    return Arrays.stream(values).mapToLong(value -> value).boxed().toList();
  }

  static Stream<Arguments> linear() {
    Steps plain = steps(i(1, 1), i(0, 0, 0, 0), i(1, 1));
    return Stream.of(
        conv("Conv", plain, AutoPad.NOTSET, 1, 3, 3, 2),
        conv(
            "Conv with strides and asymmetric pads",
            steps(i(2, 3), i(1, 0, 2, 1), i(1, 1)),
            AutoPad.NOTSET,
            1,
            3,
            3,
            2),
        conv(
            "Conv with dilations and groups",
            steps(i(1, 1), i(2, 1, 2, 1), i(2, 3)),
            AutoPad.NOTSET,
            2,
            6,
            3,
            2),
        conv("depthwise Conv", steps(i(1, 1), i(1, 1, 1, 1), i(1, 1)), AutoPad.NOTSET, 4, 4, 3, 3),
        // 6 rows, window 3, stride 2: 3 windows need 7 rows; 7 columns, window 2, stride 2: 8.
        conv(
            "Conv with auto_pad SAME_UPPER",
            steps(i(2, 2), i(0, 0, 1, 1), i(1, 1)),
            AutoPad.SAME_UPPER,
            1,
            3,
            3,
            2),
        conv(
            "Conv with auto_pad SAME_LOWER",
            steps(i(2, 2), i(1, 1, 0, 0), i(1, 1)),
            AutoPad.SAME_LOWER,
            1,
            3,
            3,
            2),
        conv("Conv with auto_pad VALID", plain, AutoPad.VALID, 1, 3, 3, 2),
        transposed("ConvTranspose", plain, AutoPad.NOTSET, i(0, 0), List.of(), 1),
        transposed(
            "ConvTranspose with strides, pads, dilations and groups",
            steps(i(2, 3), i(1, 1, 1, 1), i(2, 1)),
            AutoPad.NOTSET,
            i(1, 2),
            List.of(),
            2),
        transposed(
            "ConvTranspose with asymmetric pads",
            steps(i(2, 2), i(1, 0, 0, 1), i(1, 1)),
            AutoPad.NOTSET,
            i(1, 1),
            List.of(),
            1),
        // (3 - 1) 2 + 3 = 7 rows, one too many; (4 - 1) 3 + 2 = 11 columns, three too many.
        transposed(
            "ConvTranspose with output_shape",
            steps(i(2, 3), i(1, 2, 0, 1), i(1, 1)),
            AutoPad.NOTSET,
            i(0, 0),
            List.of(6L, 8L),
            1),
        transposed(
            "ConvTranspose with output_shape and SAME_UPPER",
            steps(i(2, 3), i(0, 1, 1, 2), i(1, 1)),
            AutoPad.SAME_UPPER,
            i(0, 0),
            List.of(6L, 8L),
            1),
        transposed(
            "ConvTranspose with auto_pad SAME_UPPER",
            steps(i(1, 1), i(1, 0, 1, 1), i(1, 1)),
            AutoPad.SAME_UPPER,
            i(0, 0),
            List.of(),
            1),
        arguments(
            "Gemm",
            new Linear.Gemm(1, 1, false, true),
            List.of(new Input(d(1, 2), 1, 2), new Input(d(3, 4, 5, 6), 2, 2), of(10, 20)),
            d(21, 37)),
        arguments(
            "Gemm with all attributes",
            new Linear.Gemm(2, 0.5, true, false),
            List.of(new Input(d(1, 2), 2, 1), new Input(d(3, 4, 5, 6), 2, 2), new Input(d(10), 1)),
            d(31, 37)),
        arguments(
            "Gemm with a matrix as C",
            new Linear.Gemm(1, 1, false, false),
            List.of(new Input(d(1, 2), 2, 1), new Input(d(3, 4), 1, 2), new Input(d(1, 2), 2, 1)),
            d(4, 5, 8, 10)),
        arguments(
            "Gemm without C",
            new Linear.Gemm(1, 1, false, false),
            List.of(new Input(d(1, 2), 1, 2), new Input(d(3, 4, 5, 6), 2, 2)),
            d(13, 16)),
        arguments(
            "MatMul of a batch",
            new Linear.MatMul(),
            List.of(new Input(d(1, 2, 3, 4), 2, 1, 2), new Input(d(1, 2, 3, 4), 2, 2)),
            d(7, 10, 15, 22)),
        arguments(
            "MatMul with a vector",
            new Linear.MatMul(),
            List.of(new Input(d(1, 2, 3, 4), 2, 2), of(1, 10)),
            d(21, 43)));
  }

  private static Arguments maxPool(String name, int[] kernel, Steps steps, boolean ceil) {
    Input x = random(5, 1, 2, 7, 8);
    return arguments(
        name,
        new Pooling.MaxPool(
            longs(kernel),
            longs(steps.strides()),
            longs(steps.pads()),
            longs(steps.dilations()),
            ceil),
        List.of(x),
        SlowOperators.maxPool(x.maps(), kernel, steps, ceil).values());
  }

  private static Arguments averagePool(
      String name, int[] kernel, Steps steps, boolean ceil, boolean include) {
    Input x = random(5, 1, 2, 7, 8);
    return arguments(
        name,
        new Pooling.AveragePool(
            longs(kernel),
            longs(steps.strides()),
            longs(steps.pads()),
            ceil,
            include,
            AutoPad.NOTSET),
        List.of(x),
        SlowOperators.averagePool(x.maps(), kernel, steps, ceil, include).values());
  }

  static Stream<Arguments> pooling() {
    Steps even = steps(i(2, 2), i(1, 1, 1, 1), i(1, 1));
    Steps odd = steps(i(2, 3), i(0, 1, 1, 2), i(1, 1));
    Steps none = steps(i(2, 3), i(0, 0, 0, 0), i(1, 1));
    Input x = random(5, 1, 2, 7, 8);
    // 7 rows, window 3, stride 2: 4 windows need 9; 8 columns, window 2, stride 3: 3 need 8.
    Steps same = steps(i(2, 3), i(1, 0, 1, 0), i(1, 1));
    return Stream.of(
        maxPool("MaxPool", i(3, 2), none, false),
        maxPool("MaxPool with pads", i(3, 3), even, false),
        maxPool("MaxPool with asymmetric pads", i(3, 3), odd, false),
        maxPool(
            "MaxPool with much padding", i(3, 3), steps(i(1, 1), i(2, 2, 0, 1), i(1, 1)), false),
        maxPool("MaxPool with ceil_mode", i(2, 2), none, true),
        maxPool("MaxPool with ceil_mode and pads", i(3, 3), odd, true),
        maxPool("MaxPool with dilations", i(2, 3), steps(i(1, 2), i(0, 1, 0, 1), i(3, 2)), false),
        arguments(
            "MaxPool with auto_pad SAME_UPPER",
            new Pooling.MaxPool(
                List.of(3L, 2L),
                List.of(2L, 3L),
                List.of(0L, 0L, 0L, 0L),
                ONES,
                false,
                AutoPad.SAME_UPPER),
            List.of(x),
            SlowOperators.maxPool(x.maps(), i(3, 2), same, false).values()),
        averagePool("AveragePool", i(3, 2), none, false, false),
        averagePool("AveragePool with pads", i(3, 3), even, false, false),
        averagePool("AveragePool with pads that count", i(3, 3), even, false, true),
        averagePool("AveragePool with asymmetric pads", i(3, 3), odd, false, false),
        averagePool("AveragePool with asymmetric pads that count", i(3, 3), odd, false, true),
        averagePool("AveragePool with ceil_mode", i(2, 2), none, true, false),
        averagePool("AveragePool with ceil_mode and pads that count", i(3, 3), odd, true, true),
        averagePool("AveragePool with ceil_mode and even pads", i(2, 2), even, true, true),
        arguments(
            "AveragePool with auto_pad SAME_UPPER",
            new Pooling.AveragePool(
                List.of(3L, 2L),
                List.of(2L, 3L),
                List.of(0L, 0L, 0L, 0L),
                false,
                false,
                AutoPad.SAME_UPPER),
            List.of(x),
            SlowOperators.averagePool(x.maps(), i(3, 2), same, false, false).values()),
        arguments(
            "GlobalAveragePool",
            new Pooling.GlobalAveragePool(),
            List.of(new Input(d(1, 2, 3, 6, 5, 5, 5, 9), 1, 2, 2, 2)),
            d(3, 6)),
        arguments(
            "GlobalMaxPool",
            new Pooling.GlobalMaxPool(),
            List.of(new Input(d(1, 2, 3, 6, 5, 4, -5, 9), 1, 2, 2, 2)),
            d(6, 9)));
  }

  static Stream<Arguments> normalization() {
    Input x = random(6, 2, 5, 3, 2);
    return Stream.of(
        arguments(
            "BatchNormalization",
            new Normalization.BatchNormalization(1),
            List.of(new Input(d(5, 7), 1, 2), of(2, 3), of(10, 20), of(1, 4), of(3, 8)),
            d(14, 23)),
        arguments(
            "InstanceNormalization",
            new Normalization.InstanceNormalization(0.1),
            List.of(x, of(1, 2, 3, 4, 5), of(5, 4, 3, 2, 1)),
            SlowOperators.instanceNorm(x.maps(), d(1, 2, 3, 4, 5), d(5, 4, 3, 2, 1), 0.1).values()),
        // Mean 2 and variance 1 in each row.
        arguments(
            "LayerNormalization",
            new Normalization.LayerNormalization(-1, 3),
            List.of(new Input(d(1, 3, 3, 1), 2, 2), of(4, 6), of(1, 10)),
            d(-1, 13, 3, 7)),
        arguments(
            "LayerNormalization over two dimensions, without a shift",
            new Normalization.LayerNormalization(1, 3),
            List.of(new Input(d(1, 3, 3, 1), 1, 2, 2), new Input(d(4, 6, 2, 8), 2, 2)),
            d(-2, 3, 1, -4)),
        arguments(
            "LRN",
            new Normalization.LRN(3, 0.5, 0.75, 2),
            List.of(x),
            SlowOperators.lrn(x.maps(), 3, 0.5, 0.75, 2).values()),
        arguments(
            "LRN of an even size",
            new Normalization.LRN(4, 0.5, 0.75, 2),
            List.of(x),
            SlowOperators.lrn(x.maps(), 4, 0.5, 0.75, 2).values()));
  }

  static Stream<Arguments> reductions() {
    Input x = new Input(d(1, 2, 3, 4, 5, 9), 1, 2, 3);
    return Stream.of(
        arguments("ReduceMean", new Reduction.ReduceMean(List.of(-1), true), List.of(x), d(2, 6)),
        arguments(
            "ReduceMean of all", new Reduction.ReduceMean(List.of(), false), List.of(x), d(4)),
        arguments("ReduceSum", new Reduction.ReduceSum(List.of(1), false), List.of(x), d(5, 7, 12)),
        arguments("ReduceMax", new Reduction.ReduceMax(List.of(1, 2), false), List.of(x), d(9)),
        arguments("ReduceMin", new Reduction.ReduceMin(List.of(0, 2), true), List.of(x), d(1, 4)));
  }

  static Stream<Arguments> layouts() {
    Input x = new Input(d(1, 2, 3, 4, 5, 6), 1, 2, 3);
    Input square = new Input(d(1, 2, 3, 4), 1, 1, 2, 2);
    return Stream.of(
        arguments("Concat", new Layout.Concat(-1), List.of(of(1, 2), of(3)), d(1, 2, 3)),
        arguments("Flatten", new Layout.Flatten(2), List.of(x), x.values),
        arguments("Flatten at the end", new Layout.Flatten(3), List.of(x), x.values),
        arguments("Reshape", new Layout.Reshape(List.of(0L, -1L), false), List.of(x), x.values),
        arguments(
            "Transpose",
            new Layout.Transpose(List.of(0L, 2L, 1L)),
            List.of(x),
            d(1, 4, 2, 5, 3, 6)),
        arguments(
            "Transpose without an order",
            new Layout.Transpose(List.of()),
            List.of(x),
            d(1, 4, 2, 5, 3, 6)),
        arguments("Squeeze", new Layout.Squeeze(List.of(-3)), List.of(x), x.values),
        arguments("Unsqueeze", new Layout.Unsqueeze(List.of(0, -1)), List.of(x), x.values),
        arguments(
            "Slice",
            new Layout.Slice(List.of(-2L), List.of(Long.MAX_VALUE), List.of(2), List.of(1L)),
            List.of(x),
            d(2, 3, 5, 6)),
        arguments(
            "Slice with steps",
            new Layout.Slice(List.of(0L, 0L), List.of(2L, 3L), List.of(1, -1), List.of(1L, 2L)),
            List.of(x),
            d(1, 3, 4, 6)),
        arguments(
            "Slice backwards",
            new Layout.Slice(List.of(-1L), List.of(Long.MIN_VALUE), List.of(2), List.of(-2L)),
            List.of(x),
            d(3, 1, 6, 4)),
        arguments(
            "Gather",
            new Layout.Gather(2, List.of(2L, -3L), List.of(2L)),
            List.of(x),
            d(3, 1, 6, 4)),
        arguments(
            "Gather of one", new Layout.Gather(1, List.of(1L), List.of()), List.of(x), d(4, 5, 6)),
        arguments(
            "Expand",
            new Layout.Expand(List.of(2L, 1L, 2L)),
            List.of(new Input(d(1, 2), 1, 2, 1)),
            d(1, 1, 2, 2, 1, 1, 2, 2)),
        arguments(
            "Expand by the batch",
            new Layout.Expand(List.of(-1L, 2L)),
            List.of(new Input(d(1, 2), 1, 2), new Input(d(0, 0, 0), 3, 1)),
            d(1, 2, 1, 2, 1, 2)),
        arguments("Tile", new Layout.Tile(List.of(2L)), List.of(of(1, 2)), d(1, 2, 1, 2)),
        arguments(
            "Pad",
            new Layout.Pad(Layout.Pad.Mode.CONSTANT, longs(0, 0, 1, 0, 0, 0, 0, -1), 9),
            List.of(square),
            d(9, 1, 3)),
        arguments(
            "Pad of channels",
            new Layout.Pad(Layout.Pad.Mode.CONSTANT, longs(0, 1, 0, 0, 0, 1, 0, 0), 0),
            List.of(square),
            d(0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0)),
        arguments(
            "Pad by reflection",
            new Layout.Pad(Layout.Pad.Mode.REFLECT, longs(0, 0, 0, 1, 0, 0, 0, 1), 0),
            List.of(square),
            d(2, 1, 2, 1, 4, 3, 4, 3)),
        arguments(
            "Pad by the edge",
            new Layout.Pad(Layout.Pad.Mode.EDGE, longs(0, 0, 1, 0, 0, 0, 0, 2), 0),
            List.of(square),
            d(1, 2, 2, 2, 1, 2, 2, 2, 3, 4, 4, 4)));
  }

  private static Arguments resize(
      String name,
      Coordinates coordinates,
      Mode mode,
      Rounding rounding,
      double scale,
      int in,
      double... expected) {
    double[] values = new double[in];
    for (int i = 0; i < in; i++) {
      values[i] = i + 1;
    }
    return arguments(
        name,
        new Resize(List.of(1.0, scale), List.of(), mode, coordinates, rounding),
        List.of(new Input(values, 1, 1, 1, in)),
        expected);
  }

  /** Positions worked out by hand from the specification's formulae. */
  static Stream<Arguments> resampling() {
    Rounding floor = Rounding.FLOOR;
    return Stream.of(
        resize("Upsample", Coordinates.ASYMMETRIC, Mode.NEAREST, floor, 2, 2, 1, 1, 2, 2),
        resize("Upsample linear", Coordinates.ASYMMETRIC, Mode.LINEAR, floor, 2, 2, 1, 1.5, 2, 2),
        resize(
            "half_pixel linear",
            Coordinates.HALF_PIXEL,
            Mode.LINEAR,
            floor,
            2,
            2,
            1,
            1.25,
            1.75,
            2),
        resize(
            "half_pixel linear, smaller",
            Coordinates.HALF_PIXEL,
            Mode.LINEAR,
            floor,
            .5,
            4,
            1.5,
            3.5),
        // Positions are float32, so that 1/3 is not quite 1/3.
        // 4 x 0.6 = 2.4 gives 2, at 0.5 / 0.6 - 0.5 = 1/3 and 1.5 / 0.6 - 0.5 = 2.
        resize(
            "half_pixel with a broken scale",
            Coordinates.HALF_PIXEL,
            Mode.LINEAR,
            floor,
            .6,
            4,
            1 + (double) (0.5f / .6f - 0.5f),
            1 + (double) (1.5f / .6f - 0.5f)),
        // The same, moved by 2 (1 - 2 / 2.4) = 1/3.
        resize(
            "half_pixel_symmetric",
            Coordinates.HALF_PIXEL_SYMMETRIC,
            Mode.LINEAR,
            floor,
            .6,
            4,
            1 + (double) (2 * (1 - 2 / (.6f * 4)) + 0.5f / .6f - 0.5f),
            1 + (double) (2 * (1 - 2 / (.6f * 4)) + 1.5f / .6f - 0.5f)),
        resize("pytorch_half_pixel", Coordinates.PYTORCH_HALF_PIXEL, Mode.LINEAR, floor, .25, 4, 1),
        resize(
            "align_corners",
            Coordinates.ALIGN_CORNERS,
            Mode.LINEAR,
            floor,
            2,
            2,
            1,
            1 + (double) (1 / 3f),
            1 + (double) (2 / 3f),
            2),
        resize(
            "tf_half_pixel_for_nn",
            Coordinates.TF_HALF_PIXEL_FOR_NN,
            Mode.NEAREST,
            floor,
            .5,
            4,
            2,
            4),
        // Positions 0.5 and 2.5.
        resize(
            "round_prefer_floor",
            Coordinates.HALF_PIXEL,
            Mode.NEAREST,
            Rounding.ROUND_PREFER_FLOOR,
            .5,
            4,
            1,
            3),
        resize(
            "round_prefer_ceil",
            Coordinates.HALF_PIXEL,
            Mode.NEAREST,
            Rounding.ROUND_PREFER_CEIL,
            .5,
            4,
            2,
            4),
        resize("ceil", Coordinates.ASYMMETRIC, Mode.NEAREST, Rounding.CEIL, 2, 2, 1, 2, 2, 2),
        arguments(
            "Resize to sizes",
            new Resize(List.of(), List.of(2L, 3L), Mode.LINEAR, Coordinates.ALIGN_CORNERS, floor),
            List.of(new Input(d(1, 3, 5, 7), 1, 1, 2, 2)),
            d(1, 2, 3, 5, 6, 7)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "activations",
    "arithmetic",
    "linear",
    "pooling",
    "normalization",
    "reductions",
    "layouts",
    "resampling"
  })
  void computesTheSpecifiedValuesAndTheirGradients(
      String name, Operator operator, List<Input> inputs, double[] expected) {
    try (Scope scope = Scope.open()) {
      List<Tensor> tensors = inputs.stream().map(Input::tensor).toList();
      Tensor result = operator.forward(tensors);
      List<Shape> shapes = tensors.stream().map(Tensor::shape).toList();
      assertThat(operator.shape(shapes)).isEqualTo(result.shape());
      assertThat(result.isDouble()).isTrue();
      double[] values = result.toDoubles();
      assertThat(values).hasSameSizeAs(expected);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).as("element %d", i).isCloseTo(expected[i], within(1e-9));
      }
      checkGradients(operator, inputs);
    }
  }

  private static void checkGradients(Operator operator, List<Input> inputs) {
    // The statistics of a BatchNormalization are no part of what can be differentiated.
    int count = operator instanceof Normalization.BatchNormalization ? 3 : inputs.size();
    List<Tensor> leaves =
        IntStream.range(0, inputs.size())
            .mapToObj(k -> k < count ? inputs.get(k).tensor().leaf() : inputs.get(k).tensor())
            .toList();
    Tensor output = operator.forward(leaves);
    Input weights = random(9, output.shape().toArray());
    if (!output.isRecorded()) {
      return;
    }
    List<Tensor> gradients =
        Gradients.of(
            output.mul(weights.tensor()).sum(), leaves.subList(0, count), Gradients.Recording.FREE);
    for (int k = 0; k < count; k++) {
      double[] gradient = gradients.get(k).toDoubles();
      for (int i = 0; i < gradient.length; i++) {
        double difference =
            (loss(operator, moved(inputs, k, i, 1e-6), weights)
                    - loss(operator, moved(inputs, k, i, -1e-6), weights))
                / 2e-6;
        assertThat(gradient[i])
            .as("gradient of input %d, element %d", k, i)
            .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
      }
    }
  }

  private static List<Input> moved(List<Input> inputs, int input, int element, double by) {
    List<Input> all = new ArrayList<>(inputs);
    double[] values = inputs.get(input).values.clone();
    values[element] += by;
    all.set(input, new Input(values, inputs.get(input).sizes));
    return all;
  }

  private static double loss(Operator operator, List<Input> inputs, Input weights) {
    try (Scope scope = Scope.open()) {
      return operator
          .forward(inputs.stream().map(Input::tensor).toList())
          .mul(weights.tensor())
          .sum()
          .item();
    }
  }
}
