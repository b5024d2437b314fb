package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * A random step of length a, then one step along the gradient's sign of length epsilon - a, which
 * leaves the masked neighbourhood of the original image (Tramer et al. 2018, eq. 7).
 *
 * @param relativeRandom a / epsilon
 * @param loss what is increased
 */
@Doc("Random step followed by the fast gradient sign method")
@Paper("tramer2018")
public record RFgsm(
    @Doc("length of the random step as a fraction of epsilon") double relativeRandom,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: half of epsilon is random. */
  public RFgsm() {
    this(0.5, Loss.CROSS_ENTROPY);
  }

  public RFgsm {
    Check.within(0.0, 1.0, relativeRandom, "relativeRandom");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    double first = relativeRandom * ball.epsilon();
    Tensor center = problem.pixels();
    Tensor random = ball.norm().steepest(run.normal(center, 0)).mul(first);
    Tensor x = problem.clip(center.add(random)); // eq. 7, x'
    GradientEvaluation evaluation = problem.gradient(x, problem.objective(loss), run);
    Tensor step = ball.norm().steepest(evaluation.gradient()).mul(ball.epsilon() - first);
    return problem.clip(x.add(step)); // eq. 7
  }
}
