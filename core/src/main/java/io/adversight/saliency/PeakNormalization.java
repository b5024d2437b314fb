package io.adversight.saliency;

import io.adversight.image.Plane;

/**
 * The operator N(.) of Itti, Koch and Niebur 1998: scales a map to [0, 1] and multiplies it by (1 -
 * m)^2 with m the mean of all local maxima but the greatest, so that one peak stands and many equal
 * ones suppress each other.
 *
 * <p>A local maximum is a connected plateau (eight neighbours) whose neighbours are all lower; it
 * counts once. A constant map becomes zeros.
 */
final class PeakNormalization {
  private final Plane map;
  private final boolean[] seen;
  private final int[] stack;

  private PeakNormalization(Plane map) {
    this.map = map;
    this.seen = new boolean[map.height() * map.width()];
    this.stack = new int[seen.length];
  }

  static Plane of(Plane plane) {
    double spread = plane.max() - plane.min();
    if (spread <= 1e-9 * Math.abs(plane.max())) {
      return plane.map(value -> 0);
    }
    Plane scaled = plane.normalized();
    double others = new PeakNormalization(scaled).meanOfOtherMaxima();
    return scaled.map(value -> value * (1 - others) * (1 - others));
  }

  private double meanOfOtherMaxima() {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i] && isPeak(i)) {
        sum += map.at(i / map.width(), i % map.width());
        count++;
      }
    }
    return count < 2 ? 0 : (sum - 1) / (count - 1);
  }

  /** Visits the plateau of a position and tells whether everything around it is lower. */
  private boolean isPeak(int start) {
    double level = map.at(start / map.width(), start % map.width());
    boolean peak = true;
    int size = 0;
    stack[size++] = start;
    seen[start] = true;
    while (size > 0) {
      int position = stack[--size];
      int row = position / map.width();
      int column = position % map.width();
      for (int y = Math.max(0, row - 1); y <= Math.min(map.height() - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(map.width() - 1, column + 1); x++) {
          double value = map.at(y, x);
          int next = y * map.width() + x;
          peak &= value <= level;
          if (value == level && !seen[next]) {
            seen[next] = true;
            stack[size++] = next;
          }
        }
      }
    }
    return peak;
  }
}
