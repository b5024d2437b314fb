package io.adversight.graph;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.number;
import static io.adversight.graph.OnnxFile.numbers;
import static io.adversight.graph.OnnxFile.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling.Coordinates;
import io.adversight.graph.operator.Resampling.Mode;
import io.adversight.graph.operator.Resampling.Resize;
import io.adversight.graph.operator.Resampling.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms an operator has in different operator sets, and what they mean. */
class OnnxFormsTest {
  private static final List<Long> ONES = List.of(1L, 1L);
  private static final List<Long> NONE = List.of(0L, 0L, 0L, 0L);

  /** A file with one node on an input (n, 4, 6, 8) and the inputs that {@code more} adds. */
  private static Arguments form(
      int opset,
      String type,
      UnaryOperator<OnnxFile> more,
      List<String> inputs,
      Operator expected,
      AttributeProto... attributes) {
    List<String> all = new ArrayList<>(List.of("x"));
    all.addAll(inputs);
    OnnxFile file = more.apply(new OnnxFile(opset).input(-1, 4, 6, 8));
    return arguments(type, opset, file.node(type, "y", all, attributes), expected);
  }

  private static Arguments form(
      int opset, String type, Operator expected, AttributeProto... attributes) {
    return form(opset, type, file -> file, List.of(), expected, attributes);
  }

  static Stream<Arguments> activations() {
    Activation.Clip relu6 = new Activation.Clip(0, 6);
    double infinity = Double.POSITIVE_INFINITY;
    return Stream.of(
        form(7, "Clip", relu6, number("min", 0), number("max", 6)),
        form(10, "Clip", new Activation.Clip(-infinity, 6), number("max", 6)),
        form(
            11,
            "Clip",
            file -> file.scalar("low", 0).scalar("high", 6),
            List.of("low", "high"),
            relu6),
        form(
            13,
            "Clip",
            file -> file.scalar("high", 6),
            List.of("", "high"),
            new Activation.Clip(-infinity, 6)),
        form(12, "Clip", new Activation.Clip(-infinity, infinity)),
        form(13, "LeakyRelu", new Activation.LeakyRelu(0.01f)),
        form(13, "LeakyRelu", new Activation.LeakyRelu(0.5), number("alpha", 0.5f)),
        form(13, "Elu", new Activation.Elu(1)),
        form(13, "Selu", new Activation.Selu(1.6732631921768188, 1.0507010221481323)),
        form(13, "HardSigmoid", new Activation.HardSigmoid(0.2f, 0.5)),
        form(14, "HardSwish", new Activation.HardSwish()),
        form(20, "Gelu", new Activation.Gelu(false)),
        form(20, "Gelu", new Activation.Gelu(true), text("approximate", "tanh")),
        form(12, "Softmax", new Activation.Softmax(1, true)),
        form(12, "Softmax", new Activation.Softmax(3, false), integer("axis", 3)),
        form(13, "Softmax", new Activation.Softmax(-1, false)),
        form(13, "Softmax", new Activation.Softmax(1, false), integer("axis", 1)),
        form(11, "LogSoftmax", new Activation.LogSoftmax(1, true)),
        form(13, "LogSoftmax", new Activation.LogSoftmax(-1, false)),
        form(13, "Erf", new Activation.Erf()),
        form(7, "Sigmoid", new Activation.Sigmoid()));
  }

  static Stream<Arguments> reductions() {
    List<Integer> positions = List.of(2, 3);
    return Stream.of(
        form(
            11,
            "ReduceMean",
            new Reduction.ReduceMean(positions, false),
            integers("axes", 2, 3),
            integer("keepdims", 0)),
        form(
            18,
            "ReduceMean",
            file -> file.longs("axes", 2, 3),
            List.of("axes"),
            new Reduction.ReduceMean(positions, true)),
        form(11, "ReduceSum", new Reduction.ReduceSum(positions, true), integers("axes", 2, 3)),
        form(
            13,
            "ReduceSum",
            file -> file.longs("axes", 2, 3),
            List.of("axes"),
            new Reduction.ReduceSum(positions, true)),
        form(13, "ReduceMax", new Reduction.ReduceMax(List.of(-1), true), integers("axes", -1)),
        form(13, "ReduceSum", new Layout.Squeeze(List.of()), integer("noop_with_empty_axes", 1)));
  }

