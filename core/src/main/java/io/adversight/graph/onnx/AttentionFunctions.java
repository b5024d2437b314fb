package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Attention and what goes with it, put together of products and a softmax. */
final class AttentionFunctions {
  static final Map<String, Function<OnnxNode, FunctionBody>> BODIES =
      Map.of(
          "Attention",
          AttentionFunctions::attention,
          "RotaryEmbedding",
          AttentionFunctions::rotary);

  private static final long LARGEST_MASK = 1 << 24;

  private AttentionFunctions() {}

  /**
   * What is added to the scores of a query and a key.
   *
   * @param mask the name of a value to add; or empty
   * @param excludes whether the parameter "excluded" is added, too
   */
  record Bias(String mask, boolean excludes) {
    boolean isThere() {
      return excludes || !mask.isEmpty();
    }
  }

  private static FunctionBody attention(OnnxNode node) {
    if (node.hasInput(6)) {
      throw node.wrong("nonpad_kv_seqlen is not supported");
    }
    Shape q = node.shapes(0).get(0);
    Shape k = node.shapes(1).get(0);
    boolean flat = q.rank() == 3;
    long heads = flat ? node.integer("q_num_heads", 0) : q.size(1);
    long groups = flat ? node.integer("kv_num_heads", 0) : k.size(1);
    if (heads < 1 || groups < 1 || heads % groups != 0 || (flat && q.size(2) % heads != 0)) {
      throw node.wrong("%s heads of %s do not fit %s of %s".formatted(heads, q, groups, k));
    }
    long past = node.hasInput(4) ? node.shapes(4).get(0).size(2) : 0;
    long queries = q.size(flat ? 1 : 2);
    long keys = k.size(flat ? 1 : 2) + past;
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("apart", List.of(0L, 0L, heads, -1L));
    parameters.put("apartKeys", List.of(0L, 0L, groups, -1L));
    String apart = "%s = Transpose(Reshape(%s, %s), perm: [0, 2, 1, 3])\n";
    StringBuilder text = new StringBuilder();
    for (String name : List.of("Q", "K", "V")) {
      text.append(
          flat
              ? apart.formatted(name + "4", name, name.equals("Q") ? "apart" : "apartKeys")
              : "%s4 = Identity(%s)\n".formatted(name, name));
    }
    text.append(
        past > 0
            ? """
            present_key = Concat(past_key, K4, axis: 2)
            present_value = Concat(past_value, V4, axis: 2)
            """
            : "present_key = Identity(K4)\npresent_value = Identity(V4)\n");
    if (groups != heads) {
      parameters.put("each", List.of(1L, 1L, heads / groups, 1L, 1L));
      parameters.put("all", List.of(0L, heads, keys, -1L));
    }
    for (String name : List.of("key", "value")) {
      text.append(
          groups == heads
              ? "%ss = Identity(present_%s)\n".formatted(name, name)
              : "%ss = Reshape(Expand(Unsqueeze(present_%s, [2]), each), all)\n"
                  .formatted(name, name));
    }
    boolean masked = node.hasInput(3);
    String mask = "";
    if (masked) {
      long missing = keys - node.shapes(3).get(0).size(-1);
      mask = masked(node, missing, parameters, text);
    }
    Bias bias = new Bias(mask, excludes(node, queries, keys, past, parameters));
    double size = (double) q.size(-1) / (flat ? heads : 1);
    parameters.put("scale", node.number("scale", 1 / Math.sqrt(size)));
    scores(node.number("softcap", 0), bias, parameters, text);
    text.append("attended = MatMul(weights, values)\n");
    text.append(
        flat
            ? "Y = Reshape(Transpose(attended, perm: [0, 2, 1, 3]), [0, 0, -1])\n"
            : "Y = Identity(attended)\n");
    String shown =
        switch ((int) node.integer("qk_matmul_output_mode", 0)) {
          case 0 -> "scores";
          case 1 -> "capped";
          case 2 -> "biased";
          default -> "weights";
        };
    text.append("shown = Identity(%s)\n".formatted(shown));
    return FunctionText.function(
        "Q, K, V, mask, past_key, past_value -> Y, present_key, present_value, shown",
        parameters,
        text.toString());
  }

  /** The mask as numbers to add, with minus infinity for the keys that it leaves out. */
  private static String masked(
      OnnxNode node, long missing, Map<String, Object> parameters, StringBuilder text) {
    boolean conditions = node.input(3).kind() == OnnxValue.Kind.CONDITION;
    parameters.put("minusInfinity", Double.NEGATIVE_INFINITY);
    text.append(
        conditions ? "numbers = Where(mask, 0, minusInfinity)\n" : "numbers = Identity(mask)\n");
    if (missing <= 0) {
      return "numbers";
    }
    List<Long> pads = new ArrayList<>();
    int rank = node.rank(3);
    for (int i = 0; i < 2 * rank; i++) {
      pads.add(i == 2 * rank - 1 ? missing : 0);
    }
    parameters.put("missing", pads);
    text.append("padded = Pad(numbers, missing, minusInfinity)\n");
    return "padded";
  }

