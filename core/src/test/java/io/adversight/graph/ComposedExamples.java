package io.adversight.graph;

import static io.adversight.graph.OnnxFile.integer;
import static io.adversight.graph.OnnxFile.integers;
import static io.adversight.graph.OnnxFile.number;
import static io.adversight.graph.OnnxFile.text;
import static io.adversight.graph.OperatorExamples.another;
import static io.adversight.graph.OperatorExamples.example;
import static io.adversight.graph.OperatorExamples.floats;
import static io.adversight.graph.OperatorExamples.list;
import static io.adversight.graph.OperatorExamples.plain;
import static io.adversight.graph.OperatorExamples.weights;
import static io.adversight.graph.OperatorExamples.with;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Uses of operators that choose, quantize, or are put together of others. */
final class ComposedExamples {
  static final Map<String, List<OperatorExamples>> ALL = new HashMap<>();

  private static final String MICROSOFT = "com.microsoft.";

  static {
    for (String type : List.of("ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSumExp")) {
      put(type, with(type, "", list(2, 3), List.of("w")));
    }
    for (String type : List.of("ReduceSumSquare", "ReduceLogSum")) {
      put(
          type,
          with(type, " over positions", list(2, 3), List.of("w")),
          with(type, " over channels", list(1), List.of("w"), integer("keepdims", 0)));
    }
    put("Mod", with("Mod", "", weights(4, 1, 1), List.of("w"), integer("fmod", 1)));
    put("IsNaN", chosen("IsNaN"));
    put("IsInf", chosen("IsInf"));
    put("Xor", xor());
    put("Acosh", example("Acosh", "", ComposedExamples::acosh));
    put("Mean", binary("Mean"));
    put("SwiGLU", binary("SwiGLU", 28));
    put("TopK", topK());
    put("ArgMax", index("ArgMax"));
    put("ArgMin", index("ArgMin"));
    put("Hardmax", plain("Hardmax", integer("axis", 1)));
    put("GatherElements", gatherElements());
    put("ScatterElements", scatterElements("ScatterElements", "add"));
    put("GatherND", gatherNd());
    put("ScatterND", scatterNd());
    put("Einsum", einsum());
    put("Scatter", newer(10, scatterElements("Scatter", "none")));
    put("GridSample", example("GridSample", "", ComposedExamples::gridSample));
    put("CumSum", example("CumSum", "", ComposedExamples::cumSum));
    put("Trilu", plain("Trilu"), plain("Trilu", integer("upper", 0)));
    put("QuantizeLinear", example("QuantizeLinear", "", ComposedExamples::quantized));
    put("DequantizeLinear", example("DequantizeLinear", "", ComposedExamples::quantized));
    put("DynamicQuantizeLinear", example("DynamicQuantizeLinear", "", ComposedExamples::dynamic));
    put("ConvInteger", example("ConvInteger", "", ComposedExamples::convInteger));
    put("MatMulInteger", example("MatMulInteger", "", ComposedExamples::matMulInteger));
    put("QLinearConv", example("QLinearConv", "", ComposedExamples::qLinearConv));
    put("QLinearMatMul", example("QLinearMatMul", "", ComposedExamples::qLinearMatMul));
    put("GroupNormalization", groupNormalization(18, 2), groupNormalization(21, 4));
    put("RMSNormalization", newer(23, with("RMSNormalization", "", weights(6), List.of("w"))));
    put("Swish", newer(24, plain("Swish", number("alpha", 1.5f))));
    put("LpPool", plain("LpPool", integers("kernel_shape", 2, 2)));
    put("GlobalLpPool", plain("GlobalLpPool", integer("p", 3)));
    put("DepthToSpace", plain("DepthToSpace", integer("blocksize", 2)));
    put("ai.onnx.ml.ZipMap", OperatorExamples.leftOut("ai.onnx.ml.ZipMap"));
    put("SpaceToDepth", plain("SpaceToDepth", integer("blocksize", 2)));
    put("LpNormalization", plain("LpNormalization", integer("axis", 1)));
    put("MeanVarianceNormalization", plain("MeanVarianceNormalization", integers("axes", 1, 2, 3)));
    put("Attention", newer(23, attention()));
    put("RotaryEmbedding", newer(23, example("RotaryEmbedding", "", ComposedExamples::rotary)));
    put("CastLike", example("CastLike", "", ComposedExamples::castLike));
    put("EyeLike", example("EyeLike", "", ComposedExamples::eye));
    put("NonZero", example("NonZero", "", ComposedExamples::nonZero));
    put(
        "OneHot",
        example("OneHot", "", ComposedExamples::oneHot),
        example("OneHot", " of computed indices", ComposedExamples::computedOneHot));
    microsoft();
  }

