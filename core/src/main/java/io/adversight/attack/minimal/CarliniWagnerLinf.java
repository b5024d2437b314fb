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
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Minimises c f(x') + sum of max(|x' - x| - tau, 0): changes beyond tau are punished; when all are
 * below, tau shrinks by a tenth and the search goes on from there, else c doubles (Carlini and
 * Wagner 2017, section VI.C).
 *
 * @param steps of Adam for each pair of c and tau
 * @param rate Adam's learning rate
 * @param constant first value of c
 * @param largestConstant value of c at which an image gives up
 * @param shrink factor of tau after a success
 * @param smallestLimit value of tau below which an image is done; the authors' is a step of 8 bit
 * @param confidence margin by which the goal must be reached, in logits
 */
@Doc("Carlini and Wagner's Linf attack")
@Paper("carlini2017")
public record CarliniWagnerLinf(
    @Doc("steps for each constant and each limit") int steps,
    @Doc("learning rate of Adam") double rate,
    @Doc("initial weight of the loss") double constant,
    @Doc("maximum weight, at which an image fails") double largestConstant,
    @Doc("factor of the limit after a success") double shrink,
    @Doc("loss below which an image is finished") double smallestLimit,
    @Doc("confidence kappa, the required margin in logits") double confidence)
    implements MinimalAttack {
  /** The setting of the authors' program. */
  public CarliniWagnerLinf() {
    this(1000, 0.005, 1e-5, 20, 0.9, 1.0 / 256, 0);
  }

  public CarliniWagnerLinf {
    Check.atLeast(1, steps, "steps");
    Check.positive(rate, "rate");
    Check.positive(constant, "constant");
    Check.atLeast(constant, largestConstant, "largestConstant");
    Check.within(0.01, 0.999, shrink, "shrink");
    Check.positive(smallestLimit, "smallestLimit");
    Check.atLeast(0.0, confidence, "confidence");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    TanhBox box = new TanhBox(problem.bounds());
    try (Scope scope = Scope.open()) {
      BestSoFar best = new BestSoFar(problem, norm::of);
      ActiveImages active = ActiveImages.unsolved(problem, run, best);
      double[] c = filled(problem.size(), constant);
      double[] tau = filled(problem.size(), 1);
      LoopVariable start = new LoopVariable(box.variable(active.pixels()));
      while (!active.isEmpty()) {
        boolean[] solved = descend(active.shared(), box, best, start, c, tau);
        boolean[] done = new boolean[active.size()];
        for (int k = 0; k < done.length; k++) {
          int image = active.image(k);
          if (solved[k]) {
            tau[image] = Math.min(tau[image], best.size(image)) * shrink;
          } else {
            c[image] *= 2;
          }
          done[k] = tau[image] < smallestLimit || c[image] >= largestConstant;
        }
        active = active.keep(Problem.indices(done, false), start);
      }
      return scope.keep(best.images());
    }
  }

  private static double[] filled(int size, double value) {
    double[] all = new double[size];
    Arrays.fill(all, value);
    return all;
  }

  /** Whether each image came to the goal below its limit; if so, {@code start} moves there. */
  private boolean[] descend(
      ActiveImages all, TanhBox box, BestSoFar best, LoopVariable start, double[] c, double[] tau) {
    boolean[] solved = new boolean[all.size()];
    int[] places = IntStream.range(0, all.size()).toArray();
    try (Scope scope = Scope.open()) {
      ActiveImages active = all;
      Objective gap = all.problem().objective(Loss.MARGIN).negate();
      AdamPixelOptimizer optimizer = new AdamPixelOptimizer(start.value(), rate);
      for (int i = 0; i < steps && !active.isEmpty(); i++) {
        boolean[] good = new boolean[active.size()];
        int[] own = places;
        try (Scope step = Scope.open()) {
          Tensor x = active.problem().clip(box.image(optimizer.value()));
          GradientEvaluation evaluation = active.problem().gradient(x, gap, active.run());
          Tensor change = x.sub(active.pixels());
          Tensor limit = PerImage.of(active.of(tau), x);
          Tensor excess = change.abs().sub(limit).relu();
          double[] over = excess.sumPerImage().toDoubles();
          double[] losses = evaluation.loss().toDoubles();
          boolean[] reached = active.problem().reachedBeyondRounding(evaluation.logits());
          double[] weights = active.of(c);
          for (int k = 0; k < good.length; k++) {
            reached[k] &= losses[k] <= -confidence;
            good[k] = reached[k] && over[k] < 1e-4 * weights[k];
            solved[own[k]] |= good[k];
          }
          best.offer(active, x, reached);
          active.run().step(x, evaluation.loss());
          if (Problem.indices(good, true).length > 0) {
            int[] won = Problem.indices(good, true);
            int[] rows = Arrays.stream(won).map(k -> own[k]).toArray();
            start.set(start.value().withRows(rows, optimizer.value().rows(won)));
          }
          Tensor weight = PerImage.of(k -> losses[k] > -confidence ? weights[k] : 0, x);
          Tensor outside = excess.gt(0).asFloat().like(x).mul(change.sign());
          Tensor gradient = evaluation.gradient().mul(weight).add(outside);
          optimizer.step(gradient.mul(box.gradient(optimizer.value())));
        }
        int[] stay = Problem.indices(good, false);
        if (stay.length < active.size()) {
          active = active.keep(stay, optimizer.state());
          places = Arrays.stream(stay).map(k -> own[k]).toArray();
          gap = active.problem().objective(Loss.MARGIN).negate();
        }
      }
    }
    return solved;
  }
}
