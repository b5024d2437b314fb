package io.adversight.visualization.transformation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.SplittableRandom;

/**
 * Turned around the centre.
 *
 * @param degrees largest angle to each side
 */
@Doc("Random rotation")
@Paper("olah2017")
public record RandomRotation(@Doc("largest angle in degrees") double degrees) implements Geometric {
  /** At most 10 degrees. */
  public RandomRotation() {
    this(10);
  }

  public RandomRotation {
    Check.within(0.0, 180.0, degrees, "degrees");
  }

  @Override
  public AffineTransform draw(SplittableRandom random, int height, int width) {
    return AffineTransform.rotation(degrees * (2 * random.nextDouble() - 1));
  }
}
