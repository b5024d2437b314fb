package io.adversight.saliency;

import io.adversight.image.Raster;

/** A model of visual saliency; it knows no classes and uses no network. */
@FunctionalInterface
public interface ImageSaliency {
  /**
   * The saliency of every pixel.
   *
   * @param image one channel (grey) or three (RGB), in [0, 1]
   * @return one channel of the image's size in [0, 1] with maximum 1; all zeros where nothing
   *     stands out, as in an even image
   * @throws IllegalArgumentException if the image has another number of channels
   */
  Raster saliency(Raster image);
}
