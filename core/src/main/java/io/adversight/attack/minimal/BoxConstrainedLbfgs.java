package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.BestSoFar;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Lbfgs;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Minimises |r|_2^2 + b CE(x + r, target) in the box of pixels by L-BFGS, with the smallest weight
 * b whose minimiser reaches the goal found by a line search (Szegedy et al. 2014, section 4.1, with
 * c = 1 / b and the norm squared, so that its gradient at 0 exists). Without a target the runner-up
 * class is aimed at.
 *
 * @param searches values of b tried
 * @param iterations of L-BFGS for each of them
 * @param constant first value of b
 */
@Doc("Box-constrained L-BFGS")
@Paper("szegedy2014")
public record BoxConstrainedLbfgs(
    @Doc("weights of the loss that are tried") int searches,
    @Doc("iterations for each of them") int iterations,
    @Doc("initial weight of the loss") double constant)
    implements MinimalAttack {
  /** Ten weights, 100 iterations each; the paper names no numbers. */
  public BoxConstrainedLbfgs() {
    this(10, 100, 0.01);
  }

  public BoxConstrainedLbfgs {
    Check.atLeast(1, searches, "searches");
    Check.atLeast(1, iterations, "iterations");
    Check.positive(constant, "constant");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages unsolved = ActiveImages.unsolved(problem, run, best);
      if (unsolved.isEmpty()) {
        return scope.keep(best.images());
      }
      List<Integer> targets =
          TargetClasses.of(unsolved.problem(), problem.startingLogits(run).rows(unsolved.images()));
      ConstantSearch weights = new ConstantSearch(unsolved.size(), constant);
      for (int i = 0; i < searches; i++) {
        try (Scope search = Scope.open()) {
          Tensor x = minimize(unsolved, targets, weights.constants());
          Tensor logits = unsolved.problem().logits(x, unsolved.run());
          boolean[] reached = unsolved.problem().reachedBeyondRounding(logits);
          best.offer(unsolved, x, reached);
          for (int k = 0; k < reached.length; k++) {
            weights.next(k, reached[k]);
          }
        }
      }
      return scope.keep(best.images());
    }
  }

  private Tensor minimize(ActiveImages all, List<Integer> targets, double[] weights) {
    Bounds bounds = all.problem().bounds();
    Lbfgs.Function loss =
        (points, rows) -> {
          try (Scope scope = Scope.open()) {
            Run run = all.run().select(rows);
            List<Integer> own = new ArrayList<>();
            double[] b = new double[rows.length];
            for (int k = 0; k < rows.length; k++) {
              own.add(targets.get(rows[k]));
              b[k] = weights[rows[k]];
            }
            Problem part = all.problem().select(rows);
            Tensor allowed = part.clip(points);
            GradientEvaluation evaluation =
                part.gradient(allowed, new Objective.CrossEntropy(own), run);
            run.step(allowed, evaluation.loss());
            Tensor r = allowed.sub(part.pixels());
            Tensor weight = PerImage.of(b, points);
            Tensor gradient = r.mul(2).add(evaluation.gradient().mul(weight));
            Tensor value = r.square().sumPerImage().reshape(-1);
            return new Lbfgs.Evaluation(
                scope.keep(value.add(evaluation.loss().mul(weight.reshape(-1)))),
                scope.keep(part.masked(gradient).alias()));
          }
        };
    double low = Math.max(bounds.low(), -Float.MAX_VALUE);
    double high = Math.min(bounds.high(), Float.MAX_VALUE);
    return all.problem().clip(new Lbfgs(iterations).minimize(all.pixels(), low, high, loss));
  }
}
