package io.adversight.defense;

/** Pixels beyond the border. */
final class Borders {
  private Borders() {}

  /** The place inside that {@code at} stands for when the border pixel is repeated in a mirror. */
  static int reflected(int at, int size) {
    int period = 2 * size;
    int inside = Math.floorMod(at, period);
    return inside < size ? inside : period - 1 - inside;
  }
}
