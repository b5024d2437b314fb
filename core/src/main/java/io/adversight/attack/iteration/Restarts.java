package io.adversight.attack.iteration;

import io.adversight.attack.problem.LossEvaluation;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.function.Function;

/** Several tries from different random starts; images leave as soon as a try reaches the goal. */
public final class Restarts {
  private Restarts() {}

  /** One try. */
  @FunctionalInterface
  public interface Try {
    Tensor perturb(Problem problem, Run run);
  }

  /**
   * For each image the first try that reaches the goal; if none does, the one of highest loss.
   *
   * @param objective the loss of a part of the problem
   */
  public static Tensor best(
      int restarts, Problem problem, Function<Problem, Objective> objective, Run run, Try attempt) {
    Tensor best = attempt.perturb(problem, run);
    for (int restart = 1; restart < restarts; restart++) {
      try (Scope scope = Scope.open()) {
        boolean[] reached = problem.reached(problem.logits(best, run));
        int[] active = Problem.indices(reached, false);
        if (active.length == 0) {
          break;
        }
        Problem rest = problem.select(active);
        Run own = run.select(active).split(restart);
        Tensor old = best.rows(active);
        Tensor made = attempt.perturb(rest, own);
        LossEvaluation now = rest.height(made, objective.apply(rest), own);
        LossEvaluation before = rest.height(old, objective.apply(rest), own);
        Tensor better =
            PerImage.where(rest.reached(now.logits()), made)
                .or(PerImage.column(now.loss().gt(before.loss()), made));
        best = scope.replace(best, best.withRows(active, better.choose(made, old)));
      }
    }
    return best;
  }
}
