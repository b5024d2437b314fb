package io.adversight.attribution.perturbation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Kernel SHAP: the Shapley values of superpixels, by a linear regression whose weights are the
 * Shapley kernel (M - 1) / (C(M, s) s (M - s)) for s of M superpixels shown (Lundberg and Lee 2017,
 * theorem 2). The values sum to S(x) - S(all hidden). Where all coalitions are no more than the
 * samples allowed, all are taken and the values are exact; else coalitions are drawn in pairs of
 * complements.
 *
 * @param segments about how many superpixels
 * @param samples images with hidden superpixels
 * @param absent what is seen where a superpixel is hidden
 */
@Doc("Kernel SHAP")
@Paper("lundberg2017")
public record KernelShap(
    @Doc("superpixels") int segments,
    @Doc("images with hidden superpixels") int samples,
    @Doc("value of hidden superpixels") MaskValue absent)
    implements Attribution {
  private static final int MOST_EXACT = 20;

  /** 1000 samples of 50 superpixels. */
  public KernelShap() {
    this(50, 1000, MaskValue.MEAN_COLOR);
  }

  public KernelShap {
    Check.within(1, 10_000, segments, "segments");
    Check.within(4, 1_000_000, samples, "samples");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    try (Scope scope = Scope.open()) {
      return scope.keep(
          of(trace, objective, run, Superpixels.slic(trace.pixels(), segments, 10, absent)));
    }
  }

  /** With given superpixels. */
  Tensor of(Trace trace, Objective objective, Run run, Superpixels superpixels) {
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      try (Scope scope = Scope.open()) {
        values.add(one(trace, objective, run.select(i), superpixels, i));
      }
    }
    return Coalitions.paint(values, superpixels);
  }

  /** The values of one image: the number of its coalitions is its own. */
  private double[] one(Trace trace, Objective objective, Run run, Superpixels all, int image) {
    int count = all.segments().get(image).count();
    Superpixels own =
        Superpixels.of(
            all.pixels().rows(image), List.of(all.segments().get(image)), all.hidden().rows(image));
    boolean exact = count <= MOST_EXACT && (1 << count) <= samples;
    List<List<Integer>> rows = exact ? every(count) : drawn(count, run.rng(0).generator());
    Variants variants = new Variants(trace.classifier(), objective.select(image), 1, run);
    double[] scores = Coalitions.evaluate(List.of(new Coalitions(rows)), own, variants, run)[0];
    return shapley(rows, scores, count, exact);
  }

  /** All coalitions: none and all first. */
  private static List<List<Integer>> every(int count) {
    List<List<Integer>> rows = new ArrayList<>();
    rows.add(Coalitions.row(count, 0));
    rows.add(Coalitions.row(count, 1));
    for (int bits = 1; bits < (1 << count) - 1; bits++) {
      List<Integer> row = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        row.add((bits >> j) & 1);
      }
      rows.add(row);
    }
    return rows;
  }

  /** None, all, and coalitions whose sizes follow the kernel, each with its complement. */
  private List<List<Integer>> drawn(int count, SplittableRandom random) {
    List<List<Integer>> rows = new ArrayList<>();
    rows.add(Coalitions.row(count, 0));
    rows.add(Coalitions.row(count, 1));
    double[] cumulative = new double[count];
    for (int s = 1; s < count; s++) {
      cumulative[s] = cumulative[s - 1] + 1.0 / ((double) s * (count - s));
    }
    while (rows.size() + 1 < samples && count > 1) {
      double at = random.nextDouble() * cumulative[count - 1];
      int size = 1;
      while (size < count - 1 && cumulative[size] <= at) {
        size++;
      }
      List<Integer> row = Coalitions.row(count, 0);
      List<Integer> complement = Coalitions.row(count, 1);
      int left = size;
      for (int j = 0; j < count; j++) {
        if (random.nextInt(count - j) < left) {
          row.set(j, 1);
          complement.set(j, 0);
          left--;
        }
      }
      rows.add(row);
      rows.add(complement);
    }
    return rows;
  }

  /** The regression with the sum of the values fixed: the last value follows from the others. */
  private static double[] shapley(
      List<List<Integer>> rows, double[] scores, int count, boolean exact) {
    double none = scores[0];
    double difference = scores[1] - none;
    double[] values = new double[count];
    if (count == 1) {
      values[0] = difference;
      return values;
    }
    double[][] x = new double[rows.size() - 2][count - 1];
    double[] y = new double[x.length];
    double[] weights = new double[x.length];
    for (int s = 0; s < x.length; s++) {
      List<Integer> row = rows.get(s + 2);
      int last = row.get(count - 1);
      int size = last;
      for (int j = 0; j < count - 1; j++) {
        x[s][j] = row.get(j) - last;
        size += row.get(j);
      }
      y[s] = scores[s + 2] - none - last * difference;
      weights[s] = exact ? kernel(count, size) : 1;
    }
    double[] first = LeastSquares.solve(x, y, weights, 0);
    System.arraycopy(first, 0, values, 0, count - 1);
    values[count - 1] = difference - Arrays.stream(first).sum();
    return values;
  }

  private static double kernel(int count, int size) {
    double choose = 1;
    for (int j = 1; j <= size; j++) {
      choose = choose * (count - size + j) / j;
    }
    return (count - 1) / (choose * size * (count - size));
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }
}
