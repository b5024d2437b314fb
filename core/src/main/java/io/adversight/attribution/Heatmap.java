package io.adversight.attribution;

import io.adversight.image.Raster;
import java.util.Optional;

/**
 * The explanation of one image.
 *
 * @param attribution signed and unreduced, (C, H, W) or (1, H, W), at the picture's size; a layer's
 *     map is enlarged by bilinear interpolation with half-pixel centres
 * @param map reduced to (1, H, W)
 * @param layer the signed map at its layer's own size, where there is one
 */
public record Heatmap(Raster attribution, Raster map, Optional<Raster> layer) {
  /** Whether the map is zero everywhere although the attribution is not: it is all negative. */
  public boolean isAllNegative() {
    return map.max() <= 0 && attribution.min() < 0;
  }
}
