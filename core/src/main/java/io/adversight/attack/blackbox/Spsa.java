package io.adversight.attack.blackbox;

import io.adversight.attack.iteration.AdamPixelOptimizer;
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
 * Adam on the margin, its gradient estimated by simultaneous perturbation: random signs in opposite
 * pairs, projected after every step (Uesato et al. 2018, algorithm 1). Sees logits; an image is
 * finished once it succeeds.
 *
 * @param queries most images asked for an image
 * @param pairs of images for one estimate
 * @param delta distance at which images are asked
 * @param rate Adam's learning rate
 */
@Doc("Simultaneous perturbation stochastic approximation")
@Paper("uesato2018")
public record Spsa(
    @Doc("maximum queries per image") int queries,
    @Doc("pairs of images for one estimate") int pairs,
    @Doc("distance at which images are sampled") double delta,
    @Doc("learning rate of Adam") double rate)
    implements BlackBoxBoundedAttack {
  /** The paper's setting: 100 steps of 0.01 with 128 pairs at distance 0.01. */
  public Spsa() {
    this(25800, 128, 0.01, 0.01);
  }

  public Spsa {
    Check.atLeast(10, queries, "queries");
    Check.atLeast(1, pairs, "pairs");
    Check.positive(delta, "delta");
    Check.positive(rate, "rate");
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
    return new EstimatedDescent(
            pairs, delta, BlackBoxProblem.Score.MARGIN, AntitheticGradient.Directions.SIGNS)
        .run(problem, ball, run, start -> new AdamPixelOptimizer(start, rate));
  }
}