  /**
   * Whether there are keys that a query may not see; then the parameter "excluded" is zeros, and
   * minus infinity for those.
   */
  static boolean excludes(
      OnnxNode node, long queries, long keys, long past, Map<String, Object> parameters) {
    boolean causal = node.flag("is_causal", false) || node.flag("unidirectional", false);
    long left = node.integer("left_window_size", -1);
    long right = causal ? 0 : node.integer("right_window_size", -1);
    if (left < 0 && right < 0) {
      return false;
    }
    if (queries * keys > LARGEST_MASK) {
      throw node.wrong("a mask of %s x %s is too large".formatted(queries, keys));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(queries)
            .addDims(keys);
    for (long i = 0; i < queries; i++) {
      for (long j = 0; j < keys; j++) {
        long ahead = j - i - past;
        boolean seen = (left < 0 || -ahead <= left) && (right < 0 || ahead <= right);
        tensor.addFloatData(seen ? 0 : Float.NEGATIVE_INFINITY);
      }
    }
    parameters.put("excluded", tensor.build());
    return true;
  }

  /** From queries Q4 and keys to their scores, and to weights whose sum is 1 for each query. */
  static void scores(double cap, Bias bias, Map<String, Object> parameters, StringBuilder text) {
    text.append("scores = MatMul(Mul(Q4, scale), Transpose(keys, perm: [0, 1, 3, 2]))\n");
    if (cap > 0) {
      parameters.put("cap", cap);
      text.append("capped = Mul(Tanh(Div(scores, cap)), cap)\n");
    } else {
      text.append("capped = Identity(scores)\n");
    }
    if (!bias.isThere()) {
      text.append("biased = Identity(capped)\nweights = Softmax(biased, axis: -1)\n");
      return;
    }
    text.append(
        !bias.excludes()
            ? "bias = Identity(%s)\n".formatted(bias.mask())
            : bias.mask().isEmpty()
                ? "bias = Identity(excluded)\n"
                : "bias = Add(%s, excluded)\n".formatted(bias.mask()));
    // A query that may see no key is given nothing.
    parameters.put("minusInfinity", Double.NEGATIVE_INFINITY);
    text.append(
        """
        biased = Add(capped, bias)
        blind = Equal(ReduceMax(bias, [-1]), minusInfinity)
        weights = Where(blind, 0, Softmax(biased, axis: -1))
        """);
  }

  /** Pairs of numbers turned by angles that depend on the position. */
  private static FunctionBody rotary(OnnxNode node) {
    Shape x = node.shapes(0).get(0);
    boolean flat = x.rank() == 3;
    long heads = flat ? node.integer("num_heads", 0) : x.size(1);
    long size = flat ? x.size(2) / Math.max(1, heads) : x.size(3);
    long given = node.integer("rotary_embedding_dim", 0);
    long turned = given == 0 ? size : given;
    if (heads < 1 || turned < 2 || turned % 2 != 0 || turned > size) {
      throw node.wrong(
          "%s of %s numbers in %s heads cannot be turned".formatted(turned, size, heads));
    }
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("apart", List.of(0L, 0L, heads, size));
    parameters.put("from", List.of(turned));
    parameters.put("half", List.of(turned / 2));
    parameters.put("end", List.of(size));
    parameters.put("pairs", List.of(0L, 0L, heads, turned));
    StringBuilder text = new StringBuilder();
    text.append(
        flat ? "tokens = Reshape(X, apart)\n" : "tokens = Transpose(X, perm: [0, 2, 1, 3])\n");
    for (String name : List.of("cos", "sin")) {
      text.append(
          node.hasInput(3)
              ? "%s = Unsqueeze(Gather(%s_cache, positions), [2])\n".formatted(name, name)
              : "%s = Unsqueeze(%s_cache, [2])\n".formatted(name, name));
    }
    text.append("part = Slice(tokens, [0], from, [3])\n");
    boolean interleaved = node.flag("interleaved", false);
    text.append(
        interleaved
            ? """
            x1 = Slice(part, [0], from, [3], [2])
            x2 = Slice(part, [1], from, [3], [2])
            """
            : """
            x1 = Slice(part, [0], half, [3])
            x2 = Slice(part, half, from, [3])
            """);
    text.append(
        """
        real = Sub(Mul(cos, x1), Mul(sin, x2))
        imaginary = Add(Mul(sin, x1), Mul(cos, x2))
        """);
    text.append(
        interleaved
            ? """
            both = Concat(Unsqueeze(real, [4]), Unsqueeze(imaginary, [4]), axis: 4)
            turned = Reshape(both, pairs)
            """
            : "turned = Concat(real, imaginary, axis: 3)\n");
    text.append(
        turned == size
            ? "whole = Identity(turned)\n"
            : "whole = Concat(turned, Slice(tokens, from, end, [3]), axis: 3)\n");
    text.append(
        flat ? "Y = Reshape(whole, [0, 0, -1])\n" : "Y = Transpose(whole, perm: [0, 2, 1, 3])\n");
    return FunctionText.function(
        "X, cos_cache, sin_cache, positions -> Y", parameters, text.toString());
  }
}
