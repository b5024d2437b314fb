package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.ChosenTarget;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * The iterative least-likely class method: steps towards the class that the network holds for the
 * least likely at the original image (Kurakin et al. 2017, section 2.3).
 *
 * @param rank 1 for the least likely class other than the label, 2 for the one before it, ...
 * @param paperSteps see {@link Bim}
 * @param steps see {@link Bim}
 * @param relativeStep see {@link Bim}
 */
@Doc("Iterative least-likely class")
@Paper("kurakin2017")
public record LeastLikely(
    @Doc("1 for the least likely class, 2 for the one before it, and so on") int rank,
    @Doc("steps of one grey level, min(e + 4, 1.25 e) of them for e grey levels")
        boolean paperSteps,
    @Doc("gradient steps, unless paper steps are taken") int steps,
    @Doc("step length as a fraction of epsilon, unless paper steps are taken") double relativeStep)
    implements BoundedAttack {
  /** The paper's setting. */
  public LeastLikely() {
    this(1, true, 10, 0.1);
  }

  public LeastLikely {
    ChosenTarget.checkRank(rank);
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
  }

  @Override
  public Set<Norm> norms() {
    return new Bim(paperSteps, steps, relativeStep).norms();
  }

  @Override
  public void check(int classes, boolean targeted) {
    ChosenTarget.check(rank, classes, targeted);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    Problem targeted = ChosenTarget.ranked(problem, problem.classes() - 1 - rank, run);
    return new Bim(paperSteps, steps, relativeStep).perturb(targeted, ball, run);
  }
}
