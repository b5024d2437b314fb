package io.adversight.aviary;

import io.adversight.image.Raster;
import java.util.EnumMap;
import java.util.Map;

/**
 * An image of one bird, with the truth about it.
 *
 * @param species which bird it is
 * @param image (3, side, side) in 256 levels of [0, 1]
 * @param parts for each part the share of each pixel that shows it, (1, side, side) in [0, 1]; what
 *     leaves or wires hide is not shown
 */
public record Scene(Species species, Raster image, Map<Part, Raster> parts) {
  public Scene {
    parts = Map.copyOf(parts);
  }

  static Scene of(Species species, Raster image, PartCanvas canvas) {
    Map<Part, Raster> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      parts.put(part, canvas.mask(part));
    }
    return new Scene(species, image, parts);
  }

  /** The share of each pixel that shows a part. */
  public Raster mask(Part part) {
    Raster mask = parts.get(part);
    if (mask == null) {
      throw new IllegalStateException("the scene has no mask of " + part.label());
    }
    return mask;
  }

  /** The share of each pixel that shows the bird. */
  public Raster bird() {
    float[] sum = new float[image.height() * image.width()];
    for (Raster mask : parts.values()) {
      float[] one = mask.toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] = Math.min(1, sum[i] + one[i]);
      }
    }
    return Raster.map(image.height(), image.width(), sum);
  }

  /** The mask of the part that distinguishes the species within its colour group. */
  public Raster discriminativePart() {
    return mask(species.discriminativePart());
  }
}
