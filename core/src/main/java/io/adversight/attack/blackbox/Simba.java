package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Adds or takes off one vector of an orthonormal basis after the other, in random order, whenever
 * that lowers the probability of the label (Guo et al. 2019, algorithm 1). Sees logits.
 *
 * @param queries most images asked for an image
 * @param step length of each change
 * @param basis single values, or low frequencies of the cosine transform
 * @param frequencies share of the rows' and columns' frequencies that is used
 */
@Doc("Simple black-box attack")
@Paper("guo2019")
public record Simba(
    @Doc("maximum queries per image") int queries,
    @Doc("length of each change") double step,
    @Doc("unit of a change") Basis basis,
    @Doc("share of the frequencies that is used") double frequencies)
    implements BlackBoxMinimalAttack {

  /** Orthonormal bases of the space of images. */
  public enum Basis {
    /** One value. */
    PIXEL,
    /** One frequency of the two-dimensional discrete cosine transform. */
    DCT
  }

  /** The paper's setting for ImageNet: step 0.2 on single values. */
  public Simba() {
    this(20000, 0.2, Basis.PIXEL, 0.125);
  }

  public Simba {
    Check.atLeast(10, queries, "queries");
    Check.positive(step, "step");
    Check.within(0.001, 1.0, frequencies, "frequencies");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L2);
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LOGITS;
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      LoopVariable x = new LoopVariable(problem.pixels());
      int channels = (int) problem.pixels().size(1);
      int rows = used((int) problem.pixels().size(2));
      int columns = used((int) problem.pixels().size(3));
      int[][] orders = new int[problem.size()][];
      for (int i = 0; i < orders.length; i++) {
        orders[i] = run.rng(i).permutation(channels * rows * columns);
      }
      BlackBoxProblem.QueryResult first =
          problem.query(x.value(), BlackBoxProblem.Score.LOG_PROBABILITY);
      double[] miss = first.losses().stream().mapToDouble(m -> m).toArray();
      boolean[] done = new boolean[miss.length];
      for (int i = 0; i < done.length; i++) {
        done[i] = first.reached().get(i);
      }
      for (int k = 0; k < channels * rows * columns; k++) {
        int[] active =
            IntStream.range(0, done.length)
                .filter(i -> !done[i] && problem.oracle().left(i) >= 2)
                .toArray();
        if (active.length == 0) {
          break;
        }
        try (Scope inner = Scope.open()) {
          Tensor direction = directions(problem.pixels(), active, orders, k, rows, columns);
          int[] refused = attempt(problem, active, x, direction.mul(step), miss, done);
          if (refused.length > 0) {
            int[] places = Arrays.stream(refused).map(r -> active[r]).toArray();
            attempt(problem, places, x, direction.rows(refused).mul(-step), miss, done);
          }
          run.select(active)
              .step(x.value().rows(active), Tensor.of(missOf(miss, active), active.length));
        }
      }
      return scope.keep(x.value());
    }
  }

  private static double[] missOf(double[] miss, int[] active) {
    return Arrays.stream(active).mapToDouble(i -> miss[i]).toArray();
  }

  private int used(int side) {
    return basis == Basis.PIXEL ? side : Math.max(1, (int) Math.rint(side * frequencies));
  }

  /** Takes the change where it helps; returns the places in {@code active} where it does not. */
  private static int[] attempt(
      BlackBoxProblem problem,
      int[] active,
      LoopVariable x,
      Tensor change,
      double[] miss,
      boolean[] done) {
    BlackBoxProblem part = problem.select(active);
    Tensor candidate = part.clip(x.value().rows(active).add(change));
    BlackBoxProblem.QueryResult queried =
        part.query(candidate, BlackBoxProblem.Score.LOG_PROBABILITY);
    boolean[] better = new boolean[active.length];
    for (int k = 0; k < active.length; k++) {
      better[k] = queried.losses().get(k) < miss[active[k]];
      if (better[k]) {
        miss[active[k]] = queried.losses().get(k);
        done[active[k]] = queried.reached().get(k);
      }
    }
    int[] kept = Problem.indices(better, true);
    if (kept.length > 0) {
      int[] places = Arrays.stream(kept).map(k -> active[k]).toArray();
      x.set(x.value().withRows(places, candidate.rows(kept)));
    }
    return Problem.indices(better, false);
  }

  /** The next basis vector of each image, of length 1. */
  private Tensor directions(
      Tensor pixels, int[] active, int[][] orders, int k, int rows, int columns) {
    int channels = (int) pixels.size(1);
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    int plane = height * width;
    float[] values = new float[active.length * channels * plane];
    for (int a = 0; a < active.length; a++) {
      int index = orders[active[a]][k];
      int channel = index / (rows * columns);
      int row = index / columns % rows;
      int column = index % columns;
      int from = (a * channels + channel) * plane;
      if (basis == Basis.PIXEL) {
        values[from + row * width + column] = 1;
      } else {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            values[from + y * width + x] =
                (float) (cosine(row, y, height) * cosine(column, x, width));
          }
        }
      }
    }
    return Tensor.of(values, active.length, channels, height, width).like(pixels);
  }

  /** The orthonormal cosine of a frequency at a position. */
  private static double cosine(int frequency, int position, int size) {
    double scale = Math.sqrt((frequency == 0 ? 1.0 : 2.0) / size);
    return scale * Math.cos(Math.PI * (2 * position + 1) * frequency / (2.0 * size));
  }
}
