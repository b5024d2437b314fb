package io.adversight.evaluation.certificate;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * The largest radius for which a certificate holds, by bisection: no image nearer than that is
 * classified otherwise. Unlike an estimate it is a proof, and usually much smaller than the
 * distance that an attack finds.
 *
 * @param norm of the perturbation: LINF, L2 or L1
 * @param method how activations are bounded
 * @param largest radius that is tried, in units of pixels in [0, 1]
 * @param halvings of the bracket around the radius
 */
@Doc("Certified radius")
@Paper("zhang2020")
public record CertifiedRadius(
    @Doc("norm of the perturbation") Norm norm,
    @Doc("how activations are bounded") Method method,
    @Doc("largest radius that is tried") double largest,
    @Doc("halvings of the bracket") int halvings)
    implements DistanceBound {
  /** Below this share of the largest radius the search gives up. */
  private static final double SMALLEST = 1e-5;

  /** CROWN-IBP in LINF up to the whole range of a pixel, to one part in 64. */
  public CertifiedRadius() {
    this(Norm.LINF, Method.CROWN_IBP, 1, 6);
  }

  public CertifiedRadius {
    if (norm == Norm.L0) {
      throw new InputException("norm must be linf, l2 or l1, but was l0");
    }
    Check.positive(largest, "largest");
    Check.within(1, 30, halvings, "halvings");
  }

  @Override
  public boolean isCertified() {
    return true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The score is certified; the nearest class is the one whose bound fails first beyond it; the
   * Lipschitz constant is that of the linear bound between the image and there.
   */
  @Override
  public Estimate estimate(Classifier classifier, Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      run.countForward();
      Prediction prediction = classifier.predict(pixels).get(0);
      int label = prediction.top(1).get(0);
      Search search = new Search(classifier, pixels, label, run);
      Bracket found = search.downwards(Method.INTERVAL); // one pass each
      if (method != Method.INTERVAL) {
        found = search.upwards(found.low());
      }
      found = search.refined(found);
      int nearest = found.failed().isEmpty() ? prediction.top(2).get(1) : weakest(found, label);
      double margin = prediction.logits().get(label) - prediction.logits().get(nearest);
      return new Estimate(found.low(), nearest, margin, margin / found.low());
    }
  }

  /** The search for the radius of one image. */
  private final class Search {
    private final Classifier classifier;
    private final Tensor pixels;
    private final int label;
    private final Run run;

    Search(Classifier classifier, Tensor pixels, int label, Run run) {
      this.classifier = classifier;
      this.pixels = pixels;
      this.label = label;
      this.run = run;
    }

    /** From the largest radius downwards to one that is certified. */
    Bracket downwards(Method by) {
      Bracket bracket = new Bracket(0, Double.POSITIVE_INFINITY, List.of());
      for (double at = largest; bracket.low() == 0 && at > largest * SMALLEST; at /= 2) {
        bracket = with(bracket, at, by);
      }
      return bracket;
    }

    /** From a certified radius upwards to one that is not, or to the largest. */
    Bracket upwards(double certified) {
      Bracket bracket = new Bracket(certified, Double.POSITIVE_INFINITY, List.of());
      double at = Math.max(2 * certified, largest * SMALLEST);
      while (bracket.isOpen() && bracket.low() < largest) {
        bracket = with(bracket, Math.min(at, largest), method);
        at *= 2;
      }
      return bracket;
    }

    Bracket refined(Bracket start) {
      Bracket bracket = start;
      for (int i = 0; i < halvings && !bracket.isOpen(); i++) {
        bracket = with(bracket, (bracket.low() + bracket.high()) / 2, method);
      }
      return bracket;
    }

    private Bracket with(Bracket bracket, double radius, Method by) {
      run.checkCancelled();
      run.countForward();
      return bracket.with(
          radius, new Certificate(by).margins(classifier, pixels, label, new Ball(norm, radius)));
    }
  }

  /** The class whose margin was the smallest where the certificate failed. */
  private static int weakest(Bracket bracket, int label) {
    int least = 0;
    for (int i = 1; i < bracket.failed().size(); i++) {
      if (bracket.failed().get(i) < bracket.failed().get(least)) {
        least = i;
      }
    }
    return least < label ? least : least + 1;
  }

  /**
   * A radius that is certified and a larger one that is not.
   *
   * @param low the certificate holds
   * @param high it fails; infinite as long as it failed nowhere
   * @param failed the margins at {@code high}
   */
  private record Bracket(double low, double high, List<Double> failed) {
    boolean isOpen() {
      return Double.isInfinite(high);
    }

    Bracket with(double radius, List<Double> margins) {
      boolean holds = margins.stream().allMatch(margin -> margin > 0);
      return holds
          ? new Bracket(Math.max(low, radius), high, failed)
          : new Bracket(low, Math.min(high, radius), margins);
    }
  }
}
