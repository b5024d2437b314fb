package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.parameterization.ConstantImage;

/**
 * Every step moves the pixels a little towards the network's zero image (Yosinski et al. 2015,
 * section 3, "L2 decay").
 *
 * @param share of the way
 */
@Doc("Decay towards the zero image")
@Paper("yosinski2015")
public record Decay(@Doc("relative decay per step") double share) implements Regularizer.Change {
  /** One hundredth. */
  public Decay() {
    this(0.01);
  }

  public Decay {
    Check.within(0.0, 1.0, share, "share");
  }

  @Override
  public Tensor after(Tensor images, Tensor gradient, int step, Classifier classifier) {
    Tensor zero = ConstantImage.NETWORK_ZERO.tensor(classifier).like(images);
    return images.sub(zero).mul(1 - share).add(zero);
  }
}
