package io.adversight.attribution;

import io.adversight.image.Raster;
import java.util.Optional;

/**
 * The explanation of one image.
 *
 * @param attribution signed and unreduced, (C, H, W) or (1, H, W), at the image's size; a layer's
 *     map is enlarged by bilinear interpolation with half-pixel centres
 * @param map reduced to (1, H, W)
 * @param layer the signed map at its layer's own size, where there is one
 */
public record Heatmap(Raster attribution, Raster map, Optional<Raster> layer) {
  /**
   * Whether the map is zero everywhere because the attribution is negative wherever it is not zero;
   * {@link #attribution} is then the map to look at.
   */
  public boolean isAllNegative() {
    return map.max() <= 0 && attribution.min() < 0 && attribution.max() <= 0;
  }

  /** Whether nothing was attributed to any place: the attribution is zero everywhere. */
  public boolean isEmpty() {
    return attribution.min() == 0 && attribution.max() == 0;
  }
}
