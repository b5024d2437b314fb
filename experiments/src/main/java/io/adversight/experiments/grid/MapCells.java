package io.adversight.experiments.grid;

import io.adversight.experiments.Cells;
import io.adversight.experiments.Cells.Cell;
import io.adversight.experiments.Cells.Crop;
import io.adversight.experiments.ImageTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A row of the table that shows the maps of a cell when it is clicked. */
final class MapCells {
  private MapCells() {}

  /**
   * The row of a map.
   *
   * @param network whose sheet the images are cut from
   * @param number of the map on that sheet, from 0
   * @param similar for each attack, the similarity of the maps
   * @param moved for each attack, what its share beside the object gained; NaN without objects
   */
  static Cells.Row row(
      String network,
      int number,
      String name,
      List<GridAttack> attacks,
      List<Double> similar,
      List<Double> moved) {
    List<Cell> cells = new ArrayList<>();
    for (int a = 0; a < attacks.size(); a++) {
      double similarity = similar.get(a);
      String shift =
          Double.isFinite(moved.get(a))
              ? String.format(Locale.ROOT, "%+.1f", 100 * moved.get(a))
              : "";
      cells.add(
          new Cell(
              String.format(Locale.ROOT, "%.2f", similarity),
              shift,
              Math.max(0, Math.min(1, 1 - similarity)),
              List.of(
                  crop(network, "clean", 0, 0),
                  crop(network, attacks.get(a).name(), 0, a + 1),
                  crop(network, "map before", number + 1, 0),
                  crop(network, "map after", number + 1, a + 1))));
    }
    return new Cells.Row(name, cells);
  }

  private static Crop crop(String network, String caption, int row, int column) {
    return new Crop(
        caption,
        MapSheet.name(network) + ".jpg",
        ImageTable.left(column, MapSheet.TILE),
        ImageTable.top(row, MapSheet.TILE));
  }
}
