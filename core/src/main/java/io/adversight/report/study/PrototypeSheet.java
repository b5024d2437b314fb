package io.adversight.report.study;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.data.DataSet;
import io.adversight.image.ColorMap;
import io.adversight.image.ImageGrid;
import io.adversight.image.Overlay;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.Prototypes.Prototype;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * "This looks like that" (Chen et al. 2019, figure 3): for each prototype that a network found in
 * an image a row with the place in the image, the training image that the prototype comes from, and
 * how much each place is like it.
 */
public final class PrototypeSheet {
  private static final int COLUMNS = 3;
  private static final int GAP = 4;
  private static final double OPACITY = 0.5;
  private static final float[] FRAME = {1, 0.85f, 0};

  private PrototypeSheet() {}

  /**
   * The sheet of an image.
   *
   * @param matches what was found in it, in the order of the rows
   * @param sets the data sets of the prototypes by name
   * @throws IllegalArgumentException if the network's file does not say where a prototype comes
   *     from
   */
  public static Raster of(
      Raster image, List<PrototypeMatch> matches, Function<String, DataSet> sets) {
    List<Raster> cells = new ArrayList<>();
    for (PrototypeMatch match : matches) {
      int rows = match.map().height();
      int columns = match.map().width();
      Prototype source = source(match);
      Raster training = sets.apply(source.dataSet()).image(source.image());
      cells.add(framed(image, match.row(), match.column(), rows, columns));
      cells.add(framed(training, source.row(), source.column(), rows, columns));
      cells.add(similarity(image, match.map()));
    }
    return ImageGrid.of(cells, COLUMNS, GAP);
  }

  private static Prototype source(PrototypeMatch match) {
    return match
        .source()
        .orElseThrow(
            () ->
                new InputException(
                    "the network's file does not say where prototype %s comes from"
                        .formatted(match.number())));
  }

  /** How much each place of an image is like a prototype, over the image. */
  static Raster similarity(Raster image, Raster map) {
    Plane large = Plane.channel(map, 0).normalized().resize(image.height(), image.width());
    return Overlay.blend(image, ColorMap.VIRIDIS.apply(large.toRaster()), OPACITY);
  }

  /**
   * The part of an image that belongs to a place of the map of features, without what the
   * convolutions see around it.
   *
   * @param rows of the map
   * @param columns of the map
   */
  public static Raster patch(Raster image, int row, int column, int rows, int columns) {
    int top = row * image.height() / rows;
    int left = column * image.width() / columns;
    int height = Math.max(1, (row + 1) * image.height() / rows - top);
    int width = Math.max(1, (column + 1) * image.width() / columns - left);
    return Raster.generate(
        image.channels(), height, width, (c, y, x) -> image.at(c, top + y, left + x));
  }

  /** The image with a frame around that part. */
  static Raster framed(Raster image, int row, int column, int rows, int columns) {
    int top = row * image.height() / rows;
    int left = column * image.width() / columns;
    int bottom = (row + 1) * image.height() / rows - 1;
    int right = (column + 1) * image.width() / columns - 1;
    Raster rgb = image.toRgb();
    return Raster.generate(
        3,
        image.height(),
        image.width(),
        (c, y, x) -> {
          boolean inside = y >= top && y <= bottom && x >= left && x <= right;
          boolean edge = y == top || y == bottom || x == left || x == right;
          return inside && edge ? FRAME[c] : rgb.at(c, y, x);
        });
  }
}
