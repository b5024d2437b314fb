package io.adversight.attack.minimal;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.BoxProjection;
import io.adversight.attack.problem.Goal;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.LossEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attack.problem.TargetClasses;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.PerImage;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The work of {@link Fab}.
 *
 * @param fab its parameters
 * @param norm what is minimised
 * @param enough a size that suffices: images with one as small leave between tries
 */
record FabSearch(Fab fab, Norm norm, double enough) {
  /** A norm larger than any change. */
  private static final double NONE = 1e10;

  /**
   * A linear approximation of the boundary.
   *
   * @param normal gradient of z_s - z_y, for the class s whose boundary is nearest
   * @param value z_s - z_y, (N, 1, 1, 1)
   */
  private record Plane(Tensor normal, Tensor value) {}

  /** The best so far: images, and their norms (N, 1, 1, 1). */
  private record Best(Tensor images, Tensor size) {
    Best copy() {
      return new Best(images.copy(), size.copy());
    }
  }

  Tensor best(Problem problem, Run run) {
    boolean chosen = problem.goal() instanceof Goal.Misclassify;
    int tries = chosen && fab.targets() > 0 ? Math.min(fab.targets(), problem.classes() - 1) : 1;
    boolean[] reached = problem.reachedBeyondRounding(problem.startingLogits(run));
    Tensor size = PerImage.where(reached, problem.pixels()).asFloat().like(problem.pixels());
    Best best = new Best(problem.pixels().copy(), size.neg().add(1).mul(NONE).copy());
    for (int place = 0; place < tries; place++) {
      for (int restart = 0; restart < fab.restarts(); restart++) {
        try (Scope scope = Scope.open()) {
          int[] open = Problem.indices(within(best.size()), false);
          if (open.length == 0) {
            continue;
          }
          Problem rest = problem.select(open);
          Run own = run.select(open).split((long) place * fab.restarts() + restart);
          Best old = new Best(best.images().rows(open), best.size().rows(open));
          Best found = search(rest, target(rest, place, own), restart > 0, old, own);
          Tensor images = scope.keep(best.images().withRows(open, found.images()));
          Tensor sizes = scope.keep(best.size().withRows(open, found.size()));
          best.images().close();
          best.size().close();
          best = new Best(images, sizes);
        }
      }
    }
    return best.images();
  }

  private boolean[] within(Tensor sizes) {
    double[] values = sizes.toDoubles();
    boolean[] within = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      within[i] = values[i] <= enough;
    }
    return within;
  }

  /** The class whose boundary is approached, for each image; none for the nearest of all. */
  private Optional<List<Integer>> target(Problem problem, int place, Run run) {
    if (problem.goal() instanceof Goal.MisclassifyAs as) {
      return Optional.of(as.targets());
    }
    return fab.targets() == 0
        ? Optional.empty()
        : Optional.of(TargetClasses.ranked(problem, place, run));
  }

  private Best search(
      Problem problem, Optional<List<Integer>> target, boolean random, Best old, Run run) {
    Tensor original = problem.pixels();
    Best best = old.copy();
    Tensor x = random ? start(problem, old.size(), run) : original.copy();
    for (int i = 0; i < fab.steps(); i++) {
      try (Scope scope = Scope.open()) {
        Plane plane =
            target.isPresent()
                ? towards(problem, x, target.get(), run)
                : nearestPlane(problem, x, run);
        Tensor moved = move(problem, x, plane);
        LossEvaluation height = problem.height(moved, new Objective.Margin(problem.labels()), run);
        run.step(moved, height.loss());
        Tensor crossed = PerImage.where(problem.reachedBeyondRounding(height.logits()), moved);
        Tensor size = norm.of(moved.sub(original));
        Tensor nearer = crossed.and(size.lt(best.size()));
        Best next =
            new Best(
                scope.keep(nearer.choose(moved, best.images())),
                scope.keep(nearer.choose(size, best.size())));
        best.images().close();
        best.size().close();
        best = next;
        Tensor back = original.add(moved.sub(original).mul(fab.backward())); // algorithm 1, line 12
        x = scope.replace(x, crossed.choose(back, moved));
      }
    }
    return best;
  }

  /** A random image at half the distance of the best so far. */
  private Tensor start(Problem problem, Tensor size, Run run) {
    double usual =
        switch (norm) {
          case LINF -> 0.3;
          case L2 -> 1;
          case L1, L0 -> 5;
        };
    Ball unit = new Ball(norm, 1);
    Tensor change = unit.random(problem.pixels(), run, 0).sub(problem.pixels());
    Tensor radius = size.ge(NONE).choose(size.fullLike(enough > 0 ? enough : usual), size).div(2);
    return problem.clip(problem.pixels().add(change.mul(radius)));
  }

  private Tensor move(Problem problem, Tensor x, Plane plane) {
    Tensor original = problem.pixels();
    Bounds bounds = problem.bounds();
    Tensor need = plane.value().neg();
    Tensor offset = plane.normal().mul(x.sub(original)).sumPerImage();
    Tensor here = BoxProjection.ontoHyperplane(norm, x, plane.normal(), need, bounds);
    Tensor there =
        BoxProjection.ontoHyperplane(norm, original, plane.normal(), need.add(offset), bounds);
    Tensor a = norm.of(here);
    Tensor b = norm.of(there);
    Tensor pull = a.div(a.add(b).clamp(1e-12, Float.MAX_VALUE)).clamp(0, fab.alphaMax()); // eq. 9
    Tensor free = x.add(here.mul(fab.overshoot()));
    Tensor near = original.add(there.mul(fab.overshoot()));
    return problem.clip(free.add(near.sub(free).mul(pull))); // eq. 10
  }

  /** The target's boundary with the label; with all classes if the goal is the target itself. */
  private static Plane towards(Problem problem, Tensor x, List<Integer> target, Run run) {
    Objective difference =
        problem.goal() instanceof Goal.MisclassifyAs
            ? new Objective.Margin(target)
            : new Objective.Logit(target).plus(new Objective.Logit(problem.labels()).negate());
    GradientEvaluation evaluation = problem.gradient(x.alias(), difference, run);
    return new Plane(evaluation.gradient(), PerImage.column(evaluation.loss(), x));
  }

  /** The boundary with the smallest |z_s - z_y| / |grad| in the dual norm (eq. 7). */
  private Plane nearestPlane(Problem problem, Tensor x, Run run) {
    LoopVariable normal = new LoopVariable(x.fullLike(0));
    LoopVariable value = new LoopVariable(norm.of(x.fullLike(0)));
    LoopVariable smallest = new LoopVariable(value.value().fullLike(Float.MAX_VALUE));
    problem.gradientsOfClasses(
        x,
        run,
        (evaluation, s) -> {
          boolean[] isLabel = new boolean[problem.size()];
          for (int i = 0; i < isLabel.length; i++) {
            isLabel[i] = problem.labels().get(i) == s;
          }
          Tensor f = PerImage.column(evaluation.loss(), x);
          Tensor length = norm.dual().of(evaluation.gradient()).clamp(1e-30, Float.MAX_VALUE);
          Tensor distance =
              PerImage.where(isLabel, x).choose(f.fullLike(Float.MAX_VALUE), f.abs().div(length));
          Tensor nearer = distance.lt(smallest.value());
          normal.set(nearer.choose(evaluation.gradient(), normal.value()));
          value.set(nearer.choose(f, value.value()));
          smallest.set(nearer.choose(distance, smallest.value()));
        });
    return new Plane(normal.value(), value.value());
  }
}
