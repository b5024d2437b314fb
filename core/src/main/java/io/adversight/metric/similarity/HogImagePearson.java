package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/**
 * Pearson's correlation, pixel by pixel, of the drawings of two maps' histograms of oriented
 * gradients ({@link Hog#image}). Not defined, and given as 0, when a drawing is constant.
 *
 * @param orientations bins between 0 and 180 degrees
 * @param pixelsPerCell side of a cell
 */
@Doc("Pearson correlation of HOG images")
@Paper("dalal2005")
public record HogImagePearson(
    @Doc("orientations between 0 and 180 degrees") int orientations,
    @Doc("side of a cell, pixels") int pixelsPerCell)
    implements MapSimilarity {
  /** Nine orientations, cells of 16 pixels. */
  public HogImagePearson() {
    this(9, 16);
  }

  /** Checks the sizes. */
  public HogImagePearson {
    var unused = new Hog(orientations, pixelsPerCell, 1, BlockNorm.L2_HYS);
  }

  /**
   * @throws IllegalArgumentException if the maps are smaller than a cell
   */
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    Hog hog = new Hog(orientations, pixelsPerCell, 1, BlockNorm.L2_HYS);
    return Correlation.pearson(
            AlignedMaps.values(hog.image(maps.first())),
            AlignedMaps.values(hog.image(maps.second())))
        .orElse(0);
  }
}
