package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.tensor.Scope;
import java.util.function.IntFunction;

/** The mean of several passes at the same images; what a pass took is freed before the next. */
final class MeanGradient {
  private MeanGradient() {}

  /** The mean gradient, loss and logits of the passes 0, ..., {@code count} - 1. */
  static GradientEvaluation of(int count, IntFunction<GradientEvaluation> pass) {
    GradientEvaluation sum = null;
    for (int i = 0; i < count; i++) {
      try (Scope scope = Scope.open()) {
        GradientEvaluation next = pass.apply(i);
        GradientEvaluation before = sum == null ? zeros(next) : sum;
        GradientEvaluation after = plus(before, next);
        sum =
            new GradientEvaluation(
                scope.replace(before.gradient(), after.gradient()),
                scope.replace(before.loss(), after.loss()),
                scope.replace(before.logits(), after.logits()));
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("a mean needs a pass, but count was " + count);
    }
    return new GradientEvaluation(
        sum.gradient().div(count), sum.loss().div(count), sum.logits().div(count));
  }

  private static GradientEvaluation zeros(GradientEvaluation like) {
    return new GradientEvaluation(
        like.gradient().fullLike(0), like.loss().fullLike(0), like.logits().fullLike(0));
  }

  private static GradientEvaluation plus(GradientEvaluation a, GradientEvaluation b) {
    return new GradientEvaluation(
        a.gradient().add(b.gradient()), a.loss().add(b.loss()), a.logits().add(b.logits()));
  }
}
