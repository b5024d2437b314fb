package io.adversight.evaluation.certificate;

import io.adversight.attack.problem.Norm;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/**
 * The margin divided by the product of the Lipschitz constants of all layers (Szegedy et al. 2014,
 * section 4.3): a proof as well, and very small for deep networks. A layer's constant in L2 is
 * bounded by the root of its constants in L1 and LINF, which are largest sums of columns and rows.
 *
 * @param norm of the perturbation: LINF, L2 or L1
 */
@Doc("Lipschitz product bound")
@Paper("szegedy2014")
public record LipschitzProduct(@Doc("norm of the perturbation") Norm norm)
    implements DistanceBound {
  /** In L2. */
  public LipschitzProduct() {
    this(Norm.L2);
  }

  public LipschitzProduct {
    if (norm == Norm.L0) {
      throw new InputException("norm must be l2, linf or l1, but was l0");
    }
  }

  @Override
  public boolean isCertified() {
    return true;
  }

  @Override
  public Estimate estimate(Classifier classifier, Tensor pixels, Run run) {
    try (Scope scope = Scope.open()) {
      run.countForward();
      Prediction prediction = classifier.predict(pixels).get(0);
      int label = prediction.top(1).get(0);
      GraphClassifier network = Certificate.network(classifier);
      double[] constants =
          new LipschitzConstants(new PiecewiseAffine(network), pixels, norm)
              .ofFunctions(Certificate.rows(network.card().classes(), label));
      Estimate least = new Estimate(Double.POSITIVE_INFINITY, label, 0, 0);
      for (int i = 0; i < constants.length; i++) {
        int other = i < label ? i : i + 1;
        double margin = prediction.logits().get(label) - prediction.logits().get(other);
        double score = margin / constants[i];
        if (score < least.score()) {
          least = new Estimate(score, other, margin, constants[i]);
        }
      }
      return least;
    }
  }
}
