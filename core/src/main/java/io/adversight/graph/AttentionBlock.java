package io.adversight.graph;

import io.adversight.tensor.Tensor;

/**
 * One attention of a network: the softmax of products of queries and keys.
 *
 * @param weights the layer of the softmax, (N, heads, T, T) or (N heads, T, T): how much each token
 *     (row) takes of each other (column)
 * @param input the layer whose projections are the queries, which is the normalised input of the
 *     block; empty if it was not found
 * @param heads the number of heads
 * @param rows of the grid on which the tokens lie; 0 if not every token attends to every other, as
 *     in windows
 * @param columns of that grid
 * @param first tokens in front that belong to no place: a class token, and registers
 */
public record AttentionBlock(
    String weights, String input, int heads, long rows, long columns, long first) {
  /** Whether every token of the image attends to every other. */
  public boolean isGlobal() {
    return rows * columns > 0;
  }

  /** A value of the layer, or its gradient, as (N, heads, T, T). */
  public Tensor byHead(Tensor value) {
    long tokens = value.size(-1);
    return value.reshape(-1, heads, tokens, tokens);
  }
}
