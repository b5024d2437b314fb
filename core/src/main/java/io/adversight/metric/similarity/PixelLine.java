package io.adversight.metric.similarity;

/** The pixels of a straight line, both ends included, by Bresenham's integer algorithm. */
record PixelLine(int fromRow, int fromColumn, int toRow, int toColumn) {
  static PixelLine between(int fromRow, int fromColumn, int toRow, int toColumn) {
    return new PixelLine(fromRow, fromColumn, toRow, toColumn);
  }

  /** What to do with a pixel. */
  @FunctionalInterface
  interface Pixels {
    void at(int row, int column);
  }

  void forEach(Pixels pixels) {
    int rows = Math.abs(toRow - fromRow);
    int columns = Math.abs(toColumn - fromColumn);
    boolean steep = rows > columns;
    int length = Math.max(rows, columns);
    int across = Math.min(rows, columns);
    int rowStep = Integer.signum(toRow - fromRow);
    int columnStep = Integer.signum(toColumn - fromColumn);
    int row = fromRow;
    int column = fromColumn;
    int error = 2 * across - length;
    for (int i = 0; i < length; i++) {
      pixels.at(row, column);
      if (error >= 0) {
        row += steep ? 0 : rowStep;
        column += steep ? columnStep : 0;
        error -= 2 * length;
      }
      row += steep ? rowStep : 0;
      column += steep ? 0 : columnStep;
      error += 2 * across;
    }
    pixels.at(toRow, toColumn);
  }
}
