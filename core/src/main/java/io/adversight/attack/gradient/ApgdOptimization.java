package io.adversight.attack.gradient;

import io.adversight.attack.gradient.ApgdState.Point;
import io.adversight.attack.gradient.ApgdState.Schedule;
import io.adversight.attack.gradient.ApgdState.Sparsity;
import io.adversight.attack.gradient.ApgdState.Success;
import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.BoxProjection;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One run of APGD (Croce and Hein 2020, algorithm 1): steps with momentum whose length is halved,
 * image by image, where the loss does not rise enough, going back to the best image so far. In the
 * L1 ball the steps are sparse, and the length follows the sparsity (Croce and Hein 2021, algorithm
 * 1).
 *
 * @param here the images that climb
 * @param ball that they must not leave
 * @param objectives what is increased, for a part of the images
 * @param rho share of rising steps below which the step length is halved
 * @param leaving whether early stopping is on
 */
record ApgdOptimization(
    ActiveImages here,
    Ball ball,
    Function<ActiveImages, Objective> objectives,
    double rho,
    boolean leaving) {
  private static final double MOMENTUM = 0.75;
  private static final double SPARSER = 0.95;
  private static final double SHRINKING = 1.5;
  private static final double SHORTEST = 0.1;
  private static final double FIRST_SHARE = 0.2;

  /**
   * Where a run ended; all tensors are new.
   *
   * @param best the images of highest loss
   * @param found images that reach the goal, where there are any; elsewhere the best
   */
  record Summit(Tensor best, Tensor found) {}

  /**
   * Climbs from {@code start}, which must lie in the ball and the bounds; in the L1 ball the first
   * steps change a fifth of the values.
   */
  Summit from(Tensor start, int steps) {
    double values = (double) start.elements() / problem().size();
    Tensor one = PerImage.of(i -> 1, start);
    return optimize(start, one.mul(FIRST_SHARE), one.mul(values), steps);
  }

  /**
   * Climbs on from {@code start}, where another climb in a larger L1 ball ended: the sparsity of
   * the first steps follows from the values that it changes, as at every checkpoint (the authors'
   * program, attack_single_run with x_init).
   */
  Summit onFrom(Tensor start, int steps) {
    Tensor changed = changed(start);
    return optimize(start, share(changed), changed, steps);
  }

  private Summit optimize(Tensor start, Tensor share, Tensor support, int steps) {
    List<Integer> checkpoints = checkpoints(steps);
    try (Scope scope = Scope.open()) {
      Finished arrivals = new Finished(start);
      ApgdOptimization optimization = this;
      ApgdState state = begin(start, share, support);
      int last = 0;
      for (int i = 0; i < steps; i++) {
        if (leaving) {
          int[] stay =
              arrivals.take(
                  optimization.here, state.success().images(), flags(state.success().reached()));
          if (stay.length < optimization.here.size()) {
            optimization = optimization.keep(stay);
            state = state.rows(stay);
          }
          if (optimization.here.isEmpty()) {
            break;
          }
        }
        try (Scope inner = Scope.open()) {
          ApgdState next = optimization.step(state, i == 0 ? 1 : MOMENTUM);
          Tensor losses = next.now().loss().reshape(optimization.here.size());
          optimization.run().step(next.now().x(), losses);
          if (checkpoints.contains(i + 1)) {
            next =
                ball.norm() == Norm.L1
                    ? optimization.adapt(next)
                    : optimization.check(next, i + 1 - last);
            last = i + 1;
          }
          next = next.kept(inner::keep);
          state.close();
          state = next;
        }
      }
      Tensor best = state.best().x();
      Tensor found = state.success().reached().gt(0).choose(state.success().images(), best);
      return new Summit(
          scope.keep(arrivals.with(optimization.here, best).alias()),
          scope.keep(arrivals.with(optimization.here, found).alias()));
    }
  }

  private ApgdOptimization keep(int... places) {
    return new ApgdOptimization(here.keep(places), ball, objectives, rho, leaving);
  }

  private static boolean[] flags(Tensor numbers) {
    double[] values = numbers.toDoubles();
    boolean[] flags = new boolean[values.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = values[i] > 0;
    }
    return flags;
  }

  private Problem problem() {
    return here.problem();
  }

  private Run run() {
    return here.run();
  }

  private List<Integer> checkpoints(int steps) {
    if (ball.norm() != Norm.L1) {
      return ApgdCheckpoints.of(steps);
    }
    int every = Math.max(1, (int) (0.04 * steps));
    return IntStream.rangeClosed(1, steps / every).map(j -> j * every).boxed().toList();
  }

  private GradientEvaluation gradient(Tensor x) {
    return problem().gradient(x, objectives.apply(here), run());
  }

  private ApgdState begin(Tensor start, Tensor share, Tensor support) {
    GradientEvaluation evaluation = gradient(start.alias());
    Tensor loss = PerImage.column(evaluation.loss(), start);
    Tensor reached = reached(evaluation);
    double first = ball.norm() == Norm.L1 ? ball.epsilon() : 2 * ball.epsilon();
    Point point = new Point(start, evaluation.gradient(), loss);
    return new ApgdState(
        point.map(Tensor::copy),
        start.copy(),
        point.map(Tensor::copy),
        new Success(start.copy(), reached),
        new Schedule(loss.fullLike(first), loss.fullLike(0), loss.copy(), loss.fullLike(0)),
        new Sparsity(share.copy(), support.copy()));
  }

  private ApgdState step(ApgdState s, double momentum) {
    Tensor x = s.now().x();
    Tensor gradient = s.now().gradient();
    Tensor length = s.schedule().length();
    Tensor moved;
    if (ball.norm() == Norm.L1) {
      moved = project(x.add(sparse(gradient, s.sparsity().share()).mul(length)));
    } else {
      Tensor z = project(x.add(ball.norm().steepest(gradient).mul(length)));
      Tensor ahead = z.sub(x).mul(momentum);
      Tensor inertia = x.sub(s.previous()).mul(1 - momentum);
      moved = project(x.add(ahead).add(inertia)); // algorithm 1, line 7
    }
    GradientEvaluation evaluation = gradient(moved);
    Tensor loss = PerImage.column(evaluation.loss(), moved);
    Point point = new Point(moved, evaluation.gradient(), loss);
    Tensor reached = reached(evaluation);
    Tensor rises = loss.gt(s.now().loss()).asFloat().like(loss);
    Schedule schedule = s.schedule().map(Tensor::copy);
    return new ApgdState(
        point,
        x.copy(),
        Point.choose(loss.gt(s.best().loss()), point, s.best()),
        new Success(
            reached.gt(0).choose(moved, s.success().images()),
            reached.maximum(s.success().reached())),
        new Schedule(
            schedule.length(), schedule.rises().add(rises), schedule.lastBest(), schedule.halved()),
        s.sparsity().map(Tensor::copy));
  }

  /** Conditions 1 and 2 of section 3, and what follows from them. */
  private ApgdState check(ApgdState s, int steps) {
    Schedule last = s.schedule();
    Tensor highest = s.best().loss();
    Tensor oscillates = last.rises().lt(rho * steps); // condition 1
    Tensor stuck = last.halved().eq(0).and(last.lastBest().ge(highest)); // condition 2
    Tensor halve = oscillates.or(stuck);
    return new ApgdState(
        Point.choose(halve, s.best(), s.now()),
        s.previous(),
        s.best(),
        s.success(),
        new Schedule(
            halve.choose(last.length().div(2), last.length()),
            last.rises().fullLike(0),
            highest.copy(),
            halve.asFloat().like(highest)),
        s.sparsity());
  }

  /** The sparsity and length that follow from how many values the best image changes. */
  private ApgdState adapt(ApgdState s) {
    Schedule last = s.schedule();
    Tensor now = changed(s.best().x());
    Tensor sparser = now.lt(s.sparsity().support().mul(SPARSER));
    double full = ball.epsilon();
    Tensor shorter = last.length().div(SHRINKING).clamp(full * SHORTEST, full);
    Tensor length = sparser.choose(last.length().fullLike(full), shorter);
    return new ApgdState(
        Point.choose(sparser, s.best(), s.now()),
        s.previous(),
        s.best(),
        s.success(),
        new Schedule(length, last.rises(), last.lastBest(), last.halved()),
        new Sparsity(share(now), now));
  }

  /** How many values of each image differ from the original, (N, 1, 1, 1). */
  private Tensor changed(Tensor x) {
    return Norm.L0.of(x.sub(problem().pixels()));
  }

  /** The share of the values that a step changes after {@code changed} of them were. */
  private Tensor share(Tensor changed) {
    double values = (double) problem().pixels().elements() / problem().size();
    return changed.div(values * SHRINKING);
  }

  /** The direction of L1 length 1 with equal values at the largest gradients' places. */
  private static Tensor sparse(Tensor gradient, Tensor share) {
    Tensor size = gradient.abs().reshape(gradient.size(0), -1);
    Tensor sorted = size.sort(1, true).values();
    double values = size.size(1);
    Tensor others = share.reshape(size.size(0), 1).neg().add(1).mul(values);
    Tensor place = others.floor().clamp(0, values - 1).neg().add(values - 1).asLong();
    Tensor smallest = PerImage.column(sorted.gather(1, place), gradient);
    Tensor large = gradient.abs().ge(smallest).asFloat().like(gradient);
    return Norm.L1.steepest(gradient.sign().mul(large));
  }

  private Tensor project(Tensor x) {
    if (ball.norm() == Norm.L1) {
      Bounds bounds = problem().bounds();
      return problem()
          .clip(BoxProjection.ontoL1Ball(x, problem().pixels(), bounds, ball.epsilon()));
    }
    return problem().clip(ball.project(x, problem().pixels()));
  }

  private Tensor reached(GradientEvaluation evaluation) {
    return PerImage.where(problem().reached(evaluation.logits()), evaluation.gradient())
        .asFloat()
        .like(evaluation.gradient());
  }
}
