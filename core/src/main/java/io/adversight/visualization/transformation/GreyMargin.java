package io.adversight.visualization.transformation;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.SplittableRandom;

/**
 * Padded with grey on all sides and reduced to the size before, so that nothing hides at the
 * border.
 *
 * @param pixels on each side
 */
@Doc("Grey padding")
@Paper("olah2017")
public record GreyMargin(@Doc("padding on each side, pixels") int pixels) implements Geometric {
  /** 12 pixels. */
  public GreyMargin() {
    this(12);
  }

  public GreyMargin {
    Check.within(0, 256, pixels, "pixels");
  }

  @Override
  public AffineTransform draw(SplittableRandom random, int height, int width) {
    return AffineTransform.scale(
        Math.min(height, width) / (Math.min(height, width) + 2.0 * pixels));
  }
}
