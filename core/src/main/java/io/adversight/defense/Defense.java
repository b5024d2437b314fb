package io.adversight.defense;

import io.adversight.image.Raster;

/**
 * Changes an image before it is classified, so that a perturbation made without knowledge of it is
 * lost. An attacker who knows of it can often attack through it: what survives here is no proof of
 * safety (Athalye et al. 2018).
 */
@FunctionalInterface
public interface Defense {
  /** The image (C, H, W) in [0, 1] that is classified in place of {@code image}. */
  Raster of(Raster image);
}
