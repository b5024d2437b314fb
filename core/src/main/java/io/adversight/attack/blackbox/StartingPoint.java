package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images from which a decision-based attack can come nearer: the given ones, or the first uniform
 * noise that succeeds. Images that succeed unchanged count as found at distance 0.
 */
final class StartingPoint {
  private static final int TRIALS = 50;
  private static final long USE = 7;

  private final LoopVariable images;
  private final boolean[] solved;
  private final boolean[] found;

  private StartingPoint(BlackBoxProblem problem) {
    images = new LoopVariable(problem.pixels());
    solved = new boolean[problem.size()];
    found = new boolean[problem.size()];
  }

  static StartingPoint find(BlackBoxProblem problem, Run run) {
    StartingPoint point = new StartingPoint(problem);
    int[] all = IntStream.range(0, problem.size()).toArray();
    point.look(problem, all, problem.pixels(), true);
    problem.starts().ifPresent(starts -> point.look(problem, point.open(problem), starts, false));
    for (int trial = 0; trial < TRIALS && problem.starts().isEmpty(); trial++) {
      int[] open = point.open(problem);
      if (open.length == 0) {
        break;
      }
      Bounds bounds = problem.bounds();
      try (Scope scope = Scope.open()) {
        Tensor noise = run.split(USE).uniform(problem.pixels(), trial, bounds.low(), bounds.high());
        point.look(problem, open, problem.clip(noise), false);
      }
    }
    return point;
  }

  /** The images that are worth a walk. */
  int[] walking() {
    return IntStream.range(0, found.length).filter(i -> found[i] && !solved[i]).toArray();
  }

  /** The starting points; the original image where there is none. */
  Tensor images() {
    return images.value();
  }

  private int[] open(BlackBoxProblem problem) {
    return IntStream.range(0, found.length)
        .filter(i -> !found[i] && problem.oracle().left(i) > 0)
        .toArray();
  }

  private void look(BlackBoxProblem problem, int[] open, Tensor candidates, boolean originals) {
    int[] able = Arrays.stream(open).filter(i -> problem.oracle().left(i) > 0).toArray();
    if (able.length == 0) {
      return;
    }
    try (Scope scope = Scope.open()) {
      Tensor own = candidates.rows(able);
      boolean[] reached = problem.select(able).ask(own);
      for (int k = 0; k < able.length; k++) {
        found[able[k]] |= reached[k];
        solved[able[k]] |= reached[k] && originals;
      }
      int[] good = Problem.indices(reached, true);
      if (good.length > 0) {
        int[] places = Arrays.stream(good).map(k -> able[k]).toArray();
        images.set(images.value().withRows(places, own.rows(good)));
      }
    }
  }
}
