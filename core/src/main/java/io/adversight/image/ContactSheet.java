package io.adversight.image;

import java.util.List;

/** Pictures in rows and columns, each with words beneath it. */
public final class ContactSheet {
  private static final int GAP = 8;
  private static final int WORDS = 13;
  private static final int LINE = 20;
  private static final int LEAST_WIDTH = 400;
  private static final int INK = 0x22262e;

  private ContactSheet() {}

  /**
   * Puts pictures on white, small ones enlarged in whole pixels so that each is about {@code side}
   * pixels wide and the sheet at least 400.
   *
   * @param captions as many as pictures; cut off where they are wider than a picture
   * @param columns pictures in a row
   */
  public static Raster of(List<Raster> pictures, List<String> captions, int columns, int side) {
    if (pictures.isEmpty() || pictures.size() != captions.size()) {
      throw new IllegalArgumentException(
          "a sheet needs pictures and as many captions, but got %s and %s"
              .formatted(pictures.size(), captions.size()));
    }
    int across = Math.min(columns, pictures.size());
    int least = Math.max(side, (LEAST_WIDTH + across - 1) / across);
    int width = 1;
    int height = 1;
    for (Raster picture : pictures) {
      int times = times(picture, least);
      width = Math.max(width, times * picture.width());
      height = Math.max(height, times * picture.height());
    }
    int down = (pictures.size() + across - 1) / across;
    Canvas canvas = new Canvas(across * (width + GAP) - GAP, down * (height + LINE + GAP) - GAP);
    for (int i = 0; i < pictures.size(); i++) {
      Raster picture = pictures.get(i);
      int times = times(picture, least);
      int left = i % across * (width + GAP);
      int top = i / across * (height + LINE + GAP);
      canvas.picture(picture, left, top, times * picture.width(), times * picture.height());
      canvas.text(
          canvas.fitted(captions.get(i), width, WORDS),
          left,
          top + height + LINE - 5,
          WORDS,
          false,
          INK,
          Canvas.Align.LEFT);
    }
    return canvas.raster();
  }

  /** How often every pixel is repeated. */
  private static int times(Raster picture, int least) {
    return Math.max(1, (least + picture.width() - 1) / picture.width());
  }
}
