package io.adversight.visualization.patch;

import io.adversight.graph.ReceptiveField;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;

/**
 * A receptive field cut out of an image, at the place it has in the largest field of its channel:
 * what lies outside the image is grey.
 *
 * @param field what the neuron sees
 * @param largest the field of neurons away from the border
 */
public record PatchView(ReceptiveField field, ReceptiveField largest) {
  private static final float OUTSIDE = 0.5f;

  /** The patch, as large as the largest field. */
  public Raster cut(Raster image) {
    // A field that the border cuts off at the beginning lacks its beginning.
    int above = field.top() == 0 ? largest.height() - field.height() : 0;
    int before = field.left() == 0 ? largest.width() - field.width() : 0;
    return Raster.generate(
        image.channels(),
        largest.height(),
        largest.width(),
        (c, y, x) -> {
          int row = field.top() + y - above;
          int column = field.left() + x - before;
          boolean inside =
              y >= above && row <= field.bottom() && x >= before && column <= field.right();
          return inside ? image.at(c, row, column) : OUTSIDE;
        });
  }

  /** The patch in a cell of a sheet: {@code side} pixels high and wide. */
  public Raster cell(Raster image, int side) {
    Raster patch = cut(image);
    Interpolation interpolation =
        patch.height() < side ? Interpolation.NEAREST : Interpolation.ANTIALIASED;
    return RasterResize.to(patch, side, side, interpolation);
  }
}
