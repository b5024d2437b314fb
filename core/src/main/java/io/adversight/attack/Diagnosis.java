package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why an attack may have failed though the network is not robust (Carlini et al. 2019, section 5).
 *
 * @param cause what was seen
 * @param explanation in words, with numbers
 */
public record Diagnosis(Cause cause, String explanation) {
  /** What can be seen from outside. */
  public enum Cause {
    /** The gradient of the loss is exactly zero at the original image. */
    ZERO_GRADIENT,
    /** The softmax is 1 to within float's precision. */
    SATURATED_SOFTMAX,
    /** The gradient is zero at most of the pixels. */
    MASKED_GRADIENT,
    /** A random point of the ball succeeds where the attack fails. */
    NOISE_BEATS_GRADIENT,
    /** A larger ball does not bring more success. */
    NO_GROWTH_WITH_EPSILON
  }

  private static final double SATURATED = 1 - 1e-6;
  private static final double MOST = 0.5;

  /** For each image, what was seen if the attack failed; nothing for a success. */
  static List<List<Diagnosis>> ofFailures(
      Problem problem, Optional<Ball> ball, boolean[] success, Run run) {
    List<List<Diagnosis>> all = new ArrayList<>();
    for (int i = 0; i < success.length; i++) {
      all.add(new ArrayList<>());
    }
    int[] failed = Problem.indices(success, false);
    if (failed.length == 0) {
      return all;
    }
    GradientEvaluation evaluation =
        problem.startingGradient(problem.objective(Loss.CROSS_ENTROPY), run);
    try (Scope scope = Scope.open()) {
      double[] largest = evaluation.gradient().linfPerImage().toDoubles();
      Tensor zeros =
          problem.masked(evaluation.gradient().eq(0).asFloat().like(evaluation.gradient()));
      Tensor changeable = problem.masked(evaluation.gradient().fullLike(1)).sumPerImage();
      double[] zeroShare = zeros.sumPerImage().div(changeable).toDoubles();
      double[] confidence = evaluation.logits().softmax(1).max(1).toDoubles();
      for (int i : failed) {
        inspect(largest[i], zeroShare[i], confidence[i], all.get(i));
      }
      if (ball.isPresent() && ball.get().epsilon() > 0) {
        Problem rest = problem.select(failed);
        Tensor noise = rest.clip(ball.get().random(rest.pixels(), run.select(failed), NOISE));
        boolean[] reached = rest.reached(rest.logits(noise, run.select(failed)));
        for (int k = 0; k < failed.length; k++) {
          if (reached[k]) {
            String text = "a random point of the ball succeeds where the attack fails";
            all.get(failed[k]).add(new Diagnosis(Cause.NOISE_BEATS_GRADIENT, text));
          }
        }
      }
    }
    return all;
  }

  private static final long NOISE = 0x0153;

  /** Where this share is fooled, too few are left for success to grow. */
  private static final double NEARLY_ALL = 0.9;

  private static void inspect(
      double largest, double zeroShare, double confidence, List<Diagnosis> seen) {
    if (largest == 0) {
      String text = "the gradient of the loss is exactly zero at the original image";
      seen.add(new Diagnosis(Cause.ZERO_GRADIENT, text));
    } else if (zeroShare > MOST) {
      String text =
          String.format(
              Locale.ROOT,
              "the gradient is exactly zero at %.0f %% of the values",
              100 * zeroShare);
      seen.add(new Diagnosis(Cause.MASKED_GRADIENT, text));
    }
    if (confidence > SATURATED) {
      String text =
          String.format(
              Locale.ROOT,
              "the softmax is saturated: the likeliest class has 1 - %.1e",
              1 - confidence);
      seen.add(new Diagnosis(Cause.SATURATED_SOFTMAX, text));
    }
  }

  /**
   * Whether success, for balls of growing size, fails to grow although it is far from complete.
   *
   * @param rates share fooled of the images classified right, at each epsilon
   */
  static Optional<Diagnosis> ofGrowth(Norm norm, List<Double> epsilons, List<Double> rates) {
    int last = rates.size() - 1;
    if (last < 1 || rates.get(last) > NEARLY_ALL || rates.get(last) > rates.get(0)) {
      return Optional.empty();
    }
    String text =
        String.format(
            Locale.ROOT,
            "success does not grow from epsilon %s (%.1f %% fooled) to %s (%.1f %%)",
            Epsilon.text(norm, epsilons.get(0)),
            100 * rates.get(0),
            Epsilon.text(norm, epsilons.get(last)),
            100 * rates.get(last));
    return Optional.of(new Diagnosis(Cause.NO_GROWTH_WITH_EPSILON, text));
  }
}
