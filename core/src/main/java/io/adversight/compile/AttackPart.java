package io.adversight.compile;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Loss;
import io.adversight.graph.derivative.Expression;
import io.adversight.graph.derivative.GraphObjective;
import io.adversight.graph.operator.Activation;
import io.adversight.model.Classifier;
import io.adversight.model.Trace;
import java.util.List;
import java.util.Optional;

/**
 * One step of an attack in the L-infinity norm, (N, C, H, W) in [0, 1], away from the class that is
 * given.
 *
 * @param loss what is increased
 * @param projected whether the step is one of projected gradient descent, around another image
 */
record AttackPart(Loss loss, boolean projected) implements Part {
  private static final double USUAL_EPSILON = 4 / 255.0;
  private static final double USUAL_STEP = 1 / 255.0;

  /** The part of an attack; empty if it cannot be compiled. */
  static Optional<Part> of(BoundedAttack attack) {
    if (attack instanceof Fgsm fgsm && fgsm.loss() != Loss.DLR) {
      return Optional.of(new AttackPart(fgsm.loss(), false));
    }
    return attack instanceof Pgd pgd && pgd.loss() != Loss.DLR
        ? Optional.of(new AttackPart(pgd.loss(), true))
        : Optional.empty();
  }

  @Override
  public GraphObjective objective() {
    return switch (loss) {
      case CROSS_ENTROPY -> GraphObjective.CROSS_ENTROPY;
      case MARGIN -> GraphObjective.MARGIN;
      case LOGIT, DLR -> GraphObjective.LOGIT;
    };
  }

  @Override
  public List<String> places(Classifier network) {
    return List.of(Trace.PIXELS);
  }

  @Override
  public String says() {
    return projected
        ? "the pixels after one step of projected gradient descent away from the class"
        : "the adversarial image of the fast gradient sign method, away from the class";
  }

  @Override
  public Expression value(Draft draft) {
    Expression gradient = draft.gradient(objective(), Trace.PIXELS);
    Expression sign = gradient.apply(Activation.Function.SIGN);
    Expression away = loss == Loss.CROSS_ENTROPY ? sign : sign.negated();
    Expression epsilon =
        draft.number("epsilon", USUAL_EPSILON, "largest change of a pixel, such as 0.0157 (4/255)");
    Activation.Clip clip = new Activation.Clip(0, 1);
    if (!projected) {
      return draft.pixels().plus(away.times(epsilon)).apply(clip);
    }
    Expression length =
        draft.number("step", USUAL_STEP, "length of a step, such as 0.0039 (1/255)");
    Expression center =
        draft.images("original", "the images around which changes are bounded, in [0, 1]");
    Expression moved = draft.pixels().plus(away.times(length));
    return moved.smallerOf(center.plus(epsilon)).largerOf(center.minus(epsilon)).apply(clip);
  }
}
