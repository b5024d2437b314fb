package io.adversight.attack.transform;

import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.LossEvaluation;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The search for the smallest strength of a transformation that succeeds. */
final class SmallestStrength {
  private SmallestStrength() {}

  /** Images transformed by an amount in [0, 1] each, (N, 1, 1, 1). */
  @FunctionalInterface
  interface Transformation {
    Tensor of(Tensor images, Tensor amounts);
  }

  /**
   * Tries growing amounts on a scale, then halves the gap before the first that works; images
   * without one stay as they are.
   */
  static Tensor search(
      Problem problem, int levels, int halvings, Transformation transformation, Run run) {
    int images = problem.size();
    double[] failed = new double[images];
    double[] worked = new double[images];
    Arrays.fill(worked, Double.NaN);
    boolean[] reached = problem.reachedBeyondRounding(problem.startingLogits(run));
    for (int i : Problem.indices(reached, true)) {
      worked[i] = 0;
    }
    for (int level = 1; level <= levels; level++) {
      double amount = (double) level / levels;
      int[] open = where(worked, true);
      double[] amounts = new double[open.length];
      Arrays.fill(amounts, amount);
      attempt(problem, open, amounts, transformation, failed, worked, run);
    }
    for (int i = 0; i < halvings; i++) {
      int[] found = where(worked, false);
      double[] middles =
          Arrays.stream(found).mapToDouble(k -> (failed[k] + worked[k]) / 2).toArray();
      attempt(problem, found, middles, transformation, failed, worked, run);
    }
    double[] amounts = Arrays.stream(worked).map(a -> Double.isNaN(a) ? 0 : a).toArray();
    Tensor all = PerImage.of(amounts, problem.pixels());
    Tensor changed = transformation.of(problem.pixels(), all);
    return all.gt(0).choose(problem.clip(changed), problem.pixels());
  }

  /** The images for which nothing (or something) was found that needs a change. */
  private static int[] where(double[] worked, boolean missing) {
    return IntStream.range(0, worked.length)
        .filter(i -> missing ? Double.isNaN(worked[i]) : worked[i] > 0)
        .toArray();
  }

  private static void attempt(
      Problem problem,
      int[] images,
      double[] amounts,
      Transformation transformation,
      double[] failed,
      double[] worked,
      Run run) {
    if (images.length == 0) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Problem part = problem.select(images);
      Run own = run.select(images);
      Tensor pixels = part.pixels();
      Tensor changed = part.clip(transformation.of(pixels, PerImage.of(amounts, pixels)));
      LossEvaluation height = part.height(changed, part.objective(Loss.CROSS_ENTROPY), own);
      own.step(changed, height.loss());
      boolean[] reached = part.reachedBeyondRounding(height.logits());
      for (int k = 0; k < images.length; k++) {
        (reached[k] ? worked : failed)[images[k]] = amounts[k];
      }
    }
  }
}
