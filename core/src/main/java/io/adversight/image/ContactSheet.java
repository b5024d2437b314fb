package io.adversight.image;

import java.util.List;

/** Images in rows and columns, each with words beneath it. */
public final class ContactSheet {
  private static final int GAP = 8;
  private static final int WORDS = 13;
  private static final int LINE = 20;
  private static final int LEAST_WIDTH = 400;
  private static final int INK = 0x22262e;

  private ContactSheet() {}

  /**
   * Puts images on white, small ones enlarged in whole pixels so that each is about {@code side}
   * pixels wide and the sheet at least 400.
   *
   * @param captions as many as images; cut off where they are wider than an image
   * @param columns images in a row
   */
  public static Raster of(List<Raster> images, List<String> captions, int columns, int side) {
    if (images.isEmpty() || images.size() != captions.size()) {
      throw new IllegalArgumentException(
          "a sheet needs images and as many captions, but got %s and %s"
              .formatted(images.size(), captions.size()));
    }
    int across = Math.min(columns, images.size());
    int least = Math.max(side, (LEAST_WIDTH + across - 1) / across);
    int width = 1;
    int height = 1;
    for (Raster image : images) {
      int times = times(image, least);
      width = Math.max(width, times * image.width());
      height = Math.max(height, times * image.height());
    }
    int down = (images.size() + across - 1) / across;
    Sheet sheet = new Sheet(across * (width + GAP) - GAP, down * (height + LINE + GAP) - GAP);
    for (int i = 0; i < images.size(); i++) {
      Raster image = images.get(i);
      int times = times(image, least);
      int left = i % across * (width + GAP);
      int top = i / across * (height + LINE + GAP);
      sheet.image(image, left, top, times * image.width(), times * image.height());
      sheet.text(
          sheet.fitted(captions.get(i), width, WORDS),
          left,
          top + height + LINE - 5,
          WORDS,
          false,
          INK,
          Sheet.Align.LEFT);
    }
    return sheet.raster();
  }

  /** How often every pixel is repeated. */
  private static int times(Raster image, int least) {
    return Math.max(1, (least + image.width() - 1) / image.width());
  }
}
