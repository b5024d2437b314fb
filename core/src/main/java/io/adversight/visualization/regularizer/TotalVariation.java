package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;

/**
 * The sum over all pixels of (dx^2 + dy^2)^(beta / 2), the differences to the right and lower
 * neighbours (Mahendran and Vedaldi 2015, section 3).
 *
 * @param weight factor of the sum
 * @param beta 1 keeps edges sharp, 2 makes images smooth
 */
@Doc("Total variation")
@Paper("mahendran2015")
public record TotalVariation(
    @Doc("factor of the sum") double weight, @Doc("power of the gradient norm") double beta)
    implements Regularizer.Penalty {
  private static final double FLAT = 1e-8; // where the root is not differentiable

  /** A weight of 0.001, beta 2. */
  public TotalVariation() {
    this(0.001, 2);
  }

  public TotalVariation {
    Check.atLeast(0.0, weight, "weight");
    Check.within(0.5, 4.0, beta, "beta");
  }

  @Override
  public Tensor of(Tensor images, Classifier classifier) {
    long rows = images.size(2) - 1;
    long columns = images.size(3) - 1;
    Tensor here = images.narrow(2, 0, rows).narrow(3, 0, columns);
    Tensor right = images.narrow(2, 0, rows).narrow(3, 1, columns).sub(here);
    Tensor below = images.narrow(2, 1, rows).narrow(3, 0, columns).sub(here);
    Tensor squares = right.square().add(below.square());
    Tensor powers = beta == 2 ? squares : squares.add(FLAT).pow(beta / 2);
    return powers.sumPerImage().reshape(images.size(0)).mul(weight);
  }
}