  static Stream<Arguments> layouts() {
    Layout.Pad reflect =
        new Layout.Pad(Layout.Pad.Mode.REFLECT, List.of(0L, 0L, 1L, 2L, 0L, 0L, 3L, 4L), 0);
    Layout.Slice slice =
        new Layout.Slice(List.of(1L, 2L), List.of(3L, 4L), List.of(2, 3), List.of(1L, 1L));
    return Stream.of(
        form(11, "Unsqueeze", new Layout.Unsqueeze(List.of(0, 5)), integers("axes", 0, 5)),
        form(
            13,
            "Unsqueeze",
            file -> file.longs("axes", 0, 5),
            List.of("axes"),
            new Layout.Unsqueeze(List.of(0, 5))),
        form(9, "Flatten", new Layout.Flatten(1)),
        form(13, "Flatten", new Layout.Flatten(-2), integer("axis", -2)),
        form(13, "Transpose", new Layout.Transpose(List.of())),
        form(
            13,
            "Transpose",
            new Layout.Transpose(List.of(0L, 2L, 3L, 1L)),
            integers("perm", 0, 2, 3, 1)),
        form(
            9,
            "Slice",
            slice,
            integers("starts", 1, 2),
            integers("ends", 3, 4),
            integers("axes", 2, 3)),
        form(
            10,
            "Slice",
            file -> file.longs("s", 1, 2).longs("e", 3, 4).longs("a", 2, 3),
            List.of("s", "e", "a"),
            slice),
        form(
            13,
            "Slice",
            file -> file.longs("s", 5).longs("e", 0).longs("a", 3).longs("t", -2),
            List.of("s", "e", "a", "t"),
            new Layout.Slice(List.of(5L), List.of(0L), List.of(3), List.of(-2L))),
        form(
            13,
            "Gather",
            file -> file.longs("i", 1, -1),
            List.of("i"),
            new Layout.Gather(2, List.of(1L, -1L), List.of(2L)),
            integer("axis", 2)),
        form(10, "Pad", reflect, integers("pads", 0, 0, 1, 2, 0, 0, 3, 4), text("mode", "reflect")),
        form(
            13,
            "Pad",
            file -> file.longs("p", 0, 0, 1, 2, 0, 0, 3, 4),
            List.of("p"),
            reflect,
            text("mode", "reflect")),
        form(
            18,
            "Pad",
            file -> file.longs("p", 1, 2, 3, 4).longs("a", 2, -1),
            List.of("p", "", "a"),
            reflect,
            text("mode", "reflect")),
        form(
            10,
            "Pad",
            new Layout.Pad(Layout.Pad.Mode.CONSTANT, List.of(0L, 1L, 0L, 0L, 0L, 1L, 0L, 0L), 7),
            integers("pads", 0, 1, 0, 0, 0, 1, 0, 0),
            number("value", 7)),
        form(
            13,
            "Pad",
            file -> file.longs("p", 0, 1, 0, 0, 0, 1, 0, 0).scalar("v", 7),
            List.of("p", "v"),
            new Layout.Pad(Layout.Pad.Mode.CONSTANT, List.of(0L, 1L, 0L, 0L, 0L, 1L, 0L, 0L), 7)));
  }

