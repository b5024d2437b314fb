package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/**
 * The square attack: random search that changes one square window at a time and keeps what raises
 * the margin loss; it needs no gradient (Andriushchenko et al. 2020, algorithms 1 to 3). Images
 * leave as soon as they reach the goal.
 *
 * @param queries forward passes per image
 * @param share the first window's area as a share of the picture's, p; it falls by the paper's
 *     schedule
 */
@Doc("Square attack")
@Paper("andriushchenko2020")
public record Square(
    @Doc("forward passes per image") int queries,
    @Doc("area of the first windows as a share of the picture's") double share)
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
    Tensor result = problem.pixels().copy();
    int[] standing = Problem.indices(problem.reached(problem.startingLogits(run)), false);
    if (standing.length == 0) {
      return result;
    }
    try (Scope scope = Scope.open()) {
      Problem rest = problem.select(standing);
      Run own = run.select(standing);
      Objective loss = rest.objective(Loss.MARGIN);
      Tensor x = SquareWindows.of(rest, ball).start(own);
      Height height = rest.height(x, loss, own);
      Tensor best = height.loss();
      boolean[] reached = rest.reached(height.logits());
      for (int query = 1; query < queries; query++) {
        int[] open = Problem.indices(reached, false);
        if (open.length < standing.length) {
          result = scope.replace(result, result.withRows(standing, x));
          standing = Rows.compose(standing, open);
          if (open.length == 0) {
            break;
          }
          rest = problem.select(standing);
          own = run.select(standing);
          loss = rest.objective(Loss.MARGIN);
          x = x.rows(open);
          best = best.rows(open);
        }
        try (Scope step = Scope.open()) {
          Tensor next = SquareWindows.of(rest, ball).change(x, side(rest, query), own, query);
          Height now = rest.height(next, loss, own);
          reached = rest.reached(now.logits());
          Tensor better = now.loss().gt(best).or(PerImage.where(reached, now.loss()));
          own.step(next, now.loss());
          best = step.replace(best, better.choose(now.loss(), best));
          x = step.replace(x, PerImage.column(better, x).choose(next, x));
        }
      }
      return scope.keep(standing.length == 0 ? result.alias() : result.withRows(standing, x));
    }
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
