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
   * <p>The score is certified; the nearest class is one whose bound fails first beyond it; the
   * Lipschitz constant is that of the linear bound between the image and there. The likeliest
   * classes are bounded first, and the first that fails ends the work at a radius. The work for an
   * image is bounded, too: a radius for which it does not suffice counts as not certified, so that
   * the score may be smaller than the method could prove.
   */
  @Override
  public Estimate estimate(Classifier classifier, Tensor pixels, Run run) {
    return estimate(classifier, pixels, run, WorkBudget.usual());
  }

  /** The same within a budget. */
  Estimate estimate(Classifier classifier, Tensor pixels, Run run, WorkBudget budget) {
    try (Scope scope = Scope.open()) {
      run.countForward();
      Prediction prediction = classifier.predict(pixels).get(0);
      Search search = new Search(classifier, prediction, pixels, run, budget);
      Bracket found = search.downwards(Method.INTERVAL); // one pass each
      if (method != Method.INTERVAL) {
        found = search.upwards(found.low());
      }
      found = search.refined(found);
      int nearest = search.others.get(found.failed());
      double margin = prediction.logits().get(prediction.top()) - prediction.logits().get(nearest);
      return new Estimate(found.low(), nearest, margin, margin / found.low());
    }
  }

  /** The search for the radius of one image. */
  private final class Search {
    private final PiecewiseAffine network;
    private final Tensor center;
    private final List<Integer> others;
    private final Tensor rows;
    private final Run run;
    private final WorkBudget budget;

    Search(
        Classifier classifier, Prediction prediction, Tensor pixels, Run run, WorkBudget budget) {
      int classes = prediction.logits().size();
      this.network = new PiecewiseAffine(Certificate.network(classifier));
      this.center = pixels.asDouble();
      this.others = prediction.top(classes).subList(1, classes);
      this.rows = Certificate.rows(classes, prediction.top(), others);
      this.run = run;
      this.budget = budget;
    }

    /** From the largest radius downwards to one that is certified. */
    Bracket downwards(Method by) {
      Bracket bracket = Bracket.OPEN;
      for (double at = largest; bracket.low() == 0 && at > largest * SMALLEST; at /= 2) {
        bracket = with(bracket, at, by);
      }
      return bracket;
    }

    /** From a certified radius upwards to one that is not, or to the largest. */
    Bracket upwards(double certified) {
      Bracket bracket = new Bracket(certified, Double.POSITIVE_INFINITY, 0);
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
      try (Scope scope = Scope.open()) {
        Region region = new Region(center, new Ball(norm, radius));
        return bracket.with(radius, NetworkBounds.of(network, region, by, budget).decide(rows, by));
      }
    }
  }

  /**
   * A radius that is certified and a larger one that is not.
   *
   * @param low the certificate holds
   * @param high it is not known to hold; infinite as long as it holds everywhere
   * @param failed the number of the other class whose margin failed at {@code high}, or else 0, the
   *     likeliest
   */
  private record Bracket(double low, double high, int failed) {
    static final Bracket OPEN = new Bracket(0, Double.POSITIVE_INFINITY, 0);

    boolean isOpen() {
      return Double.isInfinite(high);
    }

    Bracket with(double radius, Decision decision) {
      if (decision instanceof Decision.Proved) {
        return new Bracket(Math.max(low, radius), high, failed);
      }
      int row = decision instanceof Decision.Failed found ? found.row() : 0;
      return new Bracket(low, Math.min(high, radius), row);
    }
  }
}
