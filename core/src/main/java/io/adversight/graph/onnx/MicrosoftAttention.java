package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * ONNX Runtime's attention, as its optimizer and quantizer write it. Q, K and V are brought to (N,
 * S, heads x size), whether they come apart, packed or quantized.
 */
final class MicrosoftAttention {
  static final Map<String, Function<OnnxNode, FunctionBody>> BODIES =
      Map.of(
          "com.microsoft.MultiHeadAttention",
          MicrosoftAttention::multiHead,
          "com.microsoft.Attention",
          MicrosoftAttention::attention,
          "com.microsoft.QAttention",
          MicrosoftAttention::quantized);

  private static final String SIDE_BY_SIDE =
      "Reshape(Transpose(%s, perm: [0, 2, 1, 3]), [0, 0, -1])";

  private MicrosoftAttention() {}

  /**
   * Queries, keys and values apart (N, S, heads x size); all in one (N, S, heads, 3, size); keys
   * and values in one (N, S, heads, 2, size); or keys and values with the heads first.
   */
  private static FunctionBody multiHead(OnnxNode node) {
    refuse(node, 6, "past keys");
    refuse(node, 7, "past values");
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder text = new StringBuilder();
    Shape query = node.shapes(0).get(0);
    long queries = query.size(1);
    long keys = queries;
    long width;
    long values;
    if (query.rank() == 5) {
      if (node.hasInput(1) || node.hasInput(2)) {
        throw node.wrong("packed queries %s leave no room for keys and values".formatted(query));
      }
      width = query.size(2) * query.size(4);
      values = width;
      text.append("ofQuery, ofKey, ofValue = Split(query, [1, 1, 1], axis: 3)\n");
      text.append(whole("q", "ofQuery") + whole("k", "ofKey") + whole("v", "ofValue"));
    } else {
      if (!node.hasInput(1)) {
        throw node.wrong("queries %s come without keys".formatted(query));
      }
      Shape key = node.shapes(1).get(0);
      width = query.size(2);
      text.append("q = Identity(query)\n");
      if (key.rank() == 5) {
        keys = key.size(1);
        values = width;
        text.append("ofKey, ofValue = Split(key, [1, 1], axis: 3)\n");
        text.append(whole("k", "ofKey") + whole("v", "ofValue"));
      } else {
        if (!node.hasInput(2)) {
          throw node.wrong("keys %s come without values".formatted(key));
        }
        Shape value = node.shapes(2).get(0);
        boolean headsFirst = key.rank() == 4;
        keys = key.size(headsFirst ? 2 : 1);
        values = headsFirst ? value.size(1) * value.size(3) : value.size(2);
        String form = headsFirst ? SIDE_BY_SIDE : "Identity(%s)";
        text.append("k = %s\n".formatted(form.formatted("key")));
        text.append("v = %s\n".formatted(form.formatted("value")));
      }
    }
    if (node.hasInput(3)) {
      parameters.put("sizes", List.of(width, width, values));
      text.append(
          """
          biasQ, biasK, biasV = Split(bias, sizes)
          Q = Add(q, biasQ)
          K = Add(k, biasK)
          V = Add(v, biasV)
          """);
    } else {
      text.append("Q = Identity(q)\nK = Identity(k)\nV = Identity(v)\n");
    }
    heads(node, width, queries, keys, new Masks(4, 5), parameters, text);
    return FunctionText.function(
        "query, key, value, bias, mask, attention_bias -> Y", parameters, text.toString());
  }

  /** One of the parts (N, S, heads, 1, size) of packed values with its heads side by side. */
  private static String whole(String name, String part) {
    return "%s = Reshape(%s, [0, 0, -1])\n".formatted(name, part);
  }

  /** Queries, keys and values that are one product of the tokens with weights. */
  private static FunctionBody attention(OnnxNode node) {
    refuse(node, 4, "past keys");
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder text = new StringBuilder();
    text.append(node.hasInput(2) ? "all = Add(MatMul(X, W), B)\n" : "all = MatMul(X, W)\n");
    ofOneProduct(node, new Masks(3, 5), parameters, text);
    return FunctionText.function(
        "X, W, B, mask, past, attention_bias -> Y", parameters, text.toString());
  }

