package io.adversight.visualization.transformation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Blurred by a Gaussian of random width.
 *
 * @param sigma largest standard deviation in pixels
 */
@Doc("Random blur")
@Paper("olah2017")
public record RandomBlur(@Doc("largest standard deviation in pixels") double sigma)
    implements Transformation {
  /** At most one pixel. */
  public RandomBlur() {
    this(1);
  }

  public RandomBlur {
    Check.within(0.0, 20.0, sigma, "sigma");
  }

  @Override
  public Tensor apply(Tensor images, List<SplittableRandom> randoms) {
    double[] widths = randoms.stream().mapToDouble(random -> sigma * random.nextDouble()).toArray();
    return Blur.gaussian(images, Tensor.of(widths, widths.length, 1, 1, 1));
  }
}
