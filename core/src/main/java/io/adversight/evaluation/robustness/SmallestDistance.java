package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.composite.EpsilonBisection;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the nearest adversarial image is, from both sides: an attack has found one at a distance,
 * and an estimate says that there is none much nearer.
 *
 * @param predicted the class of the image
 * @param estimate the estimated lower bound
 * @param attack the distance at which the attack found an adversarial image; empty if it found none
 */
public record SmallestDistance(
    int predicted, DistanceBound.Estimate estimate, OptionalDouble attack) {
  private static final double FIRST_BALL = 1;
  private static final int HALVINGS = 10;

  /**
   * Looks at one image from both sides; the ball of a bounded attack is bisected.
   *
   * @param pixels (1, C, H, W)
   * @param run of size 1
   */
  public static SmallestDistance of(
      DistanceBound bound, Attack attack, Classifier classifier, Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      int predicted = (int) classifier.logits(pixels).argmax(1).toLongs()[0];
      DistanceBound.Estimate estimate = bound.estimate(classifier, pixels, run);
      Attack nearest =
          attack instanceof BoundedAttack bounded
              ? new EpsilonBisection(bounded, FIRST_BALL, HALVINGS)
              : attack;
      Adversarial found =
          Attacks.runAny(
                  nearest,
                  Problem.of(classifier, pixels, List.of(predicted)),
                  bound.norm(),
                  List.of(),
                  Attacks.Settings.of(Attacks.Rounding.SKIP),
                  run)
              .get(0);
      return new SmallestDistance(
          predicted,
          estimate,
          found.success()
              ? OptionalDouble.of(size(found.norms(), bound.norm()))
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

  /** Whether the estimate is no larger than what the attack found, as a lower bound must be. */
  public boolean isConsistent() {
    return attack.isEmpty() || estimate.score() <= attack.getAsDouble();
  }
}