  /** The same of quantized tokens and weights. */
  private static FunctionBody quantized(OnnxNode node) {
    refuse(node, 8, "past keys");
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder text = new StringBuilder();
    text.append(
        """
        sums = Cast(MatMulInteger(X, W, %s, %s), to: 1)
        all = Add(Mul(sums, Mul(xs, ws)), B)
        """
            .formatted(node.hasInput(6) ? "xz" : "_", node.hasInput(7) ? "wz" : "_"));
    ofOneProduct(node, new Masks(5, -1), parameters, text);
    return FunctionText.function("X, W, B, xs, ws, mask, xz, wz -> Y", parameters, text.toString());
  }

  private static void ofOneProduct(
      OnnxNode node, Masks masks, Map<String, Object> parameters, StringBuilder text) {
    if (node.flag("do_rotary", false)) {
      throw node.wrong("do_rotary=1 is not supported; export rotary embeddings as nodes");
    }
    long tokens = node.shapes(0).get(0).size(1);
    long width = node.shapes(1).get(0).size(1);
    List<Long> sizes = node.integers("qkv_hidden_sizes", List.of(width / 3, width / 3, width / 3));
    if (sizes.size() != 3) {
      throw node.wrong("qkv_hidden_sizes must be three numbers, but are " + sizes);
    }
    parameters.put("sizes", sizes);
    text.append("Q, K, V = Split(all, sizes, axis: -1)\n");
    heads(node, sizes.get(0), tokens, tokens, masks, parameters, text);
  }

  private static void refuse(OnnxNode node, int input, String what) {
    if (node.hasInput(input)) {
      throw node.wrong(what + " are not supported; export the network without a cache");
    }
  }

  /**
   * Inputs that change the scores.
   *
   * @param kept where 1 stands for keys that are seen and 0 for others: (N, keys) or (N, queries,
   *     keys)
   * @param added what is added to the scores; -1 if the operator has no such input
   */
  private record Masks(int kept, int added) {}

  /** From Q, K and V (N, S, heads x size) to Y of the same shape. */
  private static void heads(
      OnnxNode node,
      long width,
      long queries,
      long keys,
      Masks masks,
      Map<String, Object> parameters,
      StringBuilder text) {
    long heads = node.integer("num_heads", 0);
    if (heads < 1 || width % heads != 0) {
      throw node.wrong("%s heads do not fit a width of %s".formatted(heads, width));
    }
    parameters.put("apart", List.of(0L, 0L, heads, -1L));
    double scale = node.number("scale", 0);
    parameters.put("scale", scale == 0 ? 1 / Math.sqrt((double) width / heads) : scale);
    text.append(
        """
        Q4 = Transpose(Reshape(Q, apart), perm: [0, 2, 1, 3])
        keys = Transpose(Reshape(K, apart), perm: [0, 2, 1, 3])
        values = Transpose(Reshape(V, apart), perm: [0, 2, 1, 3])
        """);
    String mask = mask(node, masks, parameters, text);
    AttentionFunctions.Bias bias =
        new AttentionFunctions.Bias(
            mask, AttentionFunctions.excludes(node, queries, keys, 0, parameters));
    AttentionFunctions.scores(0, bias, parameters, text);
    text.append("Y = %s\n".formatted(SIDE_BY_SIDE.formatted("MatMul(weights, values)")));
  }

  /** The name of what is added to the scores; empty if there is nothing. */
  private static String mask(
      OnnxNode node, Masks masks, Map<String, Object> parameters, StringBuilder text) {
    boolean added = masks.added() >= 0 && node.hasInput(masks.added());
    if (!node.hasInput(masks.kept())) {
      return added ? "attention_bias" : "";
    }
    int rank = node.rank(masks.kept());
    if (rank != 2 && rank != 3) {
      throw node.wrong(
          "a mask %s is not supported, only one of the keys of each image"
              .formatted(node.shapes(masks.kept()).get(0)));
    }
    parameters.put("low", node.number("mask_filter_value", -10000));
    parameters.put("new", rank == 2 ? List.of(1L, 2L) : List.of(1L));
    text.append("masked = Mul(Sub(1, Unsqueeze(Cast(mask, to: 1), new)), low)\n");
    if (!added) {
      return "masked";
    }
    text.append("both = Add(masked, attention_bias)\n");
    return "both";
  }
}
