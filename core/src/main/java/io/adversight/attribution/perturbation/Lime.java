package io.adversight.attribution.perturbation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Variants;
import io.adversight.attribution.internal.Confidence;
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
 * LIME: the coefficients of a linear model of the score over which superpixels are shown, fitted
 * around the image (Ribeiro et al. 2016, algorithm 1). Each superpixel is hidden with probability
 * one half; a sample weighs sqrt(exp(-d^2 / width^2)) with d its cosine distance from the image;
 * the model is a ridge regression with penalty 1 and an intercept. A class logit is explained by
 * its probability.
 *
 * @param segments about how many superpixels
 * @param samples images with hidden superpixels
 * @param width of the kernel
 * @param absent what is seen where a superpixel is hidden
 */
@Doc("LIME")
@Paper("ribeiro2016")
public record Lime(
    @Doc("superpixels") int segments,
    @Doc("images with hidden superpixels") int samples,
    @Doc("width of the kernel") double width,
    @Doc("value of hidden superpixels") MaskValue absent)
    implements Attribution {
  private static final double RIDGE = 1;

  /** 1000 samples of 50 superpixels with kernel width 0.25. */
  public Lime() {
    this(50, 1000, 0.25, MaskValue.MEAN_COLOR);
  }

  public Lime {
    Check.within(1, 10_000, segments, "segments");
    Check.within(2, 1_000_000, samples, "samples");
    Check.positive(width, "width");
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
    List<Coalitions> images = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      images.add(draw(superpixels.segments().get(i).count(), run.rng(i).generator()));
    }
    Variants variants = Variants.of(trace, Confidence.of(objective), run);
    double[][] values = Coalitions.evaluate(images, superpixels, variants, run);
    List<double[]> coefficients = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      coefficients.add(fit(images.get(i).matrix(), values[i]));
    }
    return Coalitions.paint(coefficients, superpixels);
  }

  /** Random samples; the first is the image itself. */
  private Coalitions draw(int count, SplittableRandom random) {
    List<List<Integer>> rows = new ArrayList<>();
    rows.add(Coalitions.row(count, 1));
    while (rows.size() < samples) {
      List<Integer> row = new ArrayList<>(count);
      for (int j = 0; j < count; j++) {
        row.add(random.nextBoolean() ? 1 : 0);
      }
      rows.add(row);
    }
    return new Coalitions(rows);
  }

  /** Ridge regression with an intercept, which is not penalised: by weighted centring. */
  private double[] fit(double[][] shown, double[] values) {
    int count = shown[0].length;
    double[] weights = new double[shown.length];
    double total = 0;
    double meanValue = 0;
    double[] means = new double[count];
    for (int s = 0; s < shown.length; s++) {
      double ones = Arrays.stream(shown[s]).sum();
      double distance = ones == 0 ? 1 : 1 - Math.sqrt(ones / count);
      weights[s] = Math.sqrt(Math.exp(-distance * distance / (width * width)));
      total += weights[s];
      meanValue += weights[s] * values[s];
      for (int j = 0; j < count; j++) {
        means[j] += weights[s] * shown[s][j];
      }
    }
    double[] centred = new double[values.length];
    for (int s = 0; s < shown.length; s++) {
      centred[s] = values[s] - meanValue / total;
      for (int j = 0; j < count; j++) {
        shown[s][j] -= means[j] / total;
      }
    }
    return LeastSquares.solve(shown, centred, weights, RIDGE);
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }
}
