package io.adversight.evaluation.explanation;

import io.adversight.attribution.Heatmap;
import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Infidelity: the mean of (I . phi - (S(x) - S(x - I)))^2 over perturbations I, where phi is the
 * explanation as a gradient (Yeh et al. 2019, definition 2.1). Small is good. Contributions, which
 * contain the factor x, are divided by it first. Normalised, phi is multiplied by the factor that
 * makes the mean smallest, E[(I . phi) (S(x) - S(x - I))] / E[(I . phi)^2], so that explanations of
 * different scales can be compared.
 *
 * @param samples perturbations
 * @param perturbation what I is
 * @param sigma of its noise
 * @param normalized whether the explanation gets its best scale
 */
@Doc("Infidelity")
@Paper("yeh2019")
public record Infidelity(
    @Doc("number of perturbations") int samples,
    @Doc("definition of the perturbation") Perturbation perturbation,
    @Doc("standard deviation of its noise") double sigma,
    @Doc("scale the explanation optimally") boolean normalized)
    implements Faithfulness {
  private static final double SMALL = 1e-12;

  /** The perturbations of the paper. */
  public enum Perturbation {
    /** I is Gaussian noise. */
    NOISE {
      @Override
      Tensor of(Tensor pixels, Tensor noise) {
        return noise;
      }
    },
    /** I leads to a noisy black image: x - noise; with sigma 0 to black. */
    NOISY_BASELINE {
      @Override
      Tensor of(Tensor pixels, Tensor noise) {
        return pixels.sub(noise);
      }
    };

    abstract Tensor of(Tensor pixels, Tensor noise);
  }

  /** 50 noisy baselines of standard deviation 0.2, explanations at their best scale. */
  public Infidelity() {
    this(50, Perturbation.NOISY_BASELINE, 0.2, true);
  }

  /** Checks the ranges. */
  public Infidelity {
    Check.atLeast(1, samples, "samples");
    Check.atLeast(0.0, sigma, "sigma");
  }

  /**
   * The infidelity of each image's explanation.
   *
   * @param explanation (N, C, H, W), unreduced, or (N, 1, H, W)
   * @param contributions whether it contains the factor x, as integrated gradients do
   */
  public List<Double> of(
      Classifier classifier,
      Tensor pixels,
      Tensor explanation,
      boolean contributions,
      Objective score,
      Run run) {
    int images = (int) pixels.size(0);
    try (Scope scope = Scope.open()) {
      Tensor zero = pixels.abs().le(SMALL);
      Tensor evaluation =
          contributions
              ? zero.choose(
                  explanation.mul(pixels.fullLike(0)),
                  explanation.div(zero.choose(pixels.fullLike(1), pixels)))
              : explanation.mul(pixels.fullLike(1));
      double[] values =
          new Variants(classifier, score, images, run)
              .values(samples + 1, k -> k == 0 ? pixels : pixels.sub(change(pixels, k, run)))
              .toDoubles();
      double[] squares = new double[images];
      double[] products = new double[images];
      double[] changes = new double[images];
      for (int k = 1; k <= samples; k++) {
        try (Scope inner = Scope.open()) {
          double[] expected = change(pixels, k, run).mul(evaluation).sumPerImage().toDoubles();
          for (int i = 0; i < images; i++) {
            double found = values[i] - values[k * images + i];
            squares[i] += expected[i] * expected[i];
            products[i] += expected[i] * found;
            changes[i] += found * found;
          }
        }
      }
      List<Double> infidelities = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        double scale = !normalized ? 1 : squares[i] == 0 ? 0 : products[i] / squares[i];
        double sum = scale * scale * squares[i] - 2 * scale * products[i] + changes[i];
        infidelities.add(Math.max(0, sum) / samples);
      }
      return infidelities;
    }
  }

  @Override
  public List<Finding> of(ExplainedBatch subject, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor explanation =
          Batches.of(subject.heatmaps().stream().map(Heatmap::attribution).toList())
              .like(subject.pixels());
      return of(
              subject.classifier(),
              subject.pixels(),
              explanation,
              subject.method().containsInput(),
              subject.logit(),
              run)
          .stream()
          .map(value -> Finding.of(value))
          .toList();
    }
  }

  @Override
  public boolean largeIsGood() {
    return false;
  }

  private Tensor change(Tensor pixels, int k, Run run) {
    return perturbation.of(pixels, run.split(k).normal(pixels, 0).mul(sigma));
  }
}
