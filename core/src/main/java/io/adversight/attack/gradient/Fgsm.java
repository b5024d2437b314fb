package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * One step along the gradient's sign (or the normalised gradient, for L2 and L1): x + epsilon sign
 * grad L.
 *
 * @param loss what is increased
 */
@Doc("Fast gradient sign method")
@Paper("goodfellow2015")
public record Fgsm(@Doc("loss that is increased") Loss loss) implements BoundedAttack {
  /** The paper's setting. */
  public Fgsm() {
    this(Loss.CROSS_ENTROPY);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    GradientEvaluation evaluation = problem.startingGradient(problem.objective(loss), run);
    Tensor step = ball.norm().steepest(evaluation.gradient()); // Goodfellow et al. 2015, section 4
    return problem.clip(problem.pixels().add(step.mul(ball.epsilon())));
  }
}
