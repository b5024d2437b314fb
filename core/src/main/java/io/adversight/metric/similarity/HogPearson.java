package io.adversight.metric.similarity;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import io.adversight.metric.numeric.Correlation;

/**
 * Pearson's correlation of two maps' histograms of oriented gradients ({@link Hog#descriptor}). Not
 * defined, and given as 0, when a descriptor is constant.
 *
 * @param orientations bins between 0 and 180 degrees
 * @param pixelsPerCell side of a cell
 * @param cellsPerBlock side of a block
 * @param norm normalisation of a block
 */
@Doc("Pearson correlation of HOG descriptors")
@Paper("dalal2005")
public record HogPearson(
    @Doc("orientations between 0 and 180 degrees") int orientations,
    @Doc("side of a cell, pixels") int pixelsPerCell,
    @Doc("side of a block, cells") int cellsPerBlock,
    @Doc("normalisation of a block") BlockNorm norm)
    implements MapSimilarity {
  /** Nine orientations, cells of 16 pixels, blocks of one cell, L2-Hys. */
  public HogPearson() {
    this(9, 16, 1, BlockNorm.L2_HYS);
  }

  /** Checks the sizes. */
  public HogPearson {
    var unused = new Hog(orientations, pixelsPerCell, cellsPerBlock, norm);
  }

  /**
   * @throws IllegalArgumentException if the maps are smaller than a block
   */
  @Override
  public double similarity(Raster a, Raster b) {
    AlignedMaps maps = AlignedMaps.of(a, b);
    Hog hog = new Hog(orientations, pixelsPerCell, cellsPerBlock, norm);
    return Correlation.pearson(hog.descriptor(maps.first()), hog.descriptor(maps.second()))
        .orElse(0);
  }
}
