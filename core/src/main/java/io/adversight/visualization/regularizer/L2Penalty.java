package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.parameterization.ConstantImage;

/**
 * lambda |I|^2, the sum of the squares of all pixels from a constant image (Simonyan et al. 2014,
 * equation 1).
 *
 * @param weight lambda
 * @param centre the constant image
 */
@Doc("Squared L2 norm")
@Paper("simonyan2014")
public record L2Penalty(
    @Doc("weight of the squared L2 norm") double weight,
    @Doc("constant image from which the norm is measured") ConstantImage centre)
    implements Regularizer.Penalty {
  /** A weight of 0.01 around the network's zero image. */
  public L2Penalty() {
    this(0.01, ConstantImage.NETWORK_ZERO);
  }

  public L2Penalty {
    Check.atLeast(0.0, weight, "weight");
  }

  @Override
  public Tensor of(Tensor images, Classifier classifier) {
    Tensor from = images.sub(centre.tensor(classifier).like(images));
    return from.square().sumPerImage().reshape(images.size(0)).mul(weight);
  }
}
