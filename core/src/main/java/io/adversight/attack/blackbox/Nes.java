package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * Projected gradient descent on the log-probability of the class, its gradient estimated by natural
 * evolution strategies: normal directions in opposite pairs (Ilyas et al. 2018, algorithm 1). Sees
 * logits; an image is finished once it succeeds.
 *
 * @param queries most images asked for an image
 * @param pairs of images for one estimate
 * @param sigma distance at which images are asked
 * @param relativeStep step length as a share of epsilon
 */
@Doc("Natural evolution strategies")
@Paper("ilyas2018")
public record Nes(
    @Doc("maximum queries per image") int queries,
    @Doc("pairs of images for one estimate") int pairs,
    @Doc("distance at which images are sampled") double sigma,
    @Doc("step length as a fraction of epsilon") double relativeStep)
    implements BlackBoxBoundedAttack {
  /** The paper's setting: 50 images an estimate, sigma 0.001, steps of 0.01 at epsilon 0.05. */
  public Nes() {
    this(10000, 25, 0.001, 0.2);
  }

  public Nes {
    Check.atLeast(10, queries, "queries");
    Check.atLeast(1, pairs, "pairs");
    Check.positive(sigma, "sigma");
    Check.positive(relativeStep, "relativeStep");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2);
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LOGITS;
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Ball ball, Run run) {
    double length = relativeStep * ball.epsilon();
    return new EstimatedDescent(
            pairs,
            sigma,
            BlackBoxProblem.Score.LOG_PROBABILITY,
            AntitheticGradient.Directions.NORMAL)
        .run(problem, ball, run, start -> EstimatedDescent.steepest(start, ball.norm(), length));
  }
}
