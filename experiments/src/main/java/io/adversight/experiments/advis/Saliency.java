package io.adversight.experiments.advis;

import io.adversight.image.Raster;
import io.adversight.saliency.GraphBasedVisualSaliency;

/** Graph-based saliency, and its differences as the first study takes them. */
final class Saliency {
  /** How much saliency, of at most 1, must change for a place to count as changed. */
  static final double CHANGED = 0.05;

  private static final GraphBasedVisualSaliency GRAPH = new GraphBasedVisualSaliency();

  private Saliency() {}

  /** The saliency of an image, (1, H, W) in [0, 1]. */
  static Raster of(Raster image) {
    return GRAPH.saliency(image);
  }

  /** After minus before. */
  static Raster difference(Raster before, Raster after) {
    return Raster.generate(
        1, before.height(), before.width(), (c, y, x) -> after.at(0, y, x) - before.at(0, y, x));
  }

  /** The share of places where a difference is larger than {@link #CHANGED}, up or down. */
  static double changedArea(Raster difference) {
    int count = 0;
    float[] values = difference.toArray();
    for (float value : values) {
      count += Math.abs(value) > CHANGED ? 1 : 0;
    }
    return (double) count / values.length;
  }

  /** The mean of the absolute values. */
  static double size(Raster difference) {
    double sum = 0;
    float[] values = difference.toArray();
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }
}
