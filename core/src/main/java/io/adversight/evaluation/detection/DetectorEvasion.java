package io.adversight.evaluation.detection;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * An attack that knows the detector: where the goal is not reached it follows the loss, where it is
 * it lowers what stands for the detector's score, and of all adversarial images on the way it keeps
 * the one that scores lowest (selective projected gradient descent, Bryniarski et al. 2022,
 * equation 5). Without a stand-in only the choice among the images is left.
 *
 * @param score what the detector looks at
 * @param steps of projected gradient descent
 * @param relativeStep step length as a fraction of epsilon
 * @param judged steps between two looks at the true score
 */
@Doc("Evasion of a detector")
@Paper("bryniarski2022")
public record DetectorEvasion(
    @Doc("detection score to be kept low") DetectionScore score,
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("steps between two evaluations of the true score") int judged)
    implements BoundedAttack {
  /** 60 steps of a tenth against the stability of the explanation. */
  public DetectorEvasion() {
    this(new ExplanationStability(), 60, 0.1, 5);
  }

  /** Checks the ranges. */
  public DetectorEvasion {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.atLeast(1, judged, "judged");
  }

  /** The attack on one score, with the default steps. */
  public static DetectorEvasion of(DetectionScore score) {
    DetectorEvasion defaults = new DetectorEvasion();
    return new DetectorEvasion(score, defaults.steps, defaults.relativeStep, defaults.judged);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    Tensor center = problem.pixels();
    Objective objective = problem.objective(Loss.CROSS_ENTROPY);
    double[] lowest = new double[problem.size()];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    try (Scope whole = Scope.open();
        LoopVariable x = new LoopVariable(problem.clip(ball.random(center, run, 0)));
        LoopVariable best = new LoopVariable(center)) {
      for (int step = 0; step <= steps; step++) {
        run.checkCancelled();
        try (Scope scope = Scope.open()) {
          GradientEvaluation evaluation = problem.gradient(x.value(), objective, run);
          boolean[] reached = problem.reached(evaluation.logits());
          if (step % judged == 0 || step == steps) {
            keepBest(problem, x.value(), reached, lowest, best, run.split(step));
          }
          Tensor direction =
              direction(problem, x.value(), evaluation, reached, step, run.split(step));
          Tensor moved =
              x.value().add(ball.norm().steepest(direction).mul(relativeStep * ball.epsilon()));
          if (step < steps) {
            x.set(problem.clip(ball.project(moved, center)));
            run.step(x.value(), evaluation.loss());
          }
        }
      }
      return whole.keep(fallback(best.value(), x.value(), lowest));
    }
  }

  /** The best adversarial image, or where there is none the last one. */
  private static Tensor fallback(Tensor best, Tensor last, double[] lowest) {
    boolean[] none = new boolean[lowest.length];
    for (int i = 0; i < none.length; i++) {
      none[i] = Double.isInfinite(lowest[i]);
    }
    int[] rows = Problem.indices(none, true);
    return rows.length == 0 ? best.copy() : best.withRows(rows, last.rows(rows));
  }

  private void keepBest(
      Problem problem, Tensor x, boolean[] reached, double[] lowest, LoopVariable best, Run run) {
    int[] rows = Problem.indices(reached, true);
    if (rows.length == 0) {
      return;
    }
    DetectorInputs suspects =
        new DetectorInputs(problem.classifier(), x.rows(rows), problem.pixels().rows(rows));
    List<Double> scores = score.scores(suspects, run.select(rows));
    boolean[] better = new boolean[reached.length];
    for (int k = 0; k < rows.length; k++) {
      better[rows[k]] = scores.get(k) < lowest[rows[k]];
      lowest[rows[k]] = Math.min(lowest[rows[k]], scores.get(k));
    }
    int[] kept = Problem.indices(better, true);
    if (kept.length > 0) {
      best.set(best.value().withRows(kept, x.rows(kept)));
    }
  }

  /** Up the loss where the goal is not reached, down the stand-in where it is (equation 5). */
  private Tensor direction(
      Problem problem,
      Tensor x,
      GradientEvaluation evaluation,
      boolean[] reached,
      int step,
      Run run) {
    int[] rows = Problem.indices(reached, true);
    if (rows.length == 0 || score.standIn().isEmpty()) {
      return evaluation.gradient();
    }
    Tensor leaf = x.rows(rows).leaf();
    DetectorInputs suspects =
        new DetectorInputs(problem.classifier(), leaf, problem.pixels().rows(rows));
    Tensor value = score.standIn().get().values(suspects, step, run.select(rows));
    run.countBackward();
    Tensor down = Gradients.of(value, leaf).neg();
    return evaluation.gradient().withRows(rows, down);
  }
}
