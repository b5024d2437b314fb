package io.adversight.metric.distance;

import io.adversight.describe.Doc;
import io.adversight.image.Raster;

/** The number of pixels that differ in any channel: the L0 norm of sparse attacks. */
@Doc("Pixels changed")
public record ChangedPixels() implements ImageDistance {
  /**
   * @throws IllegalArgumentException if the images differ in shape
   */
  @Override
  public double distance(Raster a, Raster b) {
    double[] difference = PixelDifference.of(a, b);
    int pixels = a.height() * a.width();
    int changed = 0;
    for (int i = 0; i < pixels; i++) {
      boolean same = true;
      for (int c = 0; c < a.channels(); c++) {
        same &= difference[c * pixels + i] == 0;
      }
      changed += same ? 0 : 1;
    }
    return changed;
  }
}