  static Stream<Arguments> resampling() {
    Resize twice =
        new Resize(
            List.of(2.0, 2.0), List.of(), Mode.NEAREST, Coordinates.ASYMMETRIC, Rounding.FLOOR);
    Resize half =
        new Resize(
            List.of(0.5, 2.0),
            List.of(),
            Mode.LINEAR,
            Coordinates.PYTORCH_HALF_PIXEL,
            Rounding.ROUND_PREFER_FLOOR);
    Resize sized =
        new Resize(
            List.of(),
            List.of(3L, 16L),
            Mode.NEAREST,
            Coordinates.HALF_PIXEL,
            Rounding.ROUND_PREFER_FLOOR);
    float[] scales = {1, 1, 2, 2};
    return Stream.of(
        form(7, "Upsample", twice, numbers("scales", scales), text("mode", "nearest")),
        form(9, "Upsample", file -> file.floats("s", scales, 4), List.of("s"), twice),
        form(10, "Resize", file -> file.floats("s", scales, 4), List.of("s"), twice),
        form(
            11,
            "Resize",
            file -> file.floats("roi", new float[0], 0).floats("s", scales, 4),
            List.of("roi", "s"),
            twice,
            text("coordinate_transformation_mode", "asymmetric"),
            text("nearest_mode", "floor")),
        form(
            13,
            "Resize",
            file -> file.floats("s", new float[] {1, 1, 0.5f, 2}, 4),
            List.of("", "s"),
            half,
            text("mode", "linear"),
            text("coordinate_transformation_mode", "pytorch_half_pixel")),
        form(13, "Resize", file -> file.longs("t", 1, 4, 3, 16), List.of("", "", "t"), sized),
        form(
            18,
            "Resize",
            file -> file.longs("t", 16, 3),
            List.of("", "", "t"),
            sized,
            integers("axes", 3, 2)));
  }

  static Stream<Arguments> windows() {
    UnaryOperator<OnnxFile> weights =
        file -> file.floats("w", new float[2 * 4 * 3 * 3], 2, 4, 3, 3);
    List<String> w = List.of("w");
    return Stream.of(
        form(7, "Conv", weights, w, new Linear.Conv(ONES, NONE, ONES, 1)),
        form(
            11,
            "Conv",
            weights,
            w,
            new Linear.Conv(List.of(2L, 1L), List.of(1L, 2L, 0L, 1L), List.of(1L, 2L), 1),
            integers("strides", 2, 1),
            integers("pads", 1, 2, 0, 1),
            integers("dilations", 1, 2),
            integers("kernel_shape", 3, 3)),
        form(
            11,
            "Conv",
            weights,
            w,
            new Linear.Conv(ONES, NONE, ONES, 1, AutoPad.SAME_LOWER),
            text("auto_pad", "SAME_LOWER")),
        form(
            11,
            "ConvTranspose",
            file -> file.floats("w", new float[4 * 2 * 3 * 3], 4, 2, 3, 3),
            w,
            new Linear.ConvTranspose(
                List.of(2L, 2L), NONE, ONES, ONES, List.of(), 2, AutoPad.NOTSET),
            integers("strides", 2, 2),
            integers("output_padding", 1, 1),
            integer("group", 2)),
        form(
            8,
            "MaxPool",
            new Pooling.MaxPool(List.of(2L, 3L), List.of(2L, 2L), NONE, ONES, false),
            integers("kernel_shape", 2, 3),
            integers("strides", 2, 2)),
        form(
            12,
            "MaxPool",
            new Pooling.MaxPool(
                List.of(2L, 3L), ONES, NONE, List.of(2L, 1L), true, AutoPad.SAME_UPPER),
            integers("kernel_shape", 2, 3),
            integers("dilations", 2, 1),
            integer("ceil_mode", 1),
            text("auto_pad", "SAME_UPPER")),
        form(
            11,
            "AveragePool",
            new Pooling.AveragePool(
                List.of(2L, 3L), ONES, List.of(0L, 1L, 0L, 1L), true, true, AutoPad.NOTSET),
            integers("kernel_shape", 2, 3),
            integers("pads", 0, 1, 0, 1),
            integer("ceil_mode", 1),
            integer("count_include_pad", 1)),
        form(13, "LRN", new Normalization.LRN(5, 1e-4f, 0.75, 1), integer("size", 5)));
  }

  @ParameterizedTest(name = "{0} of operator set {1}")
  @MethodSource({"activations", "reductions", "layouts", "resampling", "windows"})
  void readsAFormAsTheOperatorItMeans(String type, int opset, OnnxFile file, Operator expected) {
    List<Node> nodes = file.read().graph().nodes();
    // Where the batch does not stay in front, each image's value is put back behind it.
    assertThat(nodes).hasSizeBetween(1, 2);
    assertThat(nodes.get(0).operator().ofOneImage()).isEqualTo(expected);
    assertThat(nodes.get(0).name()).isEqualTo("y");
  }
}
