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
import io.adversight.tensor.Carried;
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
    @Doc("first weight of the loss") double constant,
    @Doc("weight at which an image gives up") double largestConstant,
    @Doc("factor of the limit after a success") double shrink,
    @Doc("limit below which an image is done") double smallestLimit,
    @Doc("margin in logits by which the goal must be reached") double confidence)
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
      BestSoFar nearest = new BestSoFar(problem, norm::of);
      ActiveImages standing = ActiveImages.unsolved(problem, run, nearest);
      double[] c = filled(problem.size(), constant);
      double[] tau = filled(problem.size(), 1);
      Carried start = new Carried(box.variable(standing.pixels()));
      while (!standing.isEmpty()) {
        boolean[] solved = descend(standing.shared(), box, nearest, start, c, tau);
        boolean[] done = new boolean[standing.size()];
        for (int k = 0; k < done.length; k++) {
          int image = standing.image(k);
          if (solved[k]) {
            tau[image] = Math.min(tau[image], nearest.size(image)) * shrink;
          } else {
            c[image] *= 2;
          }
          done[k] = tau[image] < smallestLimit || c[image] >= largestConstant;
        }
        standing = standing.keep(Problem.indices(done, false), start);
      }
      return scope.keep(nearest.images());
    }
  }

  private static double[] filled(int size, double value) {
    double[] all = new double[size];
    Arrays.fill(all, value);
    return all;
  }

  /** Whether each image came to the goal below its limit; if so, {@code start} moves there. */
  private boolean[] descend(
      ActiveImages all, TanhBox box, BestSoFar nearest, Carried start, double[] c, double[] tau) {
    boolean[] solved = new boolean[all.size()];
    int[] places = IntStream.range(0, all.size()).toArray();
    try (Scope scope = Scope.open()) {
      ActiveImages standing = all;
      Objective gap = all.problem().objective(Loss.MARGIN).negate();
      AdamPixelOptimizer walk = new AdamPixelOptimizer(start.value(), rate);
      for (int i = 0; i < steps && !standing.isEmpty(); i++) {
        boolean[] good = new boolean[standing.size()];
        int[] own = places;
        try (Scope step = Scope.open()) {
          Tensor x = standing.problem().clip(box.image(walk.value()));
          GradientEvaluation slope = standing.problem().slope(x, gap, standing.run());
          Tensor change = x.sub(standing.pixels());
          Tensor limit = PerImage.of(standing.of(tau), x);
          Tensor excess = change.abs().sub(limit).relu();
          double[] over = excess.sumPerImage().toDoubles();
          double[] misses = slope.loss().toDoubles();
          boolean[] reached = standing.problem().reachedBeyondRounding(slope.logits());
          double[] weights = standing.of(c);
          for (int k = 0; k < good.length; k++) {
            reached[k] &= misses[k] <= -confidence;
            good[k] = reached[k] && over[k] < 1e-4 * weights[k];
            solved[own[k]] |= good[k];
          }
          nearest.offer(standing, x, reached);
          standing.run().step(x, slope.loss());
          if (Problem.indices(good, true).length > 0) {
            int[] won = Problem.indices(good, true);
            int[] rows = Arrays.stream(won).map(k -> own[k]).toArray();
            start.set(start.value().withRows(rows, walk.value().rows(won)));
          }
          Tensor weight = PerImage.of(k -> misses[k] > -confidence ? weights[k] : 0, x);
          Tensor outside = excess.gt(0).asFloat().like(x).mul(change.sign());
          Tensor gradient = slope.gradient().mul(weight).add(outside);
          walk.step(gradient.mul(box.slope(walk.value())));
        }
        int[] stay = Problem.indices(good, false);
        if (stay.length < standing.size()) {
          standing = standing.keep(stay, walk.state());
          places = Arrays.stream(stay).map(k -> own[k]).toArray();
          gap = standing.problem().objective(Loss.MARGIN).negate();
        }
      }
    }
    return solved;
  }
}
