package io.adversight.attack;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Prediction;
import io.adversight.run.Counter;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The only way to run an attack: keeps the images inside the ball and the bounds, classifies them
 * again, counts what was spent, and stops when that is wished.
 */
public final class Attacks {
  private Attacks() {}

  /** Whether the changed image is also classified after rounding to 8 bit, as a PNG holds it. */
  public enum Rounding {
    CHECK,
    SKIP
  }

  /**
   * Runs a bounded attack for several sizes of the ball.
   *
   * @return for each epsilon in turn, one result per image
   * @throws IllegalArgumentException if the attack does not know the norm
   */
  public static List<Adversarial> run(
      BoundedAttack attack,
      Problem problem,
      Norm norm,
      List<Double> epsilons,
      Rounding rounding,
      Run run) {
    checkNorm(attack.norms().contains(norm), norm, attack.norms());
    List<Adversarial> results = new ArrayList<>();
    for (double epsilon : epsilons) {
      Ball ball = new Ball(norm, epsilon);
      Run own = run.restarted();
      try (Scope scope = Scope.open()) {
        long start = System.nanoTime();
        Tensor changed = attack.perturb(problem, ball, own);
        Tensor inside = problem.clip(ball.project(changed, problem.pixels()));
        results.addAll(judge(problem, inside, epsilon, rounding, own, start));
      }
    }
    return results;
  }

  /**
   * Runs an attack that looks for the nearest adversarial image.
   *
   * @return one result per image
   * @throws IllegalArgumentException if the attack does not know the norm
   */
  public static List<Adversarial> run(
      MinimalAttack attack, Problem problem, Norm norm, Rounding rounding, Run run) {
    checkNorm(attack.norms().contains(norm), norm, attack.norms());
    try (Scope scope = Scope.open()) {
      long start = System.nanoTime();
      Run own = run.restarted();
      Tensor changed = problem.clip(attack.perturb(problem, norm, own));
      return judge(problem, changed, Double.NaN, rounding, own, start);
    }
  }

  private static void checkNorm(boolean known, Norm norm, Iterable<Norm> norms) {
    if (!known) {
      throw new IllegalArgumentException(
          "this attack does not know the norm %s; it knows %s".formatted(norm, norms));
    }
  }

  private static List<Adversarial> judge(
      Problem problem, Tensor changed, double epsilon, Rounding rounding, Run run, long start) {
    List<Prediction> before = Prediction.of(problem.classifier().logits(problem.pixels()));
    Tensor logits = problem.classifier().logits(changed);
    List<Prediction> after = Prediction.of(logits);
    boolean[] success = problem.reached(logits);
    double seconds = (System.nanoTime() - start) / 1e9 / problem.size();
    List<Raster> originals = Batches.rasters(problem.pixels());
    List<Raster> images = Batches.rasters(changed);
    List<Prediction> rounded = List.of();
    boolean[] roundedSuccess = new boolean[success.length];
    if (rounding == Rounding.CHECK) {
      Tensor roundedLogits = problem.classifier().logits(changed.mul(255).round().div(255));
      rounded = Prediction.of(roundedLogits);
      roundedSuccess = problem.reached(roundedLogits);
    }
    List<Adversarial> results = new ArrayList<>();
    for (int i = 0; i < problem.size(); i++) {
      Counter counter = run.counter(i);
      results.add(
          new Adversarial(
              i,
              problem.labels().get(i),
              epsilon,
              originals.get(i),
              images.get(i),
              before.get(i),
              after.get(i),
              success[i],
              rounded.isEmpty() ? Optional.empty() : Optional.of(rounded.get(i)),
              roundedSuccess[i],
              Adversarial.Norms.between(originals.get(i), images.get(i)),
              new Adversarial.Cost(
                  counter.iterations(), counter.forwards(), counter.backwards(), seconds)));
    }
    return results;
  }
}
