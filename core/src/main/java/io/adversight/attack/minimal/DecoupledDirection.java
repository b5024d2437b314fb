package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.BestSoFar;
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
 * Decouples direction and norm: the perturbation follows the gradient of the cross-entropy and is
 * then brought to a length that shrinks while the image is adversarial and grows while it is not
 * (Rony et al. 2019, algorithm 1).
 *
 * @param steps of the gradient
 * @param firstLength of the perturbation
 * @param gamma share by which the length changes in a step
 * @param quantize whether images are rounded to 256 levels in every step
 */
@Doc("Decoupled direction and norm")
@Paper("rony2019")
public record DecoupledDirection(
    @Doc("gradient steps") int steps,
    @Doc("initial norm of the perturbation") double firstLength,
    @Doc("share by which the length changes in a step") double gamma,
    @Doc("quantize to 8 bits in every step") boolean quantize)
    implements MinimalAttack {
  /** The paper's setting with 1000 steps. */
  public DecoupledDirection() {
    this(1000, 1, 0.05, false);
  }

  public DecoupledDirection {
    Check.atLeast(1, steps, "steps");
    Check.positive(firstLength, "firstLength");
    Check.within(1e-6, 0.999, gamma, "gamma");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages all = ActiveImages.unsolved(problem, run, best);
      if (all.isEmpty()) {
        return scope.keep(best.images());
      }
      Objective loss = all.problem().objective(Loss.CROSS_ENTROPY);
      double[] lengths = new double[all.size()];
      Arrays.fill(lengths, firstLength);
      LoopVariable delta = new LoopVariable(all.pixels().fullLike(0));
      for (int i = 0; i < steps; i++) {
        try (Scope step = Scope.open()) {
          Tensor x = all.pixels().add(delta.value());
          GradientEvaluation evaluation = all.problem().gradient(x, loss, all.run());
          boolean[] reached = all.problem().reachedBeyondRounding(evaluation.logits());
          best.offer(all, x, reached);
          all.run().step(x, evaluation.loss());
          for (int k = 0; k < reached.length; k++) {
            lengths[k] *= reached[k] ? 1 - gamma : 1 + gamma;
          }
          double alpha = 0.01 + 0.99 * (1 + Math.cos(Math.PI * i / steps)) / 2;
          Tensor moved =
              delta
                  .value()
                  .add(ZeroGradient.direction(evaluation.gradient(), all.run(), i).mul(alpha));
          Tensor scaled = Norm.L2.steepest(moved).mul(PerImage.of(lengths, moved));
          Tensor next = all.problem().clip(all.pixels().add(scaled));
          if (quantize) {
            next = all.problem().clip(next.mul(255).round().div(255));
          }
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
}
