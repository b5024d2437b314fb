package io.adversight.experiments;

import io.adversight.image.Caption;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import java.util.ArrayList;
import java.util.List;

/** Images in rows and columns with headings, on one sheet. */
public final class ImageTable {
  private static final int HEADING = 34;
  private static final int GAP = 3;

  private final List<String> columns;
  private final int side;
  private final List<Raster> cells = new ArrayList<>();

  /**
   * A sheet without rows yet.
   *
   * @param columns headings of the images
   * @param side of every image on the sheet, pixels
   */
  public ImageTable(List<String> columns, int side) {
    this.columns = List.copyOf(columns);
    this.side = side;
  }

  /** Adds a row of as many images as there are columns. */
  public ImageTable row(String heading, List<Raster> images) {
    if (images.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%s columns need as many images, but there are %s"
              .formatted(columns.size(), images.size()));
    }
    cells.add(Caption.of(heading, side, side));
    images.forEach(image -> cells.add(fitted(image)));
    return this;
  }

  /** Small images are enlarged pixel by pixel. */
  private Raster fitted(Raster image) {
    return image.height() < side
        ? RasterResize.to(image.toRgb(), side, side, Interpolation.NEAREST)
        : RasterResize.stretch(image.toRgb(), side, side);
  }

  /**
   * The left edge of the images of a column on the sheet, pixels.
   *
   * @param column from 0
   * @param side of every image on the sheet
   */
  public static int left(int column, int side) {
    return (column + 1) * (side + GAP);
  }

  /**
   * The top edge of the images of a row on the sheet, pixels.
   *
   * @param row from 0
   * @param side of every image on the sheet
   */
  public static int top(int row, int side) {
    return HEADING + GAP + row * (side + GAP);
  }

  /** The sheet, RGB. */
  public Raster sheet() {
    List<Raster> heads = new ArrayList<>(List.of(Caption.of(" ", side, HEADING)));
    columns.forEach(column -> heads.add(Caption.of(column, side, HEADING)));
    Raster top = ImageGrid.of(heads, heads.size(), GAP);
    Raster bottom = ImageGrid.of(cells, heads.size(), GAP);
    return Raster.generate(
        3,
        top.height() + GAP + bottom.height(),
        bottom.width(),
        (c, y, x) ->
            y < top.height()
                ? top.at(c, y, x)
                : y < top.height() + GAP ? 1 : bottom.at(c, y - top.height() - GAP, x));
  }
}
