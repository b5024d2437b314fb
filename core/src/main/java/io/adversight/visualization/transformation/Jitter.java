package io.adversight.visualization.transformation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.SplittableRandom;

/**
 * Shifted by whole pixels.
 *
 * @param pixels largest shift to each side
 */
@Doc("Random shift")
@Paper("olah2017")
public record Jitter(@Doc("largest shift in pixels") int pixels) implements Geometric {
  /** At most 8 pixels. */
  public Jitter() {
    this(8);
  }

  public Jitter {
    Check.atLeast(0, pixels, "pixels");
  }

  @Override
  public AffineTransform draw(SplittableRandom random, int height, int width) {
    return AffineTransform.shift(
        random.nextInt(-pixels, pixels + 1), random.nextInt(-pixels, pixels + 1));
  }
}
