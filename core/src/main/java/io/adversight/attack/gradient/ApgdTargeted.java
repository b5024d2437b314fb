package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.Selection;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.attack.problem.TargetedDlr;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Auto-PGD on the targeted difference of logits ratio, towards the likeliest other classes in turn;
 * images that reach the goal leave (Croce and Hein 2020, section 4.1).
 *
 * @param steps gradient steps per target
 * @param targets how many classes are tried
 * @param rho share of rising steps below which the step length is halved
 * @param shrinking whether, for L1, the ball shrinks from 3 epsilon to epsilon on the way
 */
@Doc("Auto-PGD on the targeted difference of logits ratio")
@Paper("croce2020")
public record ApgdTargeted(
    @Doc("gradient steps per target") int steps,
    @Doc("number of most probable other classes tried") int targets,
    @Doc("share of improving steps below which the step length is halved") double rho,
    @Doc("shrink the ball from 3 epsilon to epsilon on the way (only for L1)") boolean shrinking)
    implements BoundedAttack {
  /** The paper's setting: nine classes. */
  public ApgdTargeted() {
    this(100, 9, 0.75, true);
  }

  public ApgdTargeted {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(1, targets, "targets");
    Check.within(0.0, 1.0, rho, "rho");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    ApgdRun one = new ApgdRun(steps, rho, shrinking);
    if (problem.goal() instanceof Goal.MisclassifyAs) {
      return one.perturb(problem, ball, here -> here.problem().objective(Loss.DLR), run);
    }
    Tensor result = problem.pixels().copy();
    int[] active = Problem.indices(problem.reached(problem.startingLogits(run)), false);
    int tries = Math.min(targets, problem.classes() - 1);
    for (int place = 0; place < tries && active.length > 0; place++) {
      try (Scope scope = Scope.open()) {
        Problem rest = problem.select(active);
        Run own = run.select(active).split(place);
        List<Integer> chosen = TargetClasses.ranked(rest, place, own);
        Tensor made = one.perturb(rest, ball, here -> towards(here, chosen), own);
        boolean[] reached = rest.reached(rest.logits(made, own));
        result = scope.replace(result, result.withRows(active, made));
        active = Selection.compose(active, Problem.indices(reached, false));
      }
    }
    return result;
  }

  private static Objective towards(ActiveImages here, List<Integer> targets) {
    return new TargetedDlr(here.problem().labels(), Selection.of(targets, here.images()));
  }
}
