package io.adversight.training.loss;

import io.adversight.attack.problem.Norm;
import io.adversight.input.InputException;
import java.util.OptionalInt;

/** The known ways to make a training adversarial, with the settings of their papers. */
public enum AdversarialObjective {
  /** Half clean, half FGSM images (Goodfellow et al. 2015, section 6). */
  FGSM(1, 1, false) {
    @Override
    TrainingLoss around(PassLoss loss, InnerAttack attack) {
      return new AdversarialLoss(loss, 0.5, attack);
    }
  },
  /** One step of 1.25 epsilon from a random start (Wong et al. 2020). */
  FAST(1, 1.25, true) {
    @Override
    TrainingLoss around(PassLoss loss, InnerAttack attack) {
      return new AdversarialLoss(loss, 0, attack);
    }
  },
  /** Seven steps of a quarter of epsilon (Madry et al. 2018, for CIFAR-10). */
  PGD(7, 0.25, true) {
    @Override
    TrainingLoss around(PassLoss loss, InnerAttack attack) {
      return new AdversarialLoss(loss, 0, attack);
    }
  },
  /** Ten steps of a quarter of epsilon, beta 6 (Zhang et al. 2019). */
  TRADES(10, 0.25, true) {
    @Override
    TrainingLoss around(PassLoss loss, InnerAttack attack) {
      return new Trades(loss, 6, attack);
    }
  },
  /** Ten steps of a quarter of epsilon, lambda 5 (Wang et al. 2020). */
  MART(10, 0.25, true) {
    @Override
    TrainingLoss around(PassLoss loss, InnerAttack attack) {
      if (!(loss instanceof CrossEntropy)) {
        throw new InputException(
            "MART has a loss of its own and takes the place of a cross-entropy only; for this"
                + " recipe use PGD, FGSM, FAST or TRADES");
      }
      return new Mart(5, attack);
    }
  };

  private final int steps;
  private final double relativeStep;
  private final boolean randomStart;

  AdversarialObjective(int steps, double relativeStep, boolean randomStart) {
    this.steps = steps;
    this.relativeStep = relativeStep;
    this.randomStart = randomStart;
  }

  abstract TrainingLoss around(PassLoss loss, InnerAttack attack);

  /** How many gradient steps its attack has. */
  public int steps() {
    return steps;
  }

  /**
   * This objective in place of a loss.
   *
   * @param epsilon largest norm of a perturbation, pixels in [0, 1]
   * @param otherSteps gradient steps other than the paper's; their length stays that of the paper
   * @throws IllegalArgumentException if the loss attacks already
   */
  public TrainingLoss of(TrainingLoss loss, Norm norm, double epsilon, OptionalInt otherSteps) {
    if (!(loss instanceof PassLoss clean)) {
      throw new InputException(
          "the recipe is adversarial already: its loss attacks the images; leave --adversarial"
              + " out");
    }
    if (otherSteps.isPresent() && steps == 1) {
      throw new InputException("%s has one step; for several use PGD".formatted(this));
    }
    int count = otherSteps.orElse(steps);
    return around(clean, new InnerAttack(norm, epsilon, count, relativeStep, randomStart, 0));
  }
}
