package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.graph.operator.Resampling;
import io.adversight.graph.operator.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an operator is written: its attributes, and those of its parameters that ONNX takes as
 * further inputs (one without dimensions and values stands for an input that is left out).
 */
record OnnxForm(List<AttributeProto> attributes, List<TensorProto> inputs) {
  /** Operators without parameters. */
  private static final Set<String> PLAIN =
      Set.of(
          "Relu",
          "Sigmoid",
          "HardSwish",
          "Tanh",
          "Softplus",
          "Erf",
          "Sqrt",
          "Exp",
          "Log",
          "Neg",
          "Reciprocal",
          "Abs",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Sum",
          "Max",
          "Min",
          "PRelu",
          "MatMul",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "Identity",
          "Floor",
          "Ceil",
          "Not",
          "IsNaN",
          "Where",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "And",
          "Or",
          "Sign",
          "Round",
          "Sin",
          "Cos",
          "Tan",
          "Asin",
          "Acos",
          "Atan",
          "Sinh",
          "Cosh",
          "Asinh",
          "Acosh",
          "Atanh");

  OnnxForm {
    attributes = List.copyOf(attributes);
    inputs = List.copyOf(inputs);
  }

  private static OnnxForm of(AttributeProto... attributes) {
    return new OnnxForm(List.of(attributes), List.of());
  }

  /**
   * How {@code node} is written in operator set 17.
   *
   * @throws IllegalArgumentException if its operator cannot be written
   */
  static OnnxForm of(Node node) {
    Operator operator = node.operator();
    if (PLAIN.contains(operator.type())) {
      return of();
    } else if (operator instanceof Linear linear) {
      return linear(node, linear);
    } else if (operator instanceof Pooling pooling) {
      return pooling(node, pooling);
    } else if (operator instanceof Normalization.BatchNormalization norm) {
      return of(number("epsilon", norm.epsilon()));
    } else if (operator instanceof Normalization.LayerNormalization norm) {
      return of(integer("axis", norm.axis()), number("epsilon", norm.epsilon()));
    } else if (operator instanceof Normalization.LRN lrn) {
      return of(
          integer("size", lrn.size()),
          number("alpha", lrn.alpha()),
          number("beta", lrn.beta()),
          number("bias", lrn.bias()));
    } else if (operator instanceof Activation activation) {
      return activation(node, activation);
    } else if (operator instanceof Layout layout) {
      return layout(node, layout);
    } else if (operator instanceof Normalization.InstanceNormalization norm) {
      return of(number("epsilon", norm.epsilon()));
    } else if (operator instanceof Reduction.ReduceSum sum) {
      return new OnnxForm(
          List.of(integer("keepdims", sum.keepDimensions() ? 1 : 0)),
          sum.axes().isEmpty() ? List.of() : List.of(axes(sum.axes())));
    } else if (operator instanceof Reduction reduction) {
      return reduction(reduction.axes(), reduction.keepDimensions());
    } else if (operator instanceof Arithmetic.Mod mod) {
      return of(integer("fmod", mod.truncated() ? 1 : 0));
    } else if (operator instanceof Selection.ArgExtreme extreme) {
      return of(
          integer("axis", extreme.axis()),
          integer("keepdims", extreme.keepDimension() ? 1 : 0),
          integer("select_last_index", extreme.last() ? 1 : 0));
    } else if (operator instanceof Resampling.Resize resize
        && !resize.scales().isEmpty()
        && !resize.filter().antialias()) {
      return resize(resize);
    }
    throw unknown(node);
  }

