package io.adversight.experiments;

import io.adversight.text.Json;
import java.util.List;

/**
 * A table whose cells show images when they are clicked: a file {@code NAME.cells.json} of the
 * results, which names the sheets that the images are cut from.
 *
 * @param side of an image, pixels
 * @param columns headings
 * @param rows top to bottom
 */
public record Cells(int side, List<String> columns, List<Row> rows) {
  /** How the file's name ends. */
  static final String ENDING = ".cells.json";

  /** A named row with a cell for each column. */
  public record Row(String name, List<Cell> cells) {
    /** Copies the cells. */
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A cell.
   *
   * @param text large
   * @param detail small, beneath
   * @param shade how dark it is, in [0, 1]
   * @param crops its images
   */
  public record Cell(String text, String detail, double shade, List<Crop> crops) {
    /** Copies the crops. */
    public Cell {
      crops = List.copyOf(crops);
    }
  }

  /**
   * An image cut from a sheet.
   *
   * @param sheet the file, among the results
   * @param left edge of the image on it, pixels
   * @param top edge
   */
  public record Crop(String caption, String sheet, int left, int top) {}

  /** Copies the lists. */
  public Cells {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Reads the file. */
  static Cells parse(String json) {
    return Json.MAPPER.readValue(json, Cells.class);
  }

  /** This as the file holds it. */
  String toJson() {
    return Json.MAPPER.writeValueAsString(this);
  }
}
