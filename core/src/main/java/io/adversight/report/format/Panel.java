package io.adversight.report.format;

import io.adversight.image.Caption;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageGrid;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import java.util.ArrayList;
import java.util.List;

/** A sheet of images under headings, one row per method. */
public final class Panel {
  private static final double OPACITY = 0.6;
  private static final int SMALLEST = 160;
  private static final int HEADING = 34;
  private static final int GAP = 4;

  private final List<Raster> cells = new ArrayList<>();
  private final List<String> headings;

  public Panel(List<String> headings) {
    this.headings = List.copyOf(headings);
  }

  /** Adds a row; as many images as there are headings. */
  public Panel row(List<Raster> images) {
    if (images.size() != headings.size()) {
      throw new IllegalArgumentException(
          "%s headings need as many images, but there are %s"
              .formatted(headings.size(), images.size()));
    }
    images.forEach(image -> cells.add(enlarged(image)));
    return this;
  }

  /** The sheet. */
  public Raster sheet() {
    int width = cells.get(0).width();
    List<Raster> heads =
        headings.stream().map(heading -> Caption.of(heading, width, HEADING)).toList();
    Raster top = ImageGrid.of(heads, headings.size(), GAP);
    Raster bottom = ImageGrid.of(cells, headings.size(), GAP);
    return stacked(top, bottom);
  }

  private static Raster stacked(Raster top, Raster bottom) {
    return Raster.generate(
        3,
        top.height() + bottom.height(),
        bottom.width(),
        (c, y, x) -> y < top.height() ? top.at(c, y, x) : bottom.at(c, y - top.height(), x));
  }

  /** A small image in whole pixels of a multiple of its size. */
  private static Raster enlarged(Raster image) {
    int factor = factor(image);
    Raster rgb = image.toRgb();
    return factor == 1
        ? rgb
        : Raster.generate(
            3,
            factor * rgb.height(),
            factor * rgb.width(),
            (c, y, x) -> rgb.at(c, y / factor, x / factor));
  }

  private static int factor(Raster image) {
    return Math.max(1, (SMALLEST + image.height() - 1) / image.height());
  }

  /** Words as large as an image. */
  public static Raster label(String words, Raster like) {
    int factor = factor(like);
    return Caption.of(words.replace('-', ' '), factor * like.width(), factor * like.height());
  }

  /** A map in colour over its image. */
  public static Raster overlaid(Raster image, Raster map) {
    return Overlay.blend(image.toRgb(), ColorScale.of(map).apply(map), OPACITY);
  }
}
