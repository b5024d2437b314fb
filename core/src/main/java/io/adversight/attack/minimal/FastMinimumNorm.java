package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.BestSoFar;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
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
import java.util.Arrays;
import java.util.Set;

/**
 * Gradient steps inside a ball whose radius follows the boundary: by a first-order estimate of its
 * distance until the first adversarial image, then shrinking while adversarial and growing while
 * not (Pintor et al. 2021, algorithm 1).
 *
 * @param steps of the gradient
 * @param stepLength first length of a step, falling to a hundredth along a cosine
 * @param gamma first share by which the radius changes, falling to 0.001
 */
@Doc("Fast minimum-norm attack")
@Paper("pintor2021")
public record FastMinimumNorm(
    @Doc("gradient steps") int steps,
    @Doc("initial step length") double stepLength,
    @Doc("initial relative change of the radius") double gamma)
    implements MinimalAttack {
  private static final double LAST_GAMMA = 0.001;

  /** The paper's setting: 1000 steps from length 1 and gamma 0.05. */
  public FastMinimumNorm() {
    this(1000, 1, 0.05);
  }

  public FastMinimumNorm {
    Check.atLeast(1, steps, "steps");
    Check.positive(stepLength, "stepLength");
    Check.within(LAST_GAMMA, 0.999, gamma, "gamma");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2, Norm.L1, Norm.L0);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages all = ActiveImages.unsolved(problem, run, best);
      if (all.isEmpty()) {
        return scope.keep(best.images());
      }
      Objective margin = all.problem().objective(Loss.MARGIN);
      double[] largest = largest(all, norm);
      double[] radii = new double[all.size()];
      Arrays.fill(radii, norm == Norm.L0 ? 1 : Double.POSITIVE_INFINITY);
      LoopVariable delta = new LoopVariable(all.pixels().fullLike(0));
      for (int i = 0; i < steps; i++) {
        try (Scope step = Scope.open()) {
          double cosine = (1 + Math.cos(Math.PI * i / steps)) / 2;
          Tensor x = all.pixels().add(delta.value());
          GradientEvaluation evaluation = all.problem().gradient(x, margin, all.run());
          Tensor gradient = evaluation.gradient();
          boolean[] reached = all.problem().reachedBeyondRounding(evaluation.logits());
          best.offer(all, x, reached);
          all.run().step(x, evaluation.loss());
          double g = LAST_GAMMA + (gamma - LAST_GAMMA) * cosine;
          adapt(radii, all, best, norm, evaluation.loss(), gradient, delta.value(), reached, g);
          for (int k = 0; k < radii.length; k++) {
            radii[k] = Math.min(radii[k], largest[k]);
          }
          double length = stepLength * (0.01 + 0.99 * cosine);
          Tensor moved =
              delta.value().add(ZeroGradient.direction(gradient, all.run(), i).mul(length));
          Tensor inside = BallProjection.onto(norm, moved, PerImage.of(radii, moved));
          Tensor next = all.problem().clip(all.pixels().add(inside));
          delta.set(next.sub(all.pixels()));
        }
      }
      Tensor last = all.pixels().add(delta.value());
      boolean[] reached =
          all.problem().reachedBeyondRounding(all.problem().logits(last, all.run()));
      best.offer(all, last, reached);
      return scope.keep(best.images());
    }
  }

  /** The norm of the largest perturbation inside the bounds. */
  private static double[] largest(ActiveImages all, Norm norm) {
    Bounds bounds = all.problem().bounds();
    Tensor pixels = all.pixels();
    Tensor up = pixels.neg().add(Math.min(bounds.high(), 1e15));
    Tensor down = pixels.sub(Math.max(bounds.low(), -1e15));
    return norm.of(up.maximum(down)).toDoubles();
  }

  private static void adapt(
      double[] radii,
      ActiveImages all,
      BestSoFar best,
      Norm norm,
      Tensor loss,
      Tensor gradient,
      Tensor delta,
      boolean[] reached,
      double gamma) {
    double[] sizes = norm.of(delta).toDoubles();
    double[] losses = loss.toDoubles();
    double[] duals = norm.dual().of(gradient).toDoubles();
    for (int k = 0; k < radii.length; k++) {
      double smallest = best.size(all.image(k));
      if (norm == Norm.L0) {
        double fewer = Math.min(radii[k] - 1, Math.floor(radii[k] * (1 - gamma)));
        double more = Math.max(radii[k] + 1, Math.floor(radii[k] * (1 + gamma)));
        radii[k] = Math.max(0, reached[k] ? Math.min(fewer, smallest) : more);
      } else if (reached[k]) {
        radii[k] = Math.min(radii[k] * (1 - gamma), smallest);
      } else if (best.isFound(all.image(k))) {
        radii[k] *= 1 + gamma;
      } else {
        // Equation 4, and a little more: on a linear classifier the estimate is exact, and an image
        // that stands on the boundary itself would never be adversarial.
        double estimate = sizes[k] + Math.abs(losses[k]) / Math.max(duals[k], 1e-30);
        radii[k] = estimate * (1 + LAST_GAMMA);
      }
    }
  }
}
