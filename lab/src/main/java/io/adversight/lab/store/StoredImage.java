package io.adversight.lab.store;

import io.adversight.image.Raster;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * An image that panels can use.
 *
 * @param id that stays the same as long as the content does
 * @param name shown to users
 * @param group what it is listed under
 * @param label its class, where it is known by number
 * @param labelName its class, where it is known by name
 * @param size of the image, where it is known without reading it
 * @param source reads it
 */
record StoredImage(
    String id,
    String name,
    String group,
    OptionalInt label,
    Optional<String> labelName,
    Optional<Size> size,
    Supplier<Raster> source) {
  /** Height and width in pixels, and channels. */
  record Size(int channels, int height, int width) {
    static Size of(Raster raster) {
      return new Size(raster.channels(), raster.height(), raster.width());
    }
  }
}