  private static OnnxForm linear(Node node, Linear linear) {
    if (linear instanceof Linear.Conv conv) {
      return of(
          integers("strides", conv.strides()),
          padding(conv.autoPad(), conv.pads()),
          integers("dilations", conv.dilations()),
          integer("group", conv.groups()));
    } else if (linear instanceof Linear.ConvTranspose conv) {
      return transposed(conv);
    } else if (linear instanceof Linear.Gemm gemm) {
      return of(
          number("alpha", gemm.alpha()),
          number("beta", gemm.beta()),
          integer("transA", gemm.transA() ? 1 : 0),
          integer("transB", gemm.transB() ? 1 : 0));
    } else if (linear instanceof Linear.CumSum sum) {
      return new OnnxForm(
          List.of(
              integer("exclusive", sum.exclusive() ? 1 : 0),
              integer("reverse", sum.reverse() ? 1 : 0)),
          List.of(whole(sum.axis())));
    } else if (linear instanceof Linear.Einsum einsum) {
      return of(text("equation", einsum.equation()));
    }
    throw unknown(node);
  }

  private static OnnxForm transposed(Linear.ConvTranspose conv) {
    List<AttributeProto> attributes =
        new ArrayList<>(
            List.of(
                integers("strides", conv.strides()),
                padding(conv.autoPad(), conv.pads()),
                integers("dilations", conv.dilations()),
                integers("output_padding", conv.outputPadding()),
                integer("group", conv.groups())));
    if (!conv.outputShape().isEmpty()) {
      attributes.add(integers("output_shape", conv.outputShape()));
    }
    return new OnnxForm(attributes, List.of());
  }

  private static OnnxForm pooling(Node node, Pooling pooling) {
    if (pooling instanceof Pooling.MaxPool pool) {
      return of(
          integers("kernel_shape", pool.kernel()),
          integers("strides", pool.strides()),
          padding(pool.autoPad(), pool.pads()),
          integers("dilations", pool.dilations()),
          integer("ceil_mode", pool.ceil() ? 1 : 0));
    } else if (pooling instanceof Pooling.AveragePool pool) {
      return of(
          integers("kernel_shape", pool.kernel()),
          integers("strides", pool.strides()),
          padding(pool.autoPad(), pool.pads()),
          integer("ceil_mode", pool.ceil() ? 1 : 0),
          integer("count_include_pad", pool.countIncludePad() ? 1 : 0));
    }
    throw unknown(node);
  }

  private static OnnxForm activation(Node node, Activation activation) {
    if (activation instanceof Activation.Clip clip) {
      return new OnnxForm(List.of(), List.of(bound(clip.min()), bound(clip.max())));
    } else if (activation instanceof Activation.Softmax softmax && !softmax.flatten()) {
      return of(integer("axis", softmax.axis()));
    } else if (activation instanceof Activation.LogSoftmax softmax && !softmax.flatten()) {
      return of(integer("axis", softmax.axis()));
    } else if (activation instanceof Activation.LeakyRelu leaky) {
      return of(number("alpha", leaky.alpha()));
    } else if (activation instanceof Activation.Elu elu) {
      return of(number("alpha", elu.alpha()));
    } else if (activation instanceof Activation.Selu selu) {
      return of(number("alpha", selu.alpha()), number("gamma", selu.gamma()));
    } else if (activation instanceof Activation.HardSigmoid hard) {
      return of(number("alpha", hard.alpha()), number("beta", hard.beta()));
    } else if (activation instanceof Activation.IsInf infinite) {
      return of(
          integer("detect_positive", infinite.positive() ? 1 : 0),
          integer("detect_negative", infinite.negative() ? 1 : 0));
    } else if (activation instanceof Activation.Elementary elementary) {
      boolean isWhole = elementary.function() == Activation.Function.TRUNCATE;
      return of(
          integer(
              "to", isWhole ? TensorProto.DataType.INT64_VALUE : TensorProto.DataType.FLOAT_VALUE));
    }
    throw unknown(node);
  }

