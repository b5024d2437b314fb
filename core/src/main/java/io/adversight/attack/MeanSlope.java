package io.adversight.attack;

import io.adversight.tensor.Scope;
import java.util.function.IntFunction;

/** The mean of several passes at the same images; what a pass took is freed before the next. */
final class MeanSlope {
  private MeanSlope() {}

  /** The mean gradient, loss and logits of the passes 0, ..., {@code count} - 1. */
  static Slope of(int count, IntFunction<Slope> pass) {
    Slope sum = null;
    for (int i = 0; i < count; i++) {
      try (Scope scope = Scope.open()) {
        Slope next = pass.apply(i);
        Slope before = sum == null ? zeros(next) : sum;
        Slope after = plus(before, next);
        sum =
            new Slope(
                scope.replace(before.gradient(), after.gradient()),
                scope.replace(before.loss(), after.loss()),
                scope.replace(before.logits(), after.logits()));
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("a mean needs a pass, but count was " + count);
    }
    return new Slope(sum.gradient().div(count), sum.loss().div(count), sum.logits().div(count));
  }

  private static Slope zeros(Slope like) {
    return new Slope(
        like.gradient().fullLike(0), like.loss().fullLike(0), like.logits().fullLike(0));
  }

  private static Slope plus(Slope a, Slope b) {
    return new Slope(
        a.gradient().add(b.gradient()), a.loss().add(b.loss()), a.logits().add(b.logits()));
  }
}