  private ComposedExamples() {}

  private static void put(String type, OperatorExamples... examples) {
    ALL.put(type, List.of(examples));
  }

  private static OperatorExamples newer(int opset, OperatorExamples example) {
    return new OperatorExamples(example.type(), example.what(), opset, example.nodes());
  }

  private static OperatorExamples binary(String type) {
    return with(type, "", (file, in, out) -> another(file, in, out + "w"), List.of("w"));
  }

  private static OperatorExamples binary(String type, int opset) {
    return newer(opset, binary(type));
  }

  /** A condition chooses between two values, since a network's output cannot be one. */
  private static OperatorExamples chosen(String type) {
    return example(
        type,
        "",
        (file, in, out) -> {
          file.node(type, out + "if", List.of(in));
          another(file, in, out + "other");
          file.node("Where", out, List.of(out + "if", in, out + "other"));
        });
  }

  private static OperatorExamples xor() {
    return example(
        "Xor",
        "",
        (file, in, out) -> {
          file.scalar(out + "low", 0.3)
              .scalar(out + "high", 0.7)
              .node("Greater", out + "a", List.of(in, out + "low"))
              .node("Greater", out + "b", List.of(in, out + "high"))
              .node("Xor", out + "if", List.of(out + "a", out + "b"));
          another(file, in, out + "other");
          file.node("Where", out, List.of(out + "if", in, out + "other"));
        });
  }

  private static void acosh(OnnxFile file, String in, String out) {
    file.scalar(out + "one", 1)
        .node("Add", out + "above", List.of(in, out + "one"))
        .node("Acosh", out, List.of(out + "above"));
  }

  private static OperatorExamples[] topK() {
    return new OperatorExamples[] {
      with("TopK", "", list(2), List.of("w"), integer("axis", 1)),
      example(
          "TopK",
          " indices",
          (file, in, out) ->
              file.longs(out + "k", 3)
                  .node(out, "TopK", List.of(out + "v", out + "i"), List.of(in, out + "k"))
                  .node("Cast", out + "f", List.of(out + "i"), integer("to", 1))
                  .node("Add", out, List.of(out + "v", out + "f")))
    };
  }

  private static OperatorExamples index(String type) {
    return example(
        type,
        "",
        (file, in, out) ->
            file.node(type, out + "i", List.of(in), integer("axis", 2))
                .node("Cast", out, List.of(out + "i"), integer("to", 1)));
  }

  private static OperatorExamples gatherElements() {
    return example(
        "GatherElements",
        " at computed places",
        (file, in, out) ->
            file.node("ArgMax", out + "i", List.of(in), integer("axis", 1))
                .node("GatherElements", out, List.of(in, out + "i"), integer("axis", 1)));
  }

  private static OperatorExamples[] einsum() {
    return new OperatorExamples[] {
      with("Einsum", "", weights(4, 5), List.of("w"), text("equation", "bchw, ck -> bkhw")),
      with(
          "Einsum",
          " of two values",
          (file, in, out) -> another(file, in, out + "w"),
          List.of("w"),
          text("equation", "nchw,nkhw->nck"))
    };
  }

  private static void gridSample(OnnxFile file, String in, String out) {
    file.node("Transpose", out + "t", List.of(in), integers("perm", 0, 2, 3, 1))
        .longs(out + "from", 0)
        .longs(out + "to", 2)
        .longs(out + "at", 3)
        .node("Slice", out + "grid", List.of(out + "t", out + "from", out + "to", out + "at"))
        .node("GridSample", out, List.of(in, out + "grid"));
  }

