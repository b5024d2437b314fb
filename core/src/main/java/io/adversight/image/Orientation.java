package io.adversight.image;

import java.util.Arrays;

/** How a camera was held (EXIF 2.32, tag 0x0112): which stored pixel stands where in the image. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  HALF_TURN(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  QUARTER_TURN(true, true, false),
  TRANSVERSED(true, true, true),
  THREE_QUARTER_TURN(true, false, true);

  private final boolean swapsAxes;
  private final boolean reversesRows;
  private final boolean reversesColumns;

  Orientation(boolean swapsAxes, boolean reversesRows, boolean reversesColumns) {
    this.swapsAxes = swapsAxes;
    this.reversesRows = reversesRows;
    this.reversesColumns = reversesColumns;
  }

  /** The orientation of a tag from 1 to 8; any other means upright. */
  static Orientation of(int tag) {
    return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
  }

  /** The orientation in EXIF metadata, with or without the prefix that JPEG files give it. */
  static Orientation ofExif(byte[] exif) {
    byte[] prefix = {'E', 'x', 'i', 'f', 0, 0};
    boolean prefixed =
        exif.length >= prefix.length
            && Arrays.equals(exif, 0, prefix.length, prefix, 0, prefix.length);
    return TiffDirectory.read(
            prefixed ? Arrays.copyOfRange(exif, prefix.length, exif.length) : exif)
        .map(TiffDirectory::orientation)
        .orElse(UPRIGHT);
  }

  /** The upright image of the stored one. */
  Raster apply(Raster stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int lastRow = stored.height() - 1;
    int lastColumn = stored.width() - 1;
    return Raster.generate(
        stored.channels(),
        swapsAxes ? stored.width() : stored.height(),
        swapsAxes ? stored.height() : stored.width(),
        (c, y, x) -> {
          int row = swapsAxes ? x : y;
          int column = swapsAxes ? y : x;
          return stored.at(
              c,
              reversesRows ? lastRow - row : row,
              reversesColumns ? lastColumn - column : column);
        });
  }
}
