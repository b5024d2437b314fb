package io.adversight.visualization.regularizer;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Tensor;

/**
 * A Gaussian blur every few steps (Yosinski et al. 2015, section 3, "Gaussian blur").
 *
 * @param every how many steps lie between two blurs
 * @param sigma standard deviation in pixels
 */
@Doc("Gaussian blur every few steps")
@Paper("yosinski2015")
public record BlurEvery(
    @Doc("steps between two blurs") int every, @Doc("standard deviation in pixels") double sigma)
    implements Regularizer.Change {
  /** Half a pixel every four steps. */
  public BlurEvery() {
    this(4, 0.5);
  }

  public BlurEvery {
    Check.atLeast(1, every, "every");
    Check.within(0.0, 20.0, sigma, "sigma");
  }

  @Override
  public Tensor after(Tensor images, Tensor gradient, int step, Classifier classifier) {
    return step % every == 0 ? Blur.gaussian(images, sigma) : images;
  }
}