  private static OperatorExamples scatterElements(String type, String joining) {
    return example(
        type,
        " of largest elements",
        (file, in, out) ->
            file.node("ArgMax", out + "i", List.of(in), integer("axis", 1))
                .longs(out + "first", 0)
                .node("Neg", out + "n", List.of(in))
                .node("Gather", out + "m", List.of(out + "n", out + "first"), integer("axis", 1))
                .node(
                    type,
                    out,
                    List.of(in, out + "i", out + "m"),
                    integer("axis", 1),
                    text("reduction", joining)));
  }

  private static OperatorExamples gatherNd() {
    return example(
        "GatherND",
        "",
        (file, in, out) ->
            file.longs(out + "rows", 0, 2, 0)
                .longs(out + "shape", 1, 3)
                .node("Transpose", out + "t", List.of(in), integers("perm", 1, 2, 3, 0))
                .node("GatherND", out + "g", List.of(out + "t", out + "places"))
                .tensor(
                    OnnxFile.tensor(0, 1, 2, 3, 3, 5).toBuilder()
                        .setName(out + "places")
                        .clearDims()
                        .addDims(3)
                        .addDims(2)
                        .build())
                .node("Transpose", out, List.of(out + "g"), integers("perm", 2, 0, 1)));
  }

  private static OperatorExamples scatterNd() {
    return example(
        "ScatterND",
        "",
        (file, in, out) ->
            floats(file, out + "base", 4, 6, 6)
                .node("Transpose", out + "t", List.of(in), integers("perm", 1, 0, 2, 3))
                .tensor(
                    OnnxFile.tensor(3, 0).toBuilder()
                        .setName(out + "places")
                        .clearDims()
                        .addDims(2)
                        .addDims(1)
                        .build())
                .node("GatherND", out + "g", List.of(out + "t", out + "places"))
                .node("ScatterND", out + "s", List.of(out + "t", out + "places", out + "g"))
                .node("Transpose", out, List.of(out + "s"), integers("perm", 1, 0, 2, 3)));
  }

  private static void cumSum(OnnxFile file, String in, String out) {
    file.longs(out + "axis", 1)
        .node("CumSum", out, List.of(in, out + "axis"), integer("reverse", 1));
  }

