package io.adversight.attack.blackbox;

import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Oracle;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Changes a few pixels found by differential evolution: each candidate is a list of places and
 * colours, a child is a + F (b - c) of three random parents and replaces its own parent if it is at
 * least as good (Su et al. 2019, equation 3). Sees logits; an image is done when it reaches the
 * goal.
 *
 * @param queries most images asked for an image
 * @param pixels that are changed
 * @param population candidates
 * @param generations of children
 * @param scale F
 */
@Doc("One-pixel attack")
@Paper("su2019")
public record OnePixel(
    @Doc("maximum queries per image") int queries,
    @Doc("pixels that are changed") int pixels,
    @Doc("candidate points") int population,
    @Doc("generations of children") int generations,
    @Doc("weight of the difference of two parents") double scale)
    implements BlackBoxMinimalAttack {
  private static final int IMAGES_AT_ONCE = 64;

  /** The paper's setting: one pixel, 400 candidates, 100 generations, F = 0.5. */
  public OnePixel() {
    this(40400, 1, 400, 100, 0.5);
  }

  public OnePixel {
    Check.atLeast(10, queries, "queries");
    Check.atLeast(1, pixels, "pixels");
    Check.atLeast(4, population, "population");
    Check.atLeast(1, generations, "generations");
    Check.positive(scale, "scale");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.L0);
  }

  @Override
  public Oracle.Answer answer() {
    return Oracle.Answer.LOGITS;
  }

  @Override
  public Tensor perturb(BlackBoxProblem problem, Norm norm, Run run) {
    try (Scope scope = Scope.open()) {
      LoopVariable result = new LoopVariable(problem.pixels());
      for (int i = 0; i < problem.size(); i++) {
        try (Scope image = Scope.open()) {
          BlackBoxProblem one = problem.select(i);
          if (one.oracle().left(0) > 0 && !one.ask(one.pixels())[0]) {
            float[] changed = new Evolution(one, run.select(i)).best();
            Tensor images = Tensor.of(changed, one.pixels().shape().toArray());
            Tensor allowed = one.clip(images.like(one.pixels()));
            result.set(result.value().withRows(new int[] {i}, allowed));
          }
        }
      }
      return scope.keep(result.value());
    }
  }

  /** The evolution for one image. */
  private final class Evolution {
    private final BlackBoxProblem problem;
    private final Run run;
    private final float[] original;
    private final int channels;
    private final int height;
    private final int width;
    private final int genes;
    private boolean solved;

    Evolution(BlackBoxProblem problem, Run run) {
      this.problem = problem;
      this.run = run;
      this.original = problem.pixels().toFloats();
      this.channels = (int) problem.pixels().size(1);
      this.height = (int) problem.pixels().size(2);
      this.width = (int) problem.pixels().size(3);
      this.genes = 2 + channels;
    }

    float[] best() {
      Rng rng = run.rng(0);
      SplittableRandom random = rng.generator();
      double[][] parents = new double[population][];
      for (int p = 0; p < population; p++) {
        parents[p] = newcomer(random);
      }
      double[] fitness = new double[population];
      Arrays.fill(fitness, Double.POSITIVE_INFINITY);
      int best = query(parents, fitness);
      for (int g = 0; g < generations && !solved && problem.oracle().left(0) > 0; g++) {
        double[][] children = new double[population][];
        for (int p = 0; p < population; p++) {
          children[p] = child(parents, random);
        }
        double[] born = new double[population];
        Arrays.fill(born, Double.POSITIVE_INFINITY);
        int winner = query(children, born);
        for (int p = 0; p < population; p++) {
          if (born[p] <= fitness[p]) {
            parents[p] = children[p];
            fitness[p] = born[p];
          }
        }
        best = solved ? winner : smallest(fitness);
        run.step(problem.pixels(), Tensor.of(new double[] {fitness[best]}, 1));
      }
      return image(parents[best]);
    }

    private double[] newcomer(SplittableRandom random) {
      double[] one = new double[pixels * genes];
      double middle = (problem.bounds().low() + problem.bounds().high()) / 2;
      double spread = (problem.bounds().high() - problem.bounds().low()) / 2;
      for (int k = 0; k < pixels; k++) {
        one[k * genes] = random.nextDouble() * height;
        one[k * genes + 1] = random.nextDouble() * width;
        for (int c = 0; c < channels; c++) {
          one[k * genes + 2 + c] = middle + spread * random.nextGaussian();
        }
      }
      return one;
    }

    private double[] child(double[][] parents, SplittableRandom random) {
      int[] three = random.ints(0, population).distinct().limit(3).toArray();
      double[] a = parents[three[0]];
      double[] b = parents[three[1]];
      double[] c = parents[three[2]];
      double[] one = new double[a.length];
      for (int j = 0; j < one.length; j++) {
        one[j] = a[j] + scale * (b[j] - c[j]);
      }
      return one;
    }

    /**
     * Fills in the remaining loss until success of each candidate; returns the index of the best.
     */
    private int query(double[][] candidates, double[] losses) {
      int able = Math.min(population, problem.oracle().left(0));
      int best = 0;
      for (int from = 0; from < able && !solved; from += IMAGES_AT_ONCE) {
        int count = Math.min(IMAGES_AT_ONCE, able - from);
        try (Scope scope = Scope.open()) {
          float[] values = new float[count * original.length];
          for (int k = 0; k < count; k++) {
            System.arraycopy(
                image(candidates[from + k]), 0, values, k * original.length, original.length);
          }
          Tensor images = Tensor.of(values, count, channels, height, width);
          Tensor allowed = problem.clip(images.like(problem.pixels()));
          BlackBoxProblem.QueryResult queried =
              problem.query(allowed, BlackBoxProblem.Score.LOG_PROBABILITY);
          for (int k = 0; k < count; k++) {
            losses[from + k] = queried.losses().get(k);
            if (queried.reached().get(k) && !solved) {
              solved = true;
              losses[from + k] = Double.NEGATIVE_INFINITY;
            }
          }
        }
        best = smallest(losses);
      }
      return best;
    }

    private int smallest(double[] values) {
      int best = 0;
      for (int i = 1; i < values.length; i++) {
        best = values[i] < values[best] ? i : best;
      }
      return best;
    }

    /** The original with the candidate's pixels, places and colours brought inside. */
    private float[] image(double[] candidate) {
      float[] changed = original.clone();
      for (int k = 0; k < pixels; k++) {
        int y = (int) Math.max(0, Math.min(height - 1, candidate[k * genes]));
        int x = (int) Math.max(0, Math.min(width - 1, candidate[k * genes + 1]));
        for (int c = 0; c < channels; c++) {
          double value = candidate[k * genes + 2 + c];
          changed[(c * height + y) * width + x] =
              (float) Math.max(problem.bounds().low(), Math.min(problem.bounds().high(), value));
        }
      }
      return changed;
    }
  }
}
