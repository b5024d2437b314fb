package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.describe.Check;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/** {@link Bim} towards a class that is found by its place in the network's ranking. */
interface RankedTarget extends BoundedAttack {
  /** The place of the target, from 1. */
  int rank();

  /** See {@link Bim}. */
  boolean paperSteps();

  /** See {@link Bim}. */
  int steps();

  /** See {@link Bim}. */
  double relativeStep();

  /** How many of the classes other than the label are likelier than the target. */
  int likelier(int classes);

  /** Checks the parameters. */
  static void check(int rank, int steps, double relativeStep) {
    TargetClasses.checkRank(rank);
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
  }

  private Bim iteration() {
    return new Bim(paperSteps(), steps(), relativeStep());
  }

  @Override
  default Set<Norm> norms() {
    return iteration().norms();
  }

  @Override
  default void check(int classes, boolean targeted) {
    TargetClasses.checkRank(rank(), classes, targeted);
  }

  @Override
  default Tensor perturb(Problem problem, Ball ball, Run run) {
    Problem aimed = TargetClasses.aimed(problem, likelier(problem.classes()), run);
    return iteration().perturb(aimed, ball, run);
  }
}
