package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Carried;
import io.adversight.tensor.Lbfgs;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * L-BFGS (Nocedal 1980) in rounds: within a round the random transformations stay as they were
 * drawn, since line searches need one function. What a round gains under its own draw it may lose
 * under others, so an image goes along only as far as the mean over draws that no round knows
 * rises, and the last image is the best that was seen.
 *
 * @param history how many pairs of steps and gradient changes are remembered
 * @param round steps of a round
 */
@Doc("L-BFGS")
@Paper("nocedal1980")
public record LbfgsAscent(
    @Doc("remembered steps") int history,
    @Doc("steps under one draw of the transformations") int round)
    implements Ascent {
  private static final int TRIALS = 20;
  private static final double FIRST_STEPS = 0.02;
  private static final double TOLERANCE = 1e-9;

  /** A history of 10, rounds of 10 steps. */
  public LbfgsAscent() {
    this(10, 10);
  }

  public LbfgsAscent {
    Check.within(1, 100, history, "history");
    Check.atLeast(1, round, "round");
  }

  @Override
  public Tensor climb(Tensor start, Optimization climb) {
    int[] rows = IntStream.range(0, (int) start.size(0)).toArray();
    try (Scope scope = Scope.open()) {
      Carried x = new Carried(start);
      Best best = new Best(start, climb);
      int first = leaveFlatGround(x, climb, rows);
      best.offer(x.value(), climb);
      for (int done = first; done < climb.steps(); done += round) {
        int draw = done;
        int steps = Math.min(round, climb.steps() - done);
        try (Scope inner = Scope.open()) {
          Tensor reached =
              new Lbfgs(history, steps, TRIALS, TOLERANCE)
                  .minimize(
                      best.numbers.value(),
                      climb.low(),
                      climb.high(),
                      (points, own) -> {
                        GradientEvaluation slope = climb.slope(points, draw, own);
                        return new Lbfgs.Evaluation(slope.values().neg(), slope.gradient().neg());
                      });
          GradientEvaluation there = climb.slope(reached, draw, rows);
          best.approach(climb.settle(reached, there.gradient(), done + steps).detach(), climb);
          climb.made(done + steps, best.numbers.value(), there.values());
        }
      }
      return scope.keep(best.numbers.value().alias());
    }
  }

  /** For each image, the numbers with the highest mean over draws so far. */
  private static final class Best {
    private final Carried numbers;
    private final double[] heights;

    Best(Tensor start, Optimization climb) {
      numbers = new Carried(start);
      heights = climb.expected(start);
    }

    /** Takes the rows that are at least as high; returns the others. */
    boolean[] offer(Tensor candidate, Optimization climb) {
      double[] now = climb.expected(candidate);
      boolean[] lower = new boolean[now.length];
      for (int i = 0; i < lower.length; i++) {
        lower[i] = !(now[i] >= heights[i]);
        heights[i] = lower[i] ? heights[i] : now[i];
      }
      int[] higher = IntStream.range(0, lower.length).filter(i -> !lower[i]).toArray();
      if (higher.length > 0) {
        numbers.set(numbers.value().withRows(higher, candidate.rows(higher)));
      }
      return lower;
    }

    /** Goes to a candidate, or as much of the way, halved and halved again, as leads upwards. */
    void approach(Tensor candidate, Optimization climb) {
      Tensor next = candidate;
      boolean[] open = offer(next, climb);
      for (int i = 0; i < TRIALS && IntStream.range(0, open.length).anyMatch(k -> open[k]); i++) {
        next = numbers.value().add(next.sub(numbers.value()).div(2));
        boolean[] lower = offer(next, climb);
        for (int k = 0; k < open.length; k++) {
          open[k] &= lower[k];
        }
      }
    }
  }

  /** Plain steps until the objective has a slope: no line search succeeds without. */
  private static int leaveFlatGround(Carried x, Optimization climb, int... rows) {
    for (int step = 1; step <= climb.steps(); step++) {
      try (Scope inner = Scope.open()) {
        GradientEvaluation slope = climb.slope(x.value(), 0, rows);
        if (!slope.through()) {
          return step - 1;
        }
        Tensor next = x.value().add(GradientAscent.even(slope.gradient()).mul(FIRST_STEPS));
        x.set(climb.settle(next, slope.gradient(), step).detach().copy());
        climb.made(step, x.value(), slope.values());
      }
    }
    return climb.steps();
  }
}
