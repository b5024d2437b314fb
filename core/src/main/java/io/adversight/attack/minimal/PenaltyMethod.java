package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.BestSoFar;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gradient ascent on S_c(x + noise) - lambda |noise|_2, the score of the target class against the
 * length of the noise, as Simonyan et al. (2014, equation 1) make images of a class, but from an
 * image; every step has the same length, since the gradients of scores differ between networks by
 * orders of magnitude. An image is done when the goal is reached. Without a target the runner-up
 * class is aimed at.
 *
 * @param steps of gradient ascent
 * @param length of each step in L2
 * @param penalty lambda
 */
@Doc("Penalty method: gradient ascent with a penalty on the norm")
@Paper("simonyan2014")
public record PenaltyMethod(
    @Doc("maximum steps") int steps,
    @Doc("step length in L2") double length,
    @Doc("weight of the perturbation norm") double penalty)
    implements MinimalAttack {
  /** At most 500 steps of 0.02 with a penalty of 0.1. */
  public PenaltyMethod() {
    this(500, 0.02, 0.1);
  }

  public PenaltyMethod {
    Check.atLeast(1, steps, "steps");
    Check.positive(length, "length");
    Check.atLeast(0.0, penalty, "penalty");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages active = ActiveImages.all(problem, run);
      LoopVariable x = new LoopVariable(problem.pixels());
      List<Integer> targets = TargetClasses.of(problem, problem.startingLogits(active.run()));
      for (int i = 0; i <= steps && !active.isEmpty(); i++) {
        boolean[] reached;
        try (Scope step = Scope.open()) {
          GradientEvaluation evaluation =
              active.problem().gradient(x.value(), new Objective.Logit(targets), active.run());
          reached = active.problem().reachedBeyondRounding(evaluation.logits());
          best.offer(active, x.value(), reached);
          Tensor pull = Norm.L2.steepest(x.value().sub(active.pixels())); // gradient of |noise|_2
          Tensor up = Norm.L2.steepest(evaluation.gradient().sub(pull.mul(penalty))).mul(length);
          x.set(active.problem().clip(x.value().add(up)));
          active.run().step(x.value(), evaluation.loss());
        }
        int[] stay = Problem.indices(reached, false);
        List<Integer> left = new ArrayList<>();
        for (int place : stay) {
          left.add(targets.get(place));
        }
        targets = left;
        active = active.keep(stay, x);
      }
      return scope.keep(best.images());
    }
  }
}
