package io.adversight.image;

import java.util.Arrays;
import java.util.List;

/** Many images on one sheet, row by row. */
public final class ImageGrid {
  private ImageGrid() {}

  /**
   * Puts images into cells as large as the largest of them, on white, in RGB.
   *
   * @param columns images in a row
   * @param gap white pixels between cells
   */
  public static Raster of(List<Raster> frames, int columns, int gap) {
    if (frames.isEmpty() || columns < 1 || gap < 0) {
      throw new IllegalArgumentException(
          "a film strip needs an image, a column and a gap of at least 0 pixels,"
              + " but %s, %s and %s were given".formatted(frames.size(), columns, gap));
    }
    int across = Math.min(columns, frames.size());
    int down = (frames.size() + columns - 1) / columns;
    int cellHeight = frames.stream().mapToInt(Raster::height).max().orElseThrow();
    int cellWidth = frames.stream().mapToInt(Raster::width).max().orElseThrow();
    int height = Math.addExact(Math.multiplyExact(down, cellHeight + gap), -gap);
    int width = Math.addExact(Math.multiplyExact(across, cellWidth + gap), -gap);
    float[] sheet = new float[Math.multiplyExact(3, Math.multiplyExact(height, width))];
    Arrays.fill(sheet, 1);
    for (int i = 0; i < frames.size(); i++) {
      Raster frame = frames.get(i).toRgb();
      int top = i / columns * (cellHeight + gap);
      int left = i % columns * (cellWidth + gap);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < frame.height(); y++) {
          System.arraycopy(
              frame.values(),
              (c * frame.height() + y) * frame.width(),
              sheet,
              (c * height + top + y) * width + left,
              frame.width());
        }
      }
    }
    return Raster.adopt(3, height, width, sheet);
  }
}
