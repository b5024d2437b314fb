package io.adversight.attack.minimal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.iteration.AdamPixelOptimizer;
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
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;

/**
 * Minimises |x' - x|_2^2 + c f(x') over x' = (tanh w + 1) / 2 by Adam, with the smallest weight c
 * that works found by bisection (Carlini and Wagner 2017, section VI.A); f is the margin by which
 * the goal is missed, at least -confidence. One search gives the variant with a single c.
 *
 * @param searches values of c tried
 * @param steps of Adam for each of them
 * @param rate Adam's learning rate
 * @param constant first value of c
 * @param confidence margin by which the goal must be reached, in logits
 * @param abortEarly whether an image stops when its loss has not fallen in a tenth of the steps
 */
@Doc("Carlini and Wagner's L2 attack")
@Paper("carlini2017")
public record CarliniWagner(
    @Doc("values of the constant that are tried") int searches,
    @Doc("steps for each of them") int steps,
    @Doc("learning rate of Adam") double rate,
    @Doc("initial weight of the loss") double constant,
    @Doc("confidence kappa, the required margin in logits") double confidence,
    @Doc("stop an image when its loss no longer falls") boolean abortEarly)
    implements MinimalAttack {
  /** The setting of the authors' program. */
  public CarliniWagner() {
    this(9, 10000, 0.01, 0.001, 0, true);
  }

  public CarliniWagner {
    Check.atLeast(1, searches, "searches");
    Check.atLeast(1, steps, "steps");
    Check.positive(rate, "rate");
    Check.positive(constant, "constant");
    Check.atLeast(0.0, confidence, "confidence");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    TanhBox box = new TanhBox(problem.bounds());
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages unsolved = ActiveImages.unsolved(problem, run, best);
      ConstantSearch weights = new ConstantSearch(problem.size(), constant);
      for (int i = 0; i < searches; i++) {
        boolean[] found = descend(unsolved.shared(), box, best, weights.constants());
        for (int image : unsolved.images()) {
          weights.next(image, found[image]);
        }
      }
      return scope.keep(best.images());
    }
  }

  /** Whether each image of the whole batch came to the goal on the way down. */
  private boolean[] descend(ActiveImages all, TanhBox box, BestSoFar best, double[] constants) {
    boolean[] found = new boolean[constants.length];
    double[] last = new double[constants.length];
    Arrays.fill(last, Double.POSITIVE_INFINITY);
    try (Scope scope = Scope.open()) {
      ActiveImages active = all;
      Objective gap = all.problem().objective(Loss.MARGIN).negate();
      AdamPixelOptimizer optimizer = new AdamPixelOptimizer(box.variable(all.pixels()), rate);
      for (int i = 0; i < steps && !active.isEmpty(); i++) {
        boolean[] stuck = new boolean[active.size()];
        try (Scope step = Scope.open()) {
          Tensor x = active.problem().clip(box.image(optimizer.value()));
          GradientEvaluation evaluation = active.problem().gradient(x, gap, active.run());
          Tensor change = x.sub(active.pixels());
          double[] sizes = change.square().sumPerImage().toDoubles();
          double[] losses = evaluation.loss().toDoubles();
          boolean[] reached = active.problem().reachedBeyondRounding(evaluation.logits());
          for (int k = 0; k < reached.length; k++) {
            int image = active.image(k);
            reached[k] &= losses[k] <= -confidence;
            found[image] |= reached[k];
            if (abortEarly && i % Math.max(1, steps / 10) == 0) {
              double loss = sizes[k] + constants[image] * Math.max(losses[k], -confidence);
              stuck[k] = loss > 0.9999 * last[image];
              last[image] = loss;
            }
          }
          best.offer(active, x, reached);
          active.run().step(x, evaluation.loss());
          double[] own = active.of(constants);
          Tensor weight = PerImage.of(k -> losses[k] > -confidence ? own[k] : 0, x);
          Tensor gradient = change.mul(2).add(evaluation.gradient().mul(weight));
          optimizer.step(gradient.mul(box.gradient(optimizer.value())));
        }
        int[] stay = Problem.indices(stuck, false);
        if (stay.length < active.size()) {
          active = active.keep(stay, optimizer.state());
          gap = active.problem().objective(Loss.MARGIN).negate();
        }
      }
    }
    return found;
  }
}
