package io.adversight.attack.blackbox;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.iteration.Restarts;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * Turns random pixels white or black, one after the other while the change fits into the ball; in
 * the LINF ball it moves them towards white or black as far as that allows.
 *
 * @param share the largest share of pixels that changes
 * @param tries how many draws are tried; images that reach the goal leave
 */
@Doc("Salt and pepper noise")
public record SaltAndPepper(
    @Doc("largest share of pixels that changes") double share,
    @Doc("number of random draws") int tries)
    implements BoundedAttack {
  /** A tenth of the pixels, one draw. */
  public SaltAndPepper() {
    this(0.1, 1);
  }

  public SaltAndPepper {
    Check.within(0.0, 1.0, share, "share");
    Check.atLeast(1, tries, "tries");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2, Norm.L1, Norm.L0);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return Restarts.best(
        tries, problem, p -> p.objective(Loss.CROSS_ENTROPY), run, (p, r) -> draw(p, ball, r));
  }

  private Tensor draw(Problem problem, Ball ball, Run run) {
    Tensor x = problem.pixels();
    Bounds bounds = problem.bounds();
    Tensor plane = x.narrow(1, 0, 1);
    Tensor salt = run.uniform(plane, 0, 0, 1).ge(0.5);
    Tensor high = plane.fullLike(Math.min(bounds.high(), Float.MAX_VALUE));
    Tensor low = plane.fullLike(Math.max(bounds.low(), -Float.MAX_VALUE));
    Tensor change = salt.choose(high, low).sub(x);
    if (ball.norm() == Norm.LINF) {
      change = change.clamp(-ball.epsilon(), ball.epsilon());
    }
    Tensor order = flat(run.uniform(plane, 1, 0, 1)).sort(1, false).indices();
    Tensor cost = flat(cost(change, ball.norm())).gather(1, order).cumulativeSum(1);
    Tensor rank = order.sort(1, false).indices(); // the place of each pixel in the order
    Tensor spent = cost.gather(1, rank);
    double most = Math.floor(share * spent.size(1));
    double budget = budget(ball);
    Tensor kept = spent.le(budget).and(rank.asDouble().lt(most));
    return problem.clip(x.add(change.mul(kept.asFloat().like(x).reshape(plane.shape().toArray()))));
  }

  private static double budget(Ball ball) {
    double rounding = 1 + 1e-6;
    return switch (ball.norm()) {
      case LINF -> Double.MAX_VALUE;
      case L2 -> ball.epsilon() * ball.epsilon() * rounding;
      case L1, L0 -> ball.epsilon() * rounding;
    };
  }

  /** What each pixel adds to the norm, (N, 1, H, W). */
  private static Tensor cost(Tensor change, Norm norm) {
    Tensor d = change.asDouble();
    return switch (norm) {
      case LINF -> d.mul(0).sum(1);
      case L2 -> d.square().sum(1);
      case L1 -> d.abs().sum(1);
      case L0 -> d.abs().gt(0).asDouble().sum(1);
    };
  }

  private static Tensor flat(Tensor plane) {
    return plane.reshape(plane.size(0), -1);
  }
}
