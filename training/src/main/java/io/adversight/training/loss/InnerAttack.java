package io.adversight.training.loss;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * The attack of each step of an adversarial training: {@link Pgd}, of which FGSM is one step of
 * epsilon from the image itself.
 *
 * @param norm of the perturbation
 * @param epsilon its largest norm, pixels in [0, 1]
 * @param steps gradient steps
 * @param relativeStep length of a step / epsilon
 * @param randomStart whether the first image is a random point of the ball
 * @param warmUp share of the phase in which epsilon grows in proportion from 0
 */
public record InnerAttack(
    Norm norm, double epsilon, int steps, double relativeStep, boolean randomStart, double warmUp) {
  private static final int MOST_STEPS = 1000;

  public InnerAttack {
    Check.positive(epsilon, "epsilon");
    Check.within(1, MOST_STEPS, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.within(0.0, 1.0, warmUp, "warmUp");
    if (norm == Norm.LINF) {
      Check.within(0.0, 1.0, epsilon, "epsilon");
    }
  }

  /** The attack of a batch, which increases the problem's own loss, or else the cross-entropy. */
  Tensor perturb(Problem problem, TrainingBatch batch) {
    Run run = batch.run();
    Pgd pgd = new Pgd(steps, relativeStep, randomStart);
    return Attacks.changed(pgd, problem, norm, epsilonAt(batch.progress()), run).detach();
  }

  /** The size of the ball at a moment of the phase. */
  double epsilonAt(double progress) {
    return progress < warmUp ? epsilon * progress / warmUp : epsilon;
  }
}