  private static OnnxFile bytes(OnnxFile file, String name, int count, long... sizes) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (37 * i % 101);
    }
    return file.tensor(
        OnnxFile.raw(DataType.UINT8, values, sizes).toBuilder().setName(name).build());
  }

  /** Scale and zero point of numbers from 0 to 1. */
  private static void scale(OnnxFile file, String out) {
    bytes(file.scalar(out + "s", 1 / 200f), out + "z", 1);
  }

  private static void quantize(OnnxFile file, String in, String out) {
    scale(file, out);
    file.node("QuantizeLinear", out + "q", List.of(in, out + "s", out + "z"));
  }

  private static void quantized(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    file.node("DequantizeLinear", out, List.of(out + "q", out + "s", out + "z"));
  }

  private static void dynamic(OnnxFile file, String in, String out) {
    file.node(out, "DynamicQuantizeLinear", List.of(out + "q", out + "s", out + "z"), List.of(in))
        .node("DequantizeLinear", out, List.of(out + "q", out + "s", out + "z"));
  }

  private static void convInteger(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    bytes(file, out + "w", 3 * 4 * 9, 3, 4, 3, 3)
        .node("ConvInteger", out + "c", List.of(out + "q", out + "w", out + "z"))
        .node("Cast", out + "f", List.of(out + "c"), integer("to", 1))
        .scalar(out + "small", 1e-6)
        .node("Mul", out, List.of(out + "f", out + "small"));
  }

  private static void matMulInteger(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    bytes(file, out + "w", 30, 6, 5)
        .node("MatMulInteger", out + "c", List.of(out + "q", out + "w", out + "z"))
        .node("Cast", out + "f", List.of(out + "c"), integer("to", 1))
        .scalar(out + "small", 1e-5)
        .node("Mul", out, List.of(out + "f", out + "small"));
  }

  private static void dequantize(OnnxFile file, String out) {
    file.node("DequantizeLinear", out, List.of(out + "r", out + "ys", out + "z"));
  }

  private static void qLinearConv(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    qLinear(bytes(file, out + "w", 3 * 4 * 9, 3, 4, 3, 3), "QLinearConv", out);
  }

  private static void qLinearMatMul(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    qLinear(bytes(file, out + "w", 30, 6, 5), "QLinearMatMul", out);
  }

  /** A product of the quantized input with the weights, and back to floating point. */
  private static void qLinear(OnnxFile file, String type, String out) {
    List<String> inputs =
        Stream.of("q", "s", "z", "w", "ws", "z", "ys", "z").map(out::concat).toList();
    file.scalar(out + "ws", 0.001).scalar(out + "ys", 0.01).node(type, out + "r", inputs);
    dequantize(file, out);
  }

  private static OperatorExamples groupNormalization(int opset, int scales) {
    return newer(
        opset,
        with(
            "GroupNormalization",
            " of operator set " + opset,
            weights(scales),
            List.of("w", "w"),
            integer("num_groups", 2)));
  }

  /** Rows as tokens, channels as heads. */
  private static OperatorExamples attention() {
    return with(
        "Attention",
        "",
        (file, in, out) -> another(file, in, out + "w"),
        List.of("w", "w"),
        integer("is_causal", 1));
  }

  private static void rotary(OnnxFile file, String in, String out) {
    floats(floats(file, out + "cos", 1, 6, 3), out + "sin", 1, 6, 3)
        .node("RotaryEmbedding", out, List.of(in, out + "cos", out + "sin"));
  }

  private static void castLike(OnnxFile file, String in, String out) {
    file.longs(out + "n", 2)
        .node("CastLike", out + "f", List.of(out + "n", in))
        .node("Div", out, List.of(in, out + "f"));
  }

  private static void eye(OnnxFile file, String in, String out) {
    floats(file, out + "w", 6, 6)
        .node("EyeLike", out + "e", List.of(out + "w"))
        .node("Add", out, List.of(in, out + "e"));
  }

  private static void nonZero(OnnxFile file, String in, String out) {
    file.longs(out + "mask", 0, 1, 0, 1)
        .node("NonZero", out + "n", List.of(out + "mask"))
        .longs(out + "axis", 0)
        .node("Squeeze", out + "i", List.of(out + "n", out + "axis"))
        .node("Gather", out, List.of(in, out + "i"), integer("axis", 1));
  }

  private static void oneHot(OnnxFile file, String in, String out) {
    file.longs(out + "classes", 2, 0, 5, 1, 1, 3)
        .longs(out + "depth", 6)
        .floats(out + "values", new float[] {0, 1}, 2)
        .node("OneHot", out + "o", List.of(out + "classes", out + "depth", out + "values"))
        .node("MatMul", out, List.of(in, out + "o"));
  }

  private static void computedOneHot(OnnxFile file, String in, String out) {
    file.longs(out + "depth", 4)
        .floats(out + "values", new float[] {-1, 2}, 2)
        .node("ArgMax", out + "i", List.of(in), integer("axis", 1), integer("keepdims", 0))
        .node(
            "OneHot",
            out + "o",
            List.of(out + "i", out + "depth", out + "values"),
            integer("axis", 1))
        .node("Mul", out, List.of(in, out + "o"));
  }

  private static void microsoft(String type, OperatorExamples.Nodes nodes) {
    put(MICROSOFT + type, example(MICROSOFT + type, "", nodes));
  }

  private static void plainMicrosoft(String type, AttributeProto... attributes) {
    put(MICROSOFT + type, plain(MICROSOFT + type, attributes));
  }

  private static void microsoft() {
    plainMicrosoft("Gelu");
    plainMicrosoft("FastGelu");
    plainMicrosoft("QuickGelu");
    put(MICROSOFT + "BiasGelu", with(MICROSOFT + "BiasGelu", "", weights(6), List.of("w")));
    put(
        MICROSOFT + "FusedConv",
        with(
            MICROSOFT + "FusedConv",
            "",
            weights(4, 4, 1, 1),
            List.of("w"),
            text("activation", "LeakyRelu"),
            OnnxFile.numbers("activation_params", 0.2f)));
    microsoft(
        "FusedGemm",
        (file, in, out) ->
            floats(file, out + "w", 144, 5)
                .node("Flatten", out + "f", List.of(in))
                .node(
                    MICROSOFT + "FusedGemm",
                    out,
                    List.of(out + "f", out + "w"),
                    text("activation", "Relu")));
    put(
        MICROSOFT + "FusedMatMul",
        with(
            MICROSOFT + "FusedMatMul",
            "",
            weights(5, 6),
            List.of("w"),
            integer("transB", 1),
            number("alpha", 0.5f)));
    put(
        MICROSOFT + "LayerNormalization",
        with(MICROSOFT + "LayerNormalization", "", weights(6), List.of("w")));
    put(
        "SimplifiedLayerNormalization",
        with("SimplifiedLayerNormalization", "", weights(6), List.of("w")));
    for (String type : List.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization")) {
      microsoft(
          type,
          (file, in, out) -> {
            tokens(file, in, out);
            another(file, out + "x", out + "skip");
            floats(file, out + "w", 4)
                .node(
                    out,
                    MICROSOFT + type,
                    List.of(out + "n", "", "", out + "sum"),
                    List.of(out + "x", out + "skip", out + "w"))
                .node("Add", out, List.of(out + "n", out + "sum"));
          });
    }
    microsoft("QuantizeLinear", ComposedExamples::quantizedByMicrosoft);
    microsoft("DequantizeLinear", ComposedExamples::quantizedByMicrosoft);
    for (String type : List.of("QLinearAdd", "QLinearMul")) {
      microsoft(type, (file, in, out) -> quantizedPair(file, in, out, type));
    }
    for (String type : List.of("QLinearSigmoid", "QLinearLeakyRelu", "QLinearGlobalAveragePool")) {
      microsoft(type, (file, in, out) -> quantizedOne(file, in, out, type));
    }
    microsoft(
        "QLinearSoftmax",
        (file, in, out) -> quantizedOne(file, in, out, "QLinearSoftmax", integer("opset", 13)));
    microsoft(
        "QLinearAveragePool",
        (file, in, out) ->
            quantizedOne(file, in, out, "QLinearAveragePool", integers("kernel_shape", 2, 2)));
    microsoft("QLinearConcat", ComposedExamples::quantizedConcat);
    microsoft("QGemm", ComposedExamples::quantizedGemm);
    microsoft(
        "MatMulIntegerToFloat",
        (file, in, out) -> {
          quantize(file, in, out);
          bytes(file, out + "w", 30, 6, 5)
              .scalar(out + "ws", 0.001)
              .node(
                  MICROSOFT + "MatMulIntegerToFloat",
                  out,
                  List.of(out + "q", out + "w", out + "s", out + "ws", out + "z"));
        });
    microsoft(
        "DynamicQuantizeMatMul",
        (file, in, out) ->
            bytes(file, out + "w", 30, 6, 5)
                .scalar(out + "ws", 0.001)
                .node(
                    MICROSOFT + "DynamicQuantizeMatMul", out, List.of(in, out + "w", out + "ws")));
    microsoft(
        "MatMulNBits",
        (file, in, out) ->
            floats(bytes(file, out + "w", 5 * 8, 5, 1, 8), out + "scales", 5)
                .node(
                    MICROSOFT + "MatMulNBits",
                    out,
                    List.of(in, out + "w", out + "scales"),
                    integer("K", 6),
                    integer("N", 5),
                    integer("bits", 4),
                    integer("block_size", 16)));
    put(
        MICROSOFT + "MultiHeadAttention",
        example(MICROSOFT + "MultiHeadAttention", "", ComposedExamples::multiHead),
        example(
            MICROSOFT + "MultiHeadAttention", " with a mask", ComposedExamples::maskedMultiHead));
    put(
        MICROSOFT + "Attention",
        example(MICROSOFT + "Attention", "", ComposedExamples::packed),
        example(MICROSOFT + "Attention", " with a mask", ComposedExamples::maskedAttention));
    microsoft("QAttention", ComposedExamples::quantizedAttention);
  }

  private static void quantizedByMicrosoft(OnnxFile file, String in, String out) {
    scale(file, out);
    file.node(MICROSOFT + "QuantizeLinear", out + "q", List.of(in, out + "s", out + "z"))
        .node(MICROSOFT + "DequantizeLinear", out, List.of(out + "q", out + "s", out + "z"));
  }

  private static void quantizedPair(OnnxFile file, String in, String out, String type) {
    quantize(file, in, out);
    file.scalar(out + "ys", 0.01)
        .node(
            MICROSOFT + type,
            out + "r",
            List.of(
                out + "q",
                out + "s",
                out + "z",
                out + "q",
                out + "s",
                out + "z",
                out + "ys",
                out + "z"));
    dequantize(file, out);
  }

  private static void quantizedOne(
      OnnxFile file, String in, String out, String type, AttributeProto... attributes) {
    quantize(file, in, out);
    file.scalar(out + "ys", 0.01)
        .node(
            MICROSOFT + type,
            out + "r",
            List.of(out + "q", out + "s", out + "z", out + "ys", out + "z"),
            attributes);
    dequantize(file, out);
  }

  private static void quantizedConcat(OnnxFile file, String in, String out) {
    quantize(file, in, out);
    file.scalar(out + "ys", 0.01)
        .node(
            MICROSOFT + "QLinearConcat",
            out + "r",
            List.of(
                out + "ys",
                out + "z",
                out + "q",
                out + "s",
                out + "z",
                out + "q",
                out + "s",
                out + "z"),
            integer("axis", 1));
    dequantize(file, out);
  }

  private static void quantizedGemm(OnnxFile file, String in, String out) {
    file.node("Flatten", out + "f", List.of(in));
    quantize(file, out + "f", out);
    bytes(file, out + "w", 5 * 144, 5, 144)
        .scalar(out + "ws", 0.0001)
        .node(
            MICROSOFT + "QGemm",
            out,
            List.of(out + "q", out + "s", out + "z", out + "w", out + "ws", out + "z"),
            integer("transB", 1));
  }

  /** Rows and columns as tokens of 4 numbers. */
  private static void tokens(OnnxFile file, String in, String out) {
    file.longs(out + "to", 0, 4, 36)
        .node("Reshape", out + "m", List.of(in, out + "to"))
        .node("Transpose", out + "x", List.of(out + "m"), integers("perm", 0, 2, 1));
  }

  private static void multiHead(OnnxFile file, String in, String out) {
    tokens(file, in, out);
    floats(file, out + "b", 12)
        .node(
            MICROSOFT + "MultiHeadAttention",
            out,
            List.of(out + "x", out + "x", out + "x", out + "b"),
            integer("num_heads", 2));
  }

  private static void packed(OnnxFile file, String in, String out) {
    tokens(file, in, out);
    floats(floats(file, out + "w", 4, 12), out + "b", 12)
        .node(
            MICROSOFT + "Attention",
            out,
            List.of(out + "x", out + "w", out + "b"),
            integer("num_heads", 2));
  }

  /** A mask of the keys: every third is left out. */
  private static void mask(OnnxFile file, String out) {
    ByteBuffer mask = ByteBuffer.allocate(4 * 36).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 36; i++) {
      mask.putInt(i % 3 == 0 ? 0 : 1);
    }
    file.tensor(
        OnnxFile.raw(DataType.INT32, mask.array(), 1, 36).toBuilder()
            .setName(out + "mask")
            .build());
  }

  private static void maskedMultiHead(OnnxFile file, String in, String out) {
    tokens(file, in, out);
    mask(file, out);
    file.node(
        MICROSOFT + "MultiHeadAttention",
        out,
        List.of(out + "x", out + "x", out + "x", "", out + "mask"),
        integer("num_heads", 2));
  }

  private static void maskedAttention(OnnxFile file, String in, String out) {
    tokens(file, in, out);
    mask(file, out);
    floats(floats(file, out + "w", 4, 12), out + "b", 12)
        .node(
            MICROSOFT + "Attention",
            out,
            List.of(out + "x", out + "w", out + "b", out + "mask"),
            integer("num_heads", 2),
            integer("unidirectional", 1));
  }

  private static void quantizedAttention(OnnxFile file, String in, String out) {
    tokens(file, in, out);
    quantize(file, out + "x", out);
    floats(bytes(file, out + "w", 4 * 12, 4, 12), out + "b", 12)
        .scalar(out + "ws", 0.01)
        .node(
            MICROSOFT + "QAttention",
            out,
            List.of(
                out + "q", out + "w", out + "b", out + "s", out + "ws", "", out + "z", out + "z"),
            integer("num_heads", 2));
  }
}
