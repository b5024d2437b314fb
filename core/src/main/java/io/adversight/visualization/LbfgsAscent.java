package io.adversight.visualization;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Lbfgs;
import io.adversight.tensor.LoopVariable;
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
    @Doc("history: number of stored steps") int history,
    @Doc("steps per draw of the transformations") int round)
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
  public Tensor optimize(Tensor start, Optimization optimization) {
    int[] rows = IntStream.range(0, (int) start.size(0)).toArray();
    try (Scope scope = Scope.open()) {
      LoopVariable x = new LoopVariable(start);
      Best best = new Best(start, optimization);
      int first = leaveFlatGround(x, optimization, rows);
      best.offer(x.value(), optimization);
      for (int done = first; done < optimization.steps(); done += round) {
        int draw = done;
        int steps = Math.min(round, optimization.steps() - done);
        try (Scope inner = Scope.open()) {
          Tensor reached =
              new Lbfgs(history, steps, TRIALS, TOLERANCE)
                  .minimize(
                      best.numbers.value(),
                      optimization.low(),
                      optimization.high(),
                      (points, own) -> {
                        ObjectiveGradient evaluation = optimization.gradient(points, draw, own);
                        return new Lbfgs.Evaluation(
                            evaluation.values().neg(), evaluation.gradient().neg());
                      });
          ObjectiveGradient there = optimization.gradient(reached, draw, rows);
          best.approach(
              optimization.settle(reached, there.gradient(), done + steps).detach(), optimization);
          optimization.made(done + steps, best.numbers.value(), there.values());
        }
      }
      return scope.keep(best.numbers.value().alias());
    }
  }

  /** For each image, the numbers with the highest mean over draws so far. */
  private static final class Best {
    private final LoopVariable numbers;
    private final double[] heights;

    Best(Tensor start, Optimization optimization) {
      numbers = new LoopVariable(start);
      heights = optimization.expected(start);
    }

    /** Takes the rows that are at least as high; returns the others. */
    boolean[] offer(Tensor candidate, Optimization optimization) {
      double[] now = optimization.expected(candidate);
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
    void approach(Tensor candidate, Optimization optimization) {
      Tensor next = candidate;
      boolean[] open = offer(next, optimization);
      for (int i = 0; i < TRIALS && IntStream.range(0, open.length).anyMatch(k -> open[k]); i++) {
        next = numbers.value().add(next.sub(numbers.value()).div(2));
        boolean[] lower = offer(next, optimization);
        for (int k = 0; k < open.length; k++) {
          open[k] &= lower[k];
        }
      }
    }
  }

  /** Plain steps until the gradient is not zero: no line search succeeds without. */
  private static int leaveFlatGround(LoopVariable x, Optimization optimization, int... rows) {
    for (int step = 1; step <= optimization.steps(); step++) {
      try (Scope inner = Scope.open()) {
        ObjectiveGradient evaluation = optimization.gradient(x.value(), 0, rows);
        if (!evaluation.through()) {
          return step - 1;
        }
        Tensor next = x.value().add(GradientAscent.even(evaluation.gradient()).mul(FIRST_STEPS));
        x.set(optimization.settle(next, evaluation.gradient(), step).detach().copy());
        optimization.made(step, x.value(), evaluation.values());
      }
    }
    return optimization.steps();
  }
}
