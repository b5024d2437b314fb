package io.adversight.report.study;

import io.adversight.image.Caption;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageGrid;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The heat maps of several images by several methods on one sheet, a row per method: no pixel of an
 * image is on it. Every map is averaged down and has its own {@link ColorScale}.
 */
final class MapSheet {
  private static final int IMAGES = 8;
  private static final int SIDE = 64;
  private static final int LABEL = 132;
  private static final int HEADING = 30;
  private static final int GAP = 2;

  private MapSheet() {}

  /** The sheet of the first images; empty if nothing was explained. */
  static Optional<Raster> of(Path folder, JsonNode results) {
    List<JsonNode> images = new ArrayList<>();
    results.forEach(images::add);
    List<JsonNode> shown = images.subList(0, Math.min(IMAGES, images.size()));
    if (shown.isEmpty() || shown.get(0).path("explanations").isEmpty()) {
      return Optional.empty();
    }
    List<Raster> rows = new ArrayList<>();
    List<Raster> heads = new ArrayList<>();
    for (JsonNode image : shown) {
      heads.add(
          Caption.of(Json.text(image.path("before").path("top").path(0), "name"), SIDE, HEADING));
    }
    rows.add(row(Caption.of(" ", LABEL, HEADING), heads));
    for (JsonNode explained : shown.get(0).path("explanations")) {
      String method = Json.text(explained, "id");
      List<Raster> maps = new ArrayList<>();
      for (JsonNode image : shown) {
        Path map = folder.resolve(Json.text(image, "name")).resolve(method).resolve("map.npy");
        maps.add(Files.exists(map) ? coloured(Npy.read(map)) : Caption.of("none", SIDE, SIDE));
      }
      rows.add(row(Caption.of(method.replace('-', ' '), LABEL, SIDE), maps));
    }
    return Optional.of(stacked(rows));
  }

  /** A label and images of its height beside it. */
  private static Raster row(Raster label, List<Raster> images) {
    Raster strip = ImageGrid.of(images, images.size(), GAP);
    Raster left = label.toRgb();
    return Raster.generate(
        3,
        strip.height() + GAP,
        left.width() + strip.width(),
        (c, y, x) ->
            y >= strip.height()
                ? 1
                : x < left.width() ? left.at(c, y, x) : strip.at(c, y, x - left.width()));
  }

  private static Raster stacked(List<Raster> rows) {
    int[] tops = new int[rows.size() + 1];
    for (int i = 0; i < rows.size(); i++) {
      tops[i + 1] = tops[i] + rows.get(i).height();
    }
    return Raster.generate(
        3,
        tops[rows.size()],
        rows.get(0).width(),
        (c, y, x) -> {
          int found = Arrays.binarySearch(tops, y);
          int row = found >= 0 ? found : -found - 2;
          return rows.get(row).at(c, y - tops[row], x);
        });
  }

  private static Raster coloured(Raster map) {
    Raster small = averaged(map);
    return ColorScale.of(small).apply(small);
  }

  /** The map at the size of a cell: each place the mean of what lies under it. */
  private static Raster averaged(Raster map) {
    return Raster.generate(
        1,
        SIDE,
        SIDE,
        (c, y, x) -> {
          int top = y * map.height() / SIDE;
          int left = x * map.width() / SIDE;
          int bottom = Math.max(top + 1, (y + 1) * map.height() / SIDE);
          int right = Math.max(left + 1, (x + 1) * map.width() / SIDE);
          double sum = 0;
          for (int i = top; i < bottom; i++) {
            for (int j = left; j < right; j++) {
              sum += map.at(0, i, j);
            }
          }
          return sum / ((bottom - top) * (right - left));
        });
  }
}
