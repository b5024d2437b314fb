package io.adversight.evaluation;

import io.adversight.attribution.Variants;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Infidelity: the mean of (I . phi - (S(x) - S(x - I)))^2 over perturbations I, where phi is the
 * explanation as a slope (Yeh et al. 2019, definition 2.1). Small is good. Contributions, which
 * contain the factor x, are divided by it first.
 *
 * @param samples perturbations
 * @param perturbation what I is
 * @param sigma of its noise
 * @param contributions whether the explanation contains the factor x, as integrated gradients do
 */
@Doc("Infidelity")
@Paper("yeh2019")
public record Infidelity(
    @Doc("perturbations") int samples,
    @Doc("what a perturbation is") Perturbation perturbation,
    @Doc("standard deviation of its noise") double sigma,
    @Doc("whether the explanation contains the factor x") boolean contributions) {
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
    /** I leads to a noisy black picture: x - noise; with sigma 0 to black. */
    NOISY_BASELINE {
      @Override
      Tensor of(Tensor pixels, Tensor noise) {
        return pixels.sub(noise);
      }
    };

    abstract Tensor of(Tensor pixels, Tensor noise);
  }

  /** 50 noisy baselines of standard deviation 0.2, for contributions. */
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
   */
  public List<Double> of(
      Classifier classifier, Tensor pixels, Tensor explanation, Objective score, Run run) {
    int images = (int) pixels.size(0);
    try (Scope scope = Scope.open()) {
      Tensor zero = pixels.abs().le(SMALL);
      Tensor slope =
          contributions
              ? zero.choose(
                  explanation.mul(pixels.fullLike(0)),
                  explanation.div(zero.choose(pixels.fullLike(1), pixels)))
              : explanation.mul(pixels.fullLike(1));
      double[] values =
          new Variants(classifier, score, images, run)
              .values(samples + 1, k -> k == 0 ? pixels : pixels.sub(change(pixels, k, run)))
              .toDoubles();
      List<Double> infidelities = new ArrayList<>();
      double[] sums = new double[images];
      for (int k = 1; k <= samples; k++) {
        try (Scope inner = Scope.open()) {
          double[] expected = change(pixels, k, run).mul(slope).sumPerImage().toDoubles();
          for (int i = 0; i < images; i++) {
            double found = values[i] - values[k * images + i];
            sums[i] += (expected[i] - found) * (expected[i] - found);
          }
        }
      }
      for (double sum : sums) {
        infidelities.add(sum / samples);
      }
      return infidelities;
    }
  }

  private Tensor change(Tensor pixels, int k, Run run) {
    return perturbation.of(pixels, run.split(k).normal(pixels, 0).mul(sigma));
  }
}
