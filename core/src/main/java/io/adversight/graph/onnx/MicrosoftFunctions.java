package io.adversight.graph.onnx;

import static io.adversight.graph.onnx.FunctionText.function;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operators of ONNX Runtime, as its optimizer and quantizer write them. */
final class MicrosoftFunctions {
  static final Map<String, Function<OnnxNode, FunctionBody>> BODIES = new HashMap<>();

  private static final long LARGEST_WEIGHTS = 1L << 28;

  static {
    put("Gelu", node -> function("X -> Y", Map.of(), "Y = Gelu(X)"));
    put("BiasGelu", node -> function("A, B -> Y", Map.of(), "Y = Gelu(Add(A, B))"));
    put("FastGelu", MicrosoftFunctions::fastGelu);
    put("QuickGelu", node -> OnnxFunctions.swish(node.number("alpha", 1.702f)));
    put("FusedConv", MicrosoftFunctions::fusedConv);
    put("FusedGemm", MicrosoftFunctions::fusedGemm);
    put("FusedMatMul", MicrosoftFunctions::fusedMatMul);
    put("LayerNormalization", MicrosoftFunctions::layerNormalization);
    BODIES.put(
        "SimplifiedLayerNormalization", node -> OnnxFunctions.rms(node, "x, scale -> Y", ""));
    put("SkipLayerNormalization", MicrosoftFunctions::skipLayerNormalization);
    put("SkipSimplifiedLayerNormalization", MicrosoftFunctions::skipSimplified);
    put("QuantizeLinear", node -> same(node, "QuantizeLinear"));
    put("DequantizeLinear", node -> same(node, "DequantizeLinear"));
    put("QLinearAdd", node -> quantized(node, "Add(a, b)", "A, as, az, B, bs, bz, ys, yz"));
    put("QLinearMul", node -> quantized(node, "Mul(a, b)", "A, as, az, B, bs, bz, ys, yz"));
    put("QLinearSigmoid", node -> quantized(node, "Sigmoid(a)", "A, as, az, ys, yz"));
    put("QLinearLeakyRelu", MicrosoftFunctions::quantizedLeakyRelu);
    put("QLinearGlobalAveragePool", MicrosoftFunctions::quantizedMean);
    put("QLinearAveragePool", MicrosoftFunctions::quantizedPool);
    put("QLinearConcat", MicrosoftFunctions::quantizedConcat);
    put("QLinearSoftmax", MicrosoftFunctions::quantizedSoftmax);
    put("QGemm", MicrosoftFunctions::quantizedGemm);
    put("MatMulIntegerToFloat", MicrosoftFunctions::toFloat);
    put("DynamicQuantizeMatMul", MicrosoftFunctions::dynamicMatMul);
    put("MatMulNBits", MicrosoftFunctions::packedWeights);
  }

  private MicrosoftFunctions() {}

  private static void put(String type, Function<OnnxNode, FunctionBody> body) {
    BODIES.put("com.microsoft." + type, body);
  }

  private static FunctionBody fastGelu(OnnxNode node) {
    return function(
        "X, B -> Y",
        Map.of(),
        node.hasInput(1)
            ? "Y = Gelu(Add(X, B), approximate: tanh)"
            : "Y = Gelu(X, approximate: tanh)");
  }

  /** An operator with an activation behind it. */
  private static String activated(OnnxNode node, String value, Map<String, Object> parameters) {
    String type = node.text("activation", "");
    List<Float> given = node.numbers("activation_params");
    double alpha = node.number("activation_alpha", given.isEmpty() ? 0.01 : given.get(0));
    double beta = node.number("activation_beta", given.size() < 2 ? 0 : given.get(1));
    parameters.put("alpha", alpha);
    parameters.put("beta", beta);
    return switch (type) {
      case "" -> "Identity(%s)".formatted(value);
      case "Relu", "Tanh", "Sigmoid", "Softplus", "HardSwish" -> "%s(%s)".formatted(type, value);
      case "LeakyRelu", "Elu" -> "%s(%s, alpha: alpha)".formatted(type, value);
      case "HardSigmoid" -> "HardSigmoid(%s, alpha: alpha, beta: beta)".formatted(value);
      case "Clip" -> "Clip(%s, alpha, beta)".formatted(value);
      default -> throw node.wrong("the activation %s is not supported".formatted(type));
    };
  }

