package io.adversight.attack.gradient;

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
import java.util.Iterator;
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
 * @param leaving whether an image leaves as soon as it reaches the goal
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

  /** What is carried from step to step; everything but images is (N, 1, 1, 1). */
  private record State(
      Tensor x,
      Tensor previous,
      Tensor gradient,
      Tensor loss,
      Tensor best,
      Tensor bestGradient,
      Tensor bestLoss,
      Tensor found,
      Tensor isFound,
      Tensor length,
      Tensor rises,
      Tensor lastBest,
      Tensor halved,
      Tensor share,
      Tensor support) {

    List<Tensor> tensors() {
      return List.of(
          x,
          previous,
          gradient,
          loss,
          best,
          bestGradient,
          bestLoss,
          found,
          isFound,
          length,
          rises,
          lastBest,
          halved,
          share,
          support);
    }

    /** The state of the images at the given places; this one is freed. */
    State rows(int... places) {
      Iterator<Tensor> rows =
          tensors().stream()
              .map(
                  tensor -> {
                    Tensor some = tensor.rows(places);
                    tensor.close();
                    return some;
                  })
              .iterator();
      return new State(
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next(),
          rows.next());
    }
  }

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
      State state = begin(start, share, support);
      int last = 0;
      for (int i = 0; i < steps; i++) {
        if (leaving) {
          int[] stay = arrivals.take(optimization.here, state.found(), flags(state.isFound()));
          if (stay.length < optimization.here.size()) {
            optimization = optimization.keep(stay);
            state = state.rows(stay);
          }
          if (optimization.here.isEmpty()) {
            break;
          }
        }
        try (Scope inner = Scope.open()) {
          State next = optimization.step(state, i == 0 ? 1 : MOMENTUM);
          optimization.run().step(next.x(), next.loss().reshape(optimization.here.size()));
          if (checkpoints.contains(i + 1)) {
            next =
                ball.norm() == Norm.L1
                    ? optimization.adapt(next)
                    : optimization.check(next, i + 1 - last);
            last = i + 1;
          }
          next.tensors().forEach(inner::keep);
          state.tensors().forEach(Tensor::close);
          state = next;
        }
      }
      Tensor found = state.isFound().gt(0).choose(state.found(), state.best());
      return new Summit(
          scope.keep(arrivals.with(optimization.here, state.best()).alias()),
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

  private State begin(Tensor start, Tensor share, Tensor support) {
    GradientEvaluation evaluation = gradient(start.alias());
    Tensor loss = PerImage.column(evaluation.loss(), start);
    Tensor reached = reached(evaluation);
    double first = ball.norm() == Norm.L1 ? ball.epsilon() : 2 * ball.epsilon();
    return new State(
        start.copy(),
        start.copy(),
        evaluation.gradient().copy(),
        loss.copy(),
        start.copy(),
        evaluation.gradient().copy(),
        loss.copy(),
        start.copy(),
        reached,
        loss.fullLike(first),
        loss.fullLike(0),
        loss.copy(),
        loss.fullLike(0),
        share.copy(),
        support.copy());
  }

  private State step(State s, double momentum) {
    Tensor moved;
    if (ball.norm() == Norm.L1) {
      moved = project(s.x().add(sparse(s).mul(s.length())));
    } else {
      Tensor z = project(s.x().add(ball.norm().steepest(s.gradient()).mul(s.length())));
      Tensor ahead = z.sub(s.x()).mul(momentum);
      Tensor inertia = s.x().sub(s.previous()).mul(1 - momentum);
      moved = project(s.x().add(ahead).add(inertia)); // algorithm 1, line 7
    }
    GradientEvaluation evaluation = gradient(moved);
    Tensor loss = PerImage.column(evaluation.loss(), moved);
    Tensor better = loss.gt(s.bestLoss());
    Tensor reached = reached(evaluation);
    return new State(
        moved,
        s.x().copy(),
        evaluation.gradient(),
        loss,
        better.choose(moved, s.best()),
        better.choose(evaluation.gradient(), s.bestGradient()),
        better.choose(loss, s.bestLoss()),
        reached.gt(0).choose(moved, s.found()),
        reached.maximum(s.isFound()),
        s.length().copy(),
        s.rises().add(loss.gt(s.loss()).asFloat().like(loss)),
        s.lastBest().copy(),
        s.halved().copy(),
        s.share().copy(),
        s.support().copy());
  }

  /** Conditions 1 and 2 of section 3, and what follows from them. */
  private State check(State s, int steps) {
    Tensor oscillates = s.rises().lt(rho * steps); // condition 1
    Tensor stuck = s.halved().eq(0).and(s.lastBest().ge(s.bestLoss())); // condition 2
    Tensor halve = oscillates.or(stuck);
    return new State(
        halve.choose(s.best(), s.x()),
        s.previous(),
        halve.choose(s.bestGradient(), s.gradient()),
        halve.choose(s.bestLoss(), s.loss()),
        s.best(),
        s.bestGradient(),
        s.bestLoss(),
        s.found(),
        s.isFound(),
        halve.choose(s.length().div(2), s.length()),
        s.rises().fullLike(0),
        s.bestLoss().copy(),
        halve.asFloat().like(s.loss()),
        s.share(),
        s.support());
  }

  /** The sparsity and length that follow from how many values the best image changes. */
  private State adapt(State s) {
    Tensor now = changed(s.best());
    Tensor sparser = now.lt(s.support().mul(SPARSER));
    double full = ball.epsilon();
    Tensor shorter = s.length().div(SHRINKING).clamp(full * SHORTEST, full);
    return new State(
        sparser.choose(s.best(), s.x()),
        s.previous(),
        sparser.choose(s.bestGradient(), s.gradient()),
        sparser.choose(s.bestLoss(), s.loss()),
        s.best(),
        s.bestGradient(),
        s.bestLoss(),
        s.found(),
        s.isFound(),
        sparser.choose(s.length().fullLike(full), shorter),
        s.rises(),
        s.lastBest(),
        s.halved(),
        share(now),
        now);
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
  private static Tensor sparse(State s) {
    Tensor size = s.gradient().abs().reshape(s.gradient().size(0), -1);
    Tensor sorted = size.sort(1, true).values();
    double values = size.size(1);
    Tensor others = s.share().reshape(size.size(0), 1).neg().add(1).mul(values);
    Tensor place = others.floor().clamp(0, values - 1).neg().add(values - 1).asLong();
    Tensor smallest = PerImage.column(sorted.gather(1, place), s.gradient());
    Tensor large = s.gradient().abs().ge(smallest).asFloat().like(s.x());
    return Norm.L1.steepest(s.gradient().sign().mul(large));
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
