package io.adversight.graph;

/**
 * The smallest rectangle of the image that holds everything a neuron can depend on, in pixels, both
 * ends included; empty where it depends on none.
 *
 * @param top first row
 * @param left first column
 * @param bottom last row
 * @param right last column
 */
public record ReceptiveField(int top, int left, int bottom, int right) {
  /** No pixel at all. */
  public static final ReceptiveField EMPTY = new ReceptiveField(0, 0, -1, -1);

  /** Rows of the rectangle; 0 if it is empty. */
  public int height() {
    return Math.max(0, bottom - top + 1);
  }

  /** Columns of the rectangle; 0 if it is empty. */
  public int width() {
    return Math.max(0, right - left + 1);
  }
}
