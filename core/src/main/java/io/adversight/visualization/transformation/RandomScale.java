package io.adversight.visualization.transformation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.SplittableRandom;

/**
 * Enlarged or reduced around the centre, by a factor whose logarithm is uniform.
 *
 * @param least smallest factor
 * @param most largest factor
 */
@Doc("Random scale")
@Paper("olah2017")
public record RandomScale(@Doc("smallest factor") double least, @Doc("largest factor") double most)
    implements Geometric {
  /** From 0.9 to 1.1. */
  public RandomScale() {
    this(0.9, 1.1);
  }

  public RandomScale {
    Check.within(0.1, 10.0, least, "least");
    Check.within(least, 10.0, most, "most");
  }

  @Override
  public AffineTransform draw(SplittableRandom random, int height, int width) {
    double share = random.nextDouble();
    return AffineTransform.scale(least * Math.pow(most / least, share));
  }
}
