package io.adversight.attack.blackbox;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Finished;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.LossEvaluation;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/**
 * The square attack: random search that changes one square window at a time and keeps what raises
 * the margin loss; it needs no gradient (Andriushchenko et al. 2020, algorithms 1 to 3). Images
 * leave as soon as they reach the goal.
 *
 * @param queries forward passes per image
 * @param share the first window's area as a share of the image's, p; it falls by the paper's
 *     schedule
 */
@Doc("Square attack")
@Paper("andriushchenko2020")
public record Square(
    @Doc("forward passes per image") int queries,
    @Doc("initial area of the square as a share of the image's") double share)
    implements BoundedAttack {
  /** The setting of the AutoAttack ensemble. */
  public Square() {
    this(5000, 0.8);
  }

  public Square {
    Check.atLeast(1, queries, "queries");
    Check.within(0.0, 1.0, share, "share");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    try (Scope scope = Scope.open()) {
      Finished arrivals = new Finished(problem.pixels());
      ActiveImages here = ActiveImages.all(problem, run);
      boolean[] reached = problem.reached(problem.startingLogits(run));
      here = here.keep(arrivals.take(here, problem.pixels(), reached));
      if (here.isEmpty()) {
        return scope.keep(arrivals.with(here, problem.pixels()));
      }
      LoopVariable x = new LoopVariable(SquareWindows.of(here.problem(), ball).start(here.run()));
      LossEvaluation start = here.problem().height(x.value(), loss(here), here.run());
      LoopVariable best = new LoopVariable(start.loss());
      reached = here.problem().reached(start.logits());
      for (int query = 1; query < queries; query++) {
        here = here.keep(arrivals.take(here, x.value(), reached), x, best);
        if (here.isEmpty()) {
          break;
        }
        reached = ask(here, ball, query, x, best);
      }
      return scope.keep(arrivals.with(here, x.value()));
    }
  }

  /** One query: keeps what raises the loss or succeeds, and returns which images do. */
  private boolean[] ask(
      ActiveImages here, Ball ball, int query, LoopVariable x, LoopVariable best) {
    try (Scope step = Scope.open()) {
      Problem problem = here.problem();
      Run run = here.run();
      Tensor next =
          SquareWindows.of(problem, ball).change(x.value(), side(problem, query), run, query);
      LossEvaluation now = problem.height(next, loss(here), run);
      boolean[] reached = problem.reached(now.logits());
      Tensor better = now.loss().gt(best.value()).or(PerImage.where(reached, now.loss()));
      run.step(next, now.loss());
      best.set(better.choose(now.loss(), best.value()));
      x.set(PerImage.column(better, next).choose(next, x.value()));
      return reached;
    }
  }

  private static Objective loss(ActiveImages here) {
    return here.problem().objective(Loss.MARGIN);
  }

  /** The side of the windows: the square root of p times the area, p falling by the schedule. */
  private double side(Problem problem, int query) {
    double area = (double) problem.pixels().size(2) * problem.pixels().size(3);
    return Math.sqrt(share / divisor(query) * area);
  }

  /** What p is divided by at a query, out of 10,000 (section 4.1, as AutoAttack runs it). */
  static int divisor(int query) {
    int[] ends = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
    int halvings = 0;
    while (halvings < ends.length && query > ends[halvings]) {
      halvings++;
    }
    return 1 << halvings;
  }
}
