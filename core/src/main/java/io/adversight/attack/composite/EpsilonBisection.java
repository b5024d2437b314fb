package io.adversight.attack.composite;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The smallest ball in which a bounded attack succeeds: the ball doubles until it does, then the
 * gap is halved. Each image has its own gap; images whose next ball has the same size share a
 * batch.
 *
 * @param attack the bounded attack
 * @param start the first ball's size in grey levels of root mean square change per value
 * @param halvings how often the gap is halved
 */
@Doc("Minimum norm of a bounded attack, by bisection of epsilon")
public record EpsilonBisection(
    @Doc("bounded attack whose epsilon is bisected") BoundedAttack attack,
    @Doc("initial radius, in grey levels of root mean square change") double start,
    @Doc("bisection steps between failure and success") int halvings)
    implements MinimalAttack {
  /** PGD, from one grey level on, to a thousandth of the last doubling. */
  public EpsilonBisection() {
    this(new Pgd(), 1, 10);
  }

  public EpsilonBisection {
    Check.positive(start, "start");
    Check.within(1, 30, halvings, "halvings");
  }

  @Override
  public boolean isPerImage() {
    return attack.isPerImage();
  }

  @Override
  public void check(int classes, boolean targeted) {
    attack.check(classes, targeted);
  }

  @Override
  public Set<Norm> norms() {
    return attack.norms();
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    Gaps gaps = new Gaps(problem.size());
    double values = (double) problem.pixels().elements() / problem.size();
    double unit = unit(norm, values);
    double largest = unit * (problem.bounds().high() - problem.bounds().low());
    double epsilon = start / 255 * unit;
    Tensor best = problem.pixels().copy();
    gaps.settle(problem.reachedBeyondRounding(problem.startingLogits(run)));
    while (gaps.open().length > 0 && epsilon < 2 * largest) {
      best = attempt(problem, norm, epsilon, gaps.open(), gaps, best, run);
      epsilon *= 2;
    }
    for (int i = 0; i < halvings; i++) {
      for (Map.Entry<Double, int[]> group : gaps.middles().entrySet()) {
        best = attempt(problem, norm, group.getKey(), group.getValue(), gaps, best, run);
      }
    }
    return best;
  }

  /** The norm of a change by 1 of every value. */
  private static double unit(Norm norm, double values) {
    return switch (norm) {
      case LINF -> 1;
      case L2 -> Math.sqrt(values);
      case L1, L0 -> values;
    };
  }

  /** Attacks some images in one ball, and keeps what is nearer than the best so far. */
  private Tensor attempt(
      Problem problem, Norm norm, double epsilon, int[] images, Gaps gaps, Tensor best, Run run) {
    try (Scope scope = Scope.open()) {
      Problem part = problem.select(images);
      Run own = run.select(images);
      Ball ball = new Ball(norm, epsilon);
      Tensor made = attack.perturb(part, ball, own);
      Tensor inside = part.clip(ball.project(made, part.pixels()));
      boolean[] reached = part.reachedBeyondRounding(part.logits(inside, own));
      Tensor old = best.rows(images);
      Tensor kept = PerImage.where(reached, inside).choose(inside, old);
      gaps.learn(images, epsilon, reached);
      return scope.replace(best, best.withRows(images, kept));
    }
  }

  /** For each image, the largest ball that failed and the smallest that succeeded. */
  private static final class Gaps {
    private final double[] failed;
    private final double[] succeeded;

    Gaps(int images) {
      failed = new double[images];
      succeeded = new double[images];
      Arrays.fill(succeeded, Double.POSITIVE_INFINITY);
    }

    /** Images that need no change. */
    void settle(boolean[] reached) {
      for (int i : Problem.indices(reached, true)) {
        succeeded[i] = 0;
      }
    }

    int[] open() {
      return IntStream.range(0, failed.length)
          .filter(i -> Double.isInfinite(succeeded[i]))
          .toArray();
    }

    void learn(int[] images, double epsilon, boolean[] reached) {
      for (int k = 0; k < images.length; k++) {
        double[] side = reached[k] ? succeeded : failed;
        side[images[k]] = epsilon;
      }
    }

    /** The images by the middle of their gap. */
    Map<Double, int[]> middles() {
      Map<Double, int[]> groups = new TreeMap<>();
      for (int i = 0; i < failed.length; i++) {
        if (succeeded[i] > 0 && !Double.isInfinite(succeeded[i])) {
          double middle = (failed[i] + succeeded[i]) / 2;
          int[] others = groups.getOrDefault(middle, new int[0]);
          int[] more = Arrays.copyOf(others, others.length + 1);
          more[others.length] = i;
          groups.put(middle, more);
        }
      }
      return groups;
    }
  }
}
