package io.adversight.attribution.attention;

import io.adversight.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The product of attention through the blocks, each with its residual connection. */
final class Rollout {
  private @Nullable Tensor product;

  /** Goes on through a block whose weights (N, T, T) are not negative. */
  void through(Tensor weights) {
    Tensor both = weights.add(TokenAttention.identity(weights)).div(2);
    Tensor rows = both.div(both.sum(2)); // rows of sum 1, as those of a softmax have
    product = product == null ? rows : rows.matmul(product);
  }

  /** What each token (row) has of each token of the first block, (N, T, T). */
  Tensor rows() {
    return Objects.requireNonNull(product, "no block was gone through");
  }
}
