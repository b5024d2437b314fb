package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.iteration.Restarts;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Auto-PGD: projected ascent with momentum that chooses its step length itself (Croce and Hein
 * 2020, section 3; in the L1 ball Croce and Hein 2021).
 *
 * @param steps gradient steps
 * @param restarts tries from different random starts; images that reach the goal leave
 * @param rho share of rising steps below which the step length is halved
 * @param shrinking whether, for L1, the ball shrinks from 3 epsilon to epsilon on the way
 * @param loss what is increased
 */
@Doc("Auto-PGD")
@Paper("croce2020")
public record Apgd(
    @Doc("gradient steps") int steps,
    @Doc("tries from different random starts") int restarts,
    @Doc("share of improving steps below which the step length is halved") double rho,
    @Doc("shrink the ball from 3 epsilon to epsilon on the way (only for L1)") boolean shrinking,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting, with the cross-entropy. */
  public Apgd() {
    this(Loss.CROSS_ENTROPY);
  }

  /** The paper's setting, with another loss. */
  public Apgd(Loss loss) {
    this(100, 1, 0.75, true, loss);
  }

  public Apgd {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(1, restarts, "restarts");
    Check.within(0.0, 1.0, rho, "rho");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    ApgdRun one = new ApgdRun(steps, rho, shrinking);
    return Restarts.best(
        restarts,
        problem,
        p -> p.objective(loss),
        run,
        (p, r) -> one.perturb(p, ball, here -> here.problem().objective(loss), r));
  }
}
