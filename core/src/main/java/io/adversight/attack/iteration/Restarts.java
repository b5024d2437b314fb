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
   * Where there are several, each is looked at in one forward pass.
   *
   * @param objective the loss of a part of the problem
   */
  public static Tensor best(
      int restarts, Problem problem, Function<Problem, Objective> objective, Run run, Try attempt) {
    Tensor best = attempt.perturb(problem, run);
    if (restarts == 1) {
      return best;
    }
    boolean[] reached;
    double[] loss;
    try (Scope scope = Scope.open()) {
      LossEvaluation first = problem.height(best, objective.apply(problem), run);
      reached = problem.reached(first.logits());
      loss = first.loss().toDoubles();
    }
    for (int restart = 1; restart < restarts; restart++) {
      int[] active = Problem.indices(reached, false);
      if (active.length == 0) {
        break;
      }
      try (Scope scope = Scope.open()) {
        Problem rest = problem.select(active);
        Run own = run.select(active).split(restart);
        Tensor made = attempt.perturb(rest, own);
        LossEvaluation now = rest.height(made, objective.apply(rest), own);
        boolean[] reachedNow = rest.reached(now.logits());
        double[] lossNow = now.loss().toDoubles();
        boolean[] better = new boolean[active.length];
        for (int i = 0; i < active.length; i++) {
          better[i] = reachedNow[i] || lossNow[i] > loss[active[i]];
          if (better[i]) {
            reached[active[i]] = reachedNow[i];
            loss[active[i]] = lossNow[i];
          }
        }
        Tensor chosen = PerImage.where(better, made).choose(made, best.rows(active));
        best = scope.replace(best, best.withRows(active, chosen));
      }
    }
    return best;
  }
}
