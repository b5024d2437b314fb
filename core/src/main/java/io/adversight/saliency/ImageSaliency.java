package io.adversight.saliency;

import io.adversight.image.Raster;

/** A model of what draws the eye in a picture; it knows no classes and uses no network. */
@FunctionalInterface
public interface ImageSaliency {
  /**
   * The saliency of every pixel.
   *
   * @param picture one channel (grey) or three (RGB), in [0, 1]
   * @return one channel of the picture's size in [0, 1] with maximum 1; all zeros where nothing
   *     stands out, as in an even picture
   * @throws IllegalArgumentException if the picture has another number of channels
   */
  Raster saliency(Raster picture);
}
