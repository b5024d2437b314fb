package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the nearest adversarial image is, from both sides: an attack has found one at a distance,
 * and lower bounds say, certainly or by estimate, that there is none nearer.
 *
 * @param predicted the class of the image
 * @param bounds the lower bounds, one per method
 * @param attack the distance at which the attack found an adversarial image; empty if it found none
 */
public record SmallestDistance(
    int predicted, List<DistanceBound.Estimate> bounds, OptionalDouble attack) {
  private static final double FIRST_BALL = 1;
  private static final int HALVINGS = 10;

  public SmallestDistance {
    bounds = List.copyOf(bounds);
  }

  /**
   * Looks at one image from both sides; the ball of a bounded attack is bisected.
   *
   * @param bounds at least one, all in the same norm
   * @param pixels (1, C, H, W)
   * @param run of size 1
   */
  public static SmallestDistance of(
      List<DistanceBound> bounds, Attack attack, Classifier classifier, Tensor pixels, Run run) {
    Norm norm = norm(bounds);
    try (Scope scope = Scope.open()) {
      int predicted = (int) classifier.logits(pixels).argmax(1).toLongs()[0];
      List<DistanceBound.Estimate> found =
          bounds.stream().map(bound -> bound.estimate(classifier, pixels, run)).toList();
      Attack nearest =
          attack instanceof BoundedAttack bounded
              ? new EpsilonBisection(bounded, FIRST_BALL, HALVINGS)
              : attack;
      Adversarial nearby =
          Attacks.runAny(
                  nearest,
                  Problem.of(classifier, pixels, List.of(predicted)),
                  norm,
                  List.of(),
                  Attacks.Settings.of(Attacks.Rounding.SKIP),
                  run)
              .get(0);
      return new SmallestDistance(
          predicted,
          found,
          nearby.success()
              ? OptionalDouble.of(size(nearby.norms(), norm))
              : OptionalDouble.empty());
    }
  }

  private static double size(Adversarial.Norms norms, Norm norm) {
    return switch (norm) {
      case LINF -> norms.linf();
      case L2 -> norms.l2();
      case L1 -> norms.l1();
      case L0 -> norms.l0();
    };
  }

  /**
   * The norm of some bounds.
   *
   * @throws InputException if they have several
   */
  public static Norm norm(List<DistanceBound> bounds) {
    List<Norm> norms = bounds.stream().map(DistanceBound::norm).distinct().toList();
    if (norms.size() != 1) {
      throw new InputException("the lower bounds must be in one norm, but are in " + norms);
    }
    return norms.get(0);
  }

  /** Whether no bound is larger than what the attack found, as a lower bound must be. */
  public boolean isConsistent() {
    return attack.isEmpty()
        || bounds.stream().allMatch(bound -> bound.score() <= attack.getAsDouble());
  }
}
