package io.adversight.graph.backward;

import io.adversight.tensor.Tensor;

/** Values whose recorded gradient is another than their own. */
final class Recorded {
  private Recorded() {}

  /** The value of {@code value}, with the gradient of {@code gradient}. */
  static Tensor as(Tensor value, Tensor gradient) {
    return value.detach().add(gradient.sub(gradient.detach()));
  }

  /** {@code a / b}, and {@code otherwise} where |b| is at most {@code tiny}. */
  static Tensor quotient(Tensor a, Tensor b, double tiny, Tensor otherwise) {
    Tensor small = b.abs().le(tiny);
    return small.choose(otherwise, a.div(small.choose(b.fullLike(1), b)));
  }

  /** {@code a / b}, and 0 where b is 0. */
  static Tensor quotient(Tensor a, Tensor b) {
    return quotient(a, b, 0, a.fullLike(0));
  }
}