  private static OnnxForm layout(Node node, Layout layout) {
    if (layout instanceof Layout.Concat concat) {
      return of(integer("axis", concat.axis()));
    } else if (layout instanceof Layout.Flatten flatten) {
      return of(integer("axis", flatten.axis()));
    } else if (layout instanceof Layout.Transpose transpose) {
      return of(integers("perm", transpose.order()));
    } else if (layout instanceof Layout.Pad pad) {
      TensorProto.Builder value =
          TensorProto.newBuilder()
              .setDataType(TensorProto.DataType.FLOAT_VALUE)
              .addFloatData((float) pad.value());
      return new OnnxForm(
          List.of(text("mode", pad.mode())), List.of(vector(pad.pads()), value.build()));
    } else if (layout instanceof Layout.Squeeze squeeze) {
      return new OnnxForm(List.of(), List.of(axes(squeeze.axes())));
    } else if (layout instanceof Layout.Unsqueeze unsqueeze) {
      return new OnnxForm(List.of(), List.of(axes(unsqueeze.axes())));
    } else if (layout instanceof Layout.Slice slice) {
      return new OnnxForm(
          List.of(),
          List.of(
              vector(slice.starts()),
              vector(slice.ends()),
              axes(slice.axes()),
              vector(slice.steps())));
    } else if (layout instanceof Layout.Gather gather) {
      TensorProto indices =
          vector(gather.indices()).toBuilder().clearDims().addAllDims(gather.shape()).build();
      return new OnnxForm(List.of(integer("axis", gather.axis())), List.of(indices));
    } else if (layout instanceof Layout.Reshape reshape) {
      return new OnnxForm(
          List.of(integer("allowzero", reshape.allowZero() ? 1 : 0)),
          List.of(vector(reshape.sizes())));
    } else if (layout instanceof Layout.Expand expand && !expand.sizes().contains(-1L)) {
      return new OnnxForm(List.of(), List.of(vector(expand.sizes())));
    } else if (layout instanceof Layout.Tile tile) {
      return new OnnxForm(List.of(), List.of(vector(tile.repeats())));
    } else if (layout instanceof Layout.Trilu triangle) {
      return new OnnxForm(
          List.of(integer("upper", triangle.upper() ? 1 : 0)), List.of(whole(triangle.k())));
    }
    throw unknown(node);
  }

  private static OnnxForm reduction(List<Integer> axes, boolean keep) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(integer("keepdims", keep ? 1 : 0));
    if (!axes.isEmpty()) {
      attributes.add(integers("axes", axes.stream().map(Integer::longValue).toList()));
    }
    return new OnnxForm(attributes, List.of());
  }

  private static OnnxForm resize(Resampling.Resize resize) {
    TensorProto.Builder scales =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(4)
            .addFloatData(1)
            .addFloatData(1);
    resize.scales().forEach(scale -> scales.addFloatData(scale.floatValue()));
    return new OnnxForm(
        List.of(
            text("mode", resize.mode()),
            text("coordinate_transformation_mode", resize.coordinates()),
            text("nearest_mode", resize.rounding()),
            number("cubic_coeff_a", resize.filter().cubic()),
            integer("exclude_outside", resize.filter().excludeOutside() ? 1 : 0)),
        List.of(TensorProto.getDefaultInstance(), scales.build()));
  }

  private static AttributeProto text(String name, Enum<?> value) {
    return text(name, value.name().toLowerCase(Locale.ROOT));
  }

  private static AttributeProto text(String name, String value) {
    return attribute(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static TensorProto axes(List<Integer> axes) {
    return vector(axes.stream().map(Integer::longValue).toList());
  }

  private static IllegalArgumentException unknown(Node node) {
    return new IllegalArgumentException(
        "node \"%s\": %s cannot be written".formatted(node.name(), node.operator()));
  }

  private static AttributeProto padding(AutoPad auto, List<Long> pads) {
    return auto == AutoPad.NOTSET
        ? integers("pads", pads)
        : attribute("auto_pad", AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(auto.name()))
            .build();
  }

  /** A float32 scalar; left out if infinite. */
  private static TensorProto bound(double value) {
    TensorProto.Builder proto =
        TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT_VALUE);
    return Double.isInfinite(value) ? proto.build() : proto.addFloatData((float) value).build();
  }

  /** A whole number without dimensions. */
  private static TensorProto whole(long value) {
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addInt64Data(value)
        .build();
  }

  static TensorProto vector(List<Long> values) {
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(values.size())
        .addAllInt64Data(values)
        .build();
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  private static AttributeProto number(String name, double value) {
    return attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  private static AttributeProto integers(String name, List<Long> values) {
    return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(values).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
