package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;

/**
 * The sum of |pixel - grey|^alpha, which a large alpha makes a soft bound on the range (Mahendran
 * and Vedaldi 2015, section 3).
 *
 * @param weight factor of the sum
 * @param alpha the power
 */
@Doc("Alpha norm")
@Paper("mahendran2015")
public record AlphaNorm(@Doc("factor of the sum") double weight, @Doc("exponent") double alpha)
    implements Regularizer.Penalty {
  /** A weight of 0.001, alpha 6. */
  public AlphaNorm() {
    this(0.001, 6);
  }

  public AlphaNorm {
    Check.atLeast(0.0, weight, "weight");
    Check.within(1.0, 20.0, alpha, "alpha");
  }

  @Override
  public Tensor of(Tensor images, Classifier classifier) {
    Tensor twice = images.sub(0.5).mul(2).abs(); // 1 at black and white
    return twice.pow(alpha).sumPerImage().reshape(images.size(0)).mul(weight);
  }
}
