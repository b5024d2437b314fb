package io.adversight.attribution.attention;

import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.graph.AttentionBlock;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;
import java.util.List;

/** The attentions of a network in which every token attends to every other. */
record TokenAttention(GraphClassifier network, List<AttentionBlock> blocks) {
  TokenAttention {
    blocks = List.copyOf(blocks);
  }

  /**
   * The attentions of a network.
   *
   * @param method what a message calls the method that needs them
   * @throws InputException if there are none, or some look at a part of the tokens only
   */
  static TokenAttention of(Classifier classifier, String method) {
    GraphClassifier network = NetworkGraph.of(classifier, method);
    List<AttentionBlock> blocks = network.attention();
    String name = network.card().name();
    if (blocks.isEmpty()) {
      throw new InputException(
          "%s needs a network with attention (aviary-vit is one), but \"%s\" has no softmax of products of two activations; class activation maps work on every network"
              .formatted(method, name));
    }
    AttentionBlock first = blocks.get(0);
    for (AttentionBlock block : blocks) {
      if (!block.isGlobal()) {
        throw new InputException(
            "%s needs attention of every token to every other, but in \"%s\" layer \"%s\" attends in windows, or to tokens whose grid was not found (--grid says it); class activation maps work on every network"
                .formatted(method, name, block.weights()));
      }
      if (block.rows() != first.rows()
          || block.columns() != first.columns()
          || block.first() != first.first()) {
        throw new InputException(
            "%s needs the same tokens in every block, but in \"%s\" layers \"%s\" and \"%s\" have others; class activation maps work on every network"
                .formatted(method, name, first.weights(), block.weights()));
      }
    }
    return new TokenAttention(network, blocks);
  }

  /** The layers of the weights, in order. */
  List<String> layers() {
    return blocks.stream().map(AttentionBlock::weights).toList();
  }

  /** The weights of a block, (N, heads, T, T). */
  Tensor weights(Trace trace, int block) {
    AttentionBlock own = blocks.get(block);
    return own.byHead(trace.activation(own.weights()));
  }

  /** The weights of a block times the gradient of an objective with respect to them. */
  Tensor weighted(Trace trace, int block, Objective objective) {
    return weights(trace, block).mul(gradient(trace, block, objective));
  }

  /** The gradient of an objective with respect to the weights of a block, (N, heads, T, T). */
  Tensor gradient(Trace trace, int block, Objective objective) {
    AttentionBlock own = blocks.get(block);
    return own.byHead(trace.gradient(own.weights(), objective));
  }

  /**
   * What the class token, the first of all, takes of each place; without one the mean over all
   * tokens.
   *
   * @param rows (N, T, T), a row for each token that takes
   * @return (N, 1, h, w)
   */
  Tensor map(Tensor rows) {
    long first = blocks.get(0).first();
    return places(first > 0 ? rows.narrow(1, 0, 1) : rows.mean(1));
  }

  /** The tokens of places of (N, 1, T) on their grid, (N, 1, h, w). */
  Tensor places(Tensor tokens) {
    AttentionBlock one = blocks.get(0);
    Tensor inside = tokens.narrow(2, one.first(), one.rows() * one.columns());
    return inside.contiguous().reshape(tokens.size(0), 1, one.rows(), one.columns());
  }

  /** The identity for (N, T, T) of these rows. */
  static Tensor identity(Tensor rows) {
    long tokens = rows.size(1);
    float[] values = new float[Math.toIntExact(tokens * tokens)];
    for (int i = 0; i < tokens; i++) {
      values[Math.toIntExact(i * (tokens + 1))] = 1;
    }
    return Tensor.of(values, 1, tokens, tokens).like(rows);
  }
}
