package io.adversight.study;

import io.adversight.image.Raster;
import java.util.OptionalInt;

/**
 * A picture as a network sees it.
 *
 * @param name unique in its study; names its folder
 * @param file where it came from, in words
 * @param sha256 of the file; empty if it has none
 * @param view at the network's input size, pixels in [0, 1]
 * @param label its class, where it is known
 */
public record Picture(String name, String file, String sha256, Raster view, OptionalInt label) {
  /** What tells this picture from others, wherever it lies: its hash, or its origin in words. */
  public String identity() {
    return sha256.isEmpty() ? file : sha256;
  }
}
