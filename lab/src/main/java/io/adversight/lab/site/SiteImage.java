package io.adversight.lab.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One image of a copy with its attacks, as the page reads it.
 *
 * @param pixels at the network's input size, 8 bits, row by row with the channels side by side, in
 *     base 64
 * @param before the prediction of the clean image
 * @param clean the map of the clean image
 */
record SiteImage(
    String name,
    int width,
    int height,
    int channels,
    String pixels,
    Top before,
    SiteMap clean,
    List<Attacked> attacks) {

  /** A class and its probability. */
  record Top(int index, String name, double probability) {}

  /**
   * A map: signed bytes, row by row, in base 64; {@code largest} is what 127 stands for.
   *
   * @param height of the layer that it was made at, or of the image
   */
  record SiteMap(int height, int width, double largest, String values) {}

  /**
   * An attack at every epsilon.
   *
   * @param sign of the gradient at every value of the image as signed bytes in base 64, where every
   *     changed image is the clean one plus epsilon times it, clipped; the frames then have no
   *     pixels
   * @param classes the leading ones over all epsilons, with their probabilities
   */
  record Attacked(
      String id, @Nullable String sign, List<Line> classes, List<ChangedImage> frames) {}

  /** One class and its probability at every epsilon. */
  record Line(int index, String name, List<Double> probabilities) {}

  /**
   * The changed image at one epsilon, quantized to 8 bits, and what the network makes of it.
   *
   * @param pixels null where the sign of the gradient gives them
   * @param spearman rank correlation of the maps of the clean and the changed image
   */
  record ChangedImage(
      double epsilon,
      @Nullable String pixels,
      Top after,
      SiteMap map,
      @Nullable Double ssim,
      @Nullable Double spearman) {}
}