  private static FunctionBody fusedConv(OnnxNode node) {
    int dims = node.rank(0) - 2;
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("strides", node.integers("strides", Collections.nCopies(dims, 1L)));
    parameters.put("dilations", node.integers("dilations", Collections.nCopies(dims, 1L)));
    parameters.put("pads", node.integers("pads", Collections.nCopies(2 * dims, 0L)));
    parameters.put("padding", node.text("auto_pad", "NOTSET"));
    parameters.put("groups", node.integer("group", 1));
    return function(
        "X, W, B, Z -> Y",
        parameters,
        """
        conv = Conv(X, W%s, strides: strides, dilations: dilations, pads: pads, auto_pad: padding, group: groups)
        sum = %s
        Y = %s
        """
            .formatted(
                node.hasInput(2) ? ", B" : "",
                node.hasInput(3) ? "Add(conv, Z)" : "Identity(conv)",
                activated(node, "sum", parameters)));
  }

  private static FunctionBody fusedGemm(OnnxNode node) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("factor", node.number("alpha", 1));
    parameters.put("share", node.number("beta", 1));
    parameters.put("ta", node.integer("transA", 0));
    parameters.put("tb", node.integer("transB", 0));
    return function(
        "A, B, C -> Y",
        parameters,
        """
        product = Gemm(A, B%s, alpha: factor, beta: share, transA: ta, transB: tb)
        Y = %s
        """
            .formatted(node.hasInput(2) ? ", C" : "", activated(node, "product", parameters)));
  }

  private static FunctionBody fusedMatMul(OnnxNode node) {
    if (node.flag("transBatchA", false) || node.flag("transBatchB", false)) {
      throw node.wrong("transBatchA and transBatchB are not supported");
    }
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("factor", node.number("alpha", 1));
    return function(
        "A, B -> Y",
        parameters,
        "Y = Mul(MatMul(%s, %s), factor)"
            .formatted(
                side(node, "A", 0, node.flag("transA", false), parameters),
                side(node, "B", 1, node.flag("transB", false), parameters)));
  }

  private static String side(
      OnnxNode node, String name, int index, boolean transposed, Map<String, Object> parameters) {
    int rank = node.rank(index);
    if (!transposed || rank < 2) {
      return name;
    }
    List<Long> order = new ArrayList<>(IntStream.range(0, rank).mapToObj(i -> (long) i).toList());
    Collections.swap(order, rank - 2, rank - 1);
    parameters.put("order" + name, order);
    return "Transpose(%s, perm: order%s)".formatted(name, name);
  }

  private static FunctionBody layerNormalization(OnnxNode node) {
    return function(
        "X, scale, B -> Y",
        Map.of("axis", node.integer("axis", -1), "epsilon", node.number("epsilon", 1e-5f)),
        "Y = LayerNormalization(X, scale%s, axis: axis, epsilon: epsilon)"
            .formatted(node.hasInput(2) ? ", B" : ""));
  }

  private static FunctionBody skipLayerNormalization(OnnxNode node) {
    return function(
        "X, skip, gamma, beta, bias -> Y, mean, deviation, sum",
        Map.of("epsilon", node.number("epsilon", 1e-12f)),
        """
        sum = %s
        Y = LayerNormalization(sum, gamma%s, epsilon: epsilon)
        """
            .formatted(
                node.hasInput(4) ? "Add(Add(X, skip), bias)" : "Add(X, skip)",
                node.hasInput(3) ? ", beta" : ""));
  }

  private static FunctionBody skipSimplified(OnnxNode node) {
    return OnnxFunctions.rms(
        node,
        "X, skip, scale, bias -> Y, mean, deviation, x",
        (node.hasInput(3) ? "x = Add(Add(X, skip), bias)" : "x = Add(X, skip)") + "\n");
  }

  private static FunctionBody same(OnnxNode node, String type) {
    return function(
        "X, scale, zero -> Y",
        Map.of("axis", node.integer("axis", 1)),
        "Y = %s(X, scale%s, axis: axis)".formatted(type, node.hasInput(2) ? ", zero" : ""));
  }

  /** An operator between numbers, whose inputs and result are quantized. */
  private static FunctionBody quantized(OnnxNode node, String operator, String inputs) {
    List<String> names = List.of(inputs.split(", ", -1));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < names.size() - 2; i += 3) {
      boolean zero = node.hasInput(i + 2);
      text.append(
          "%s = DequantizeLinear(%s, %s%s)\n"
              .formatted(
                  names.get(i).toLowerCase(Locale.ROOT),
                  names.get(i),
                  names.get(i + 1),
                  zero ? ", " + names.get(i + 2) : ""));
    }
    boolean zero = node.hasInput(names.size() - 1);
    text.append("Y = QuantizeLinear(%s, ys%s)\n".formatted(operator, zero ? ", yz" : ""));
    return function(
        inputs + " -> Y", Map.of("alpha", node.number("alpha", 0.01f)), text.toString());
  }

  private static FunctionBody quantizedLeakyRelu(OnnxNode node) {
    return quantized(node, "LeakyRelu(a, alpha: alpha)", "A, as, az, ys, yz");
  }

  private static void refuseChannelsLast(OnnxNode node) {
    if (node.flag("channels_last", false)) {
      throw node.wrong("channels_last=1 is not supported; quantize for the CPU in layout NCHW");
    }
  }

  private static FunctionBody quantizedMean(OnnxNode node) {
    refuseChannelsLast(node);
    return quantized(node, "GlobalAveragePool(a)", "A, as, az, ys, yz");
  }

  private static FunctionBody quantizedPool(OnnxNode node) {
    refuseChannelsLast(node);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    String pool =
        "AveragePool(a, kernel_shape: %s, strides: %s, pads: %s, ceil_mode: %s, count_include_pad: %s, auto_pad: %s)"
            .formatted(
                kernel,
                node.integers("strides", Collections.nCopies(kernel.size(), 1L)),
                node.integers("pads", Collections.nCopies(2 * kernel.size(), 0L)),
                node.integer("ceil_mode", 0),
                node.integer("count_include_pad", 0),
                node.text("auto_pad", "NOTSET"));
    return quantized(node, pool, "A, as, az, ys, yz");
  }

  private static FunctionBody quantizedSoftmax(OnnxNode node) {
    return quantized(
        node, "Softmax(a, axis: %s)".formatted(node.integer("axis", -1)), "A, as, az, ys, yz");
  }

  /** The result's scale and zero point come first. */
  private static FunctionBody quantizedConcat(OnnxNode node) {
    int parts = (node.inputs() - 2) / 3;
    StringBuilder inputs = new StringBuilder("ys, yz");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      inputs.append(", x%s, s%s, z%s".formatted(i, i, i));
      text.append("d%s = DequantizeLinear(x%s, s%s, z%s)\n".formatted(i, i, i, i));
    }
    String all = IntStream.range(0, parts).mapToObj(i -> "d" + i).collect(Collectors.joining(", "));
    text.append("Y = QuantizeLinear(Concat(%s, axis: axis), ys, yz)\n".formatted(all));
    return function(inputs + " -> Y", Map.of("axis", node.integer("axis", 1)), text.toString());
  }

  private static FunctionBody quantizedGemm(OnnxNode node) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("factor", node.number("alpha", 1));
    parameters.put("ta", node.integer("transA", 0));
    parameters.put("tb", node.integer("transB", 0));
    boolean perColumn = node.shapes(5).get(0).elements() > 1 && node.flag("transB", false);
    String zero = perColumn ? "Reshape(bz, [-1, 1])" : "bz";
    String sums =
        """
        sums = Gemm(Sub(A, az), Sub(B, %s)%s, transA: ta, transB: tb)
        scaled = Mul(Cast(sums, to: 1), Mul(Mul(as, bs), factor))
        """
            .formatted(zero, node.hasInput(6) ? ", C" : "");
    return function(
        "A, as, az, B, bs, bz, C, ys, yz -> Y",
        parameters,
        sums
            + (node.hasInput(7)
                ? "Y = QuantizeLinear(scaled, ys%s)".formatted(node.hasInput(8) ? ", yz" : "")
                : "Y = Identity(scaled)"));
  }

  private static FunctionBody toFloat(OnnxNode node) {
    return function(
        "A, B, as, bs, az, bz, bias -> Y",
        Map.of(),
        """
        sums = Cast(MatMulInteger(A, B, %s, %s), to: 1)
        scaled = Mul(sums, Mul(as, bs))
        Y = %s
        """
            .formatted(
                node.hasInput(4) ? "az" : "_",
                node.hasInput(5) ? "bz" : "_",
                node.hasInput(6) ? "Add(scaled, bias)" : "Identity(scaled)"));
  }

  private static FunctionBody dynamicMatMul(OnnxNode node) {
    return function(
        "A, B, bs, bz, bias -> Y",
        Map.of(),
        """
        a, as, az = DynamicQuantizeLinear(A)
        sums = Cast(MatMulInteger(a, B, az, %s), to: 1)
        scaled = Mul(sums, Mul(as, bs))
        Y = %s
        """
            .formatted(
                node.hasInput(3) ? "bz" : "_",
                node.hasInput(4) ? "Add(scaled, bias)" : "Identity(scaled)"));
  }

  /** A product with weights (N, K) that are packed into fields of a few bits, a scale per block. */
  private static FunctionBody packedWeights(OnnxNode node) {
    int bits = (int) node.integer("bits", 4);
    long columns = node.integer("K", 0);
    long rows = node.integer("N", 0);
    int block = (int) Math.min(node.integer("block_size", 0), 1 << 16);
    boolean fits = (bits == 2 || bits == 4 || bits == 8) && block >= 16 && columns > 0 && rows > 0;
    if (!fits || columns > LARGEST_WEIGHTS || rows * columns > LARGEST_WEIGHTS) {
      throw node.wrong(
          "weights of %s x %s with %s bits are not supported".formatted(rows, columns, bits));
    }
    if (node.hasInput(4)) {
      throw node.wrong("g_idx is not supported");
    }
    int blocks = (int) ((columns + block - 1) / block);
    long[] packed = node.fixed(1).toLongs();
    double[] scales = node.fixed(2).toDoubles();
    Tensor zeros = node.hasInput(3) ? node.fixed(3) : null;
    int perBlock = block * bits / 8;
    int zeroBytes = (blocks * bits + 7) / 8;
    boolean plainZeros = zeros != null && zeros.isFloating();
    boolean complete =
        packed.length == rows * blocks * perBlock
            && scales.length == rows * blocks
            && (zeros == null || zeros.elements() == rows * (plainZeros ? blocks : zeroBytes));
    if (!complete) {
      throw node.wrong("its weights, scales and zero points do not fit together");
    }
    double[] zero = zeros == null ? new double[0] : zeros.toDoubles();
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(columns)
            .addDims(rows);
    long mask = (1L << bits) - 1;
    for (int k = 0; k < columns; k++) {
      for (int n = 0; n < rows; n++) {
        int at = n * blocks + k / block;
        int bit = k % block * bits;
        long value = packed[at * perBlock + bit / 8] >> (bit % 8) & mask;
        int zeroBit = k / block * bits;
        double base =
            zeros == null
                ? 1L << (bits - 1)
                : plainZeros
                    ? zero[at]
                    : (long) zero[n * zeroBytes + zeroBit / 8] >> (zeroBit % 8) & mask;
        weights.addFloatData((float) ((value - base) * scales[at]));
      }
    }
    return function(
        "A, B, scales, zeros, g, bias -> Y",
        Map.of("weights", weights.build()),
        node.hasInput(5) ? "Y = Add(MatMul(A, weights), bias)" : "Y = MatMul(A, weights)");
  }
}
