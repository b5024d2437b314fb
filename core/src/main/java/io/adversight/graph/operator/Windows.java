package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import java.util.List;

/** The windows of a pooling operator over rows and columns. */
record Windows(Sliding rows, Sliding columns) {
  static Windows of(
      Shape x,
      List<Long> kernel,
      List<Long> strides,
      List<Long> pads,
      List<Long> dilations,
      boolean ceil,
      AutoPad autoPad) {
    Axes.requireRank(x, 4, "the input");
    long spanY = Sliding.span(kernel.get(0), dilations.get(0));
    long spanX = Sliding.span(kernel.get(1), dilations.get(1));
    List<Long> p = autoPad.pads(pads, x.size(2), x.size(3), spanY, spanX, strides);
    if (Math.max(p.get(0), p.get(2)) >= spanY || Math.max(p.get(1), p.get(3)) >= spanX) {
      throw new IllegalArgumentException(
          "the padding %s must be smaller than the window %s".formatted(p, kernel));
    }
    return new Windows(
        new Sliding(
            x.size(2), kernel.get(0), strides.get(0), p.get(0), p.get(2), dilations.get(0), ceil),
        new Sliding(
            x.size(3), kernel.get(1), strides.get(1), p.get(1), p.get(3), dilations.get(1), ceil));
  }

  Shape shape(Shape x) {
    return x.with(2, rows.windows()).with(3, columns.windows());
  }

  List<Long> before() {
    return List.of(rows.before(), columns.before());
  }

  /** The padding with which no window reaches over the end, nor anything is left over. */
  List<Long> exactPads() {
    return List.of(rows.before(), columns.before(), rows.lastPadding(), columns.lastPadding());
  }

  boolean isSymmetric() {
    return rows.before() == rows.after() && columns.before() == columns.after();
  }

  /** Whether the kernel's own padding, the same on both sides, gives as many windows. */
  boolean isEven(boolean overEnd) {
    return isEven(rows, overEnd) && isEven(columns, overEnd);
  }

  private static boolean isEven(Sliding along, boolean overEnd) {
    boolean small = along.before() <= along.kernel() / 2;
    return small
        && along.size() + 2 * along.before() >= Sliding.span(along.kernel(), along.dilation())
        && along.evenly(overEnd).windows() == along.windows();
  }
}
