package io.adversight.graph.operator;

import java.util.ArrayList;
import java.util.List;

/**
 * A window that slides along one dimension.
 *
 * @param size of the input
 * @param kernel elements of the window
 * @param stride between windows
 * @param before padding at the beginning
 * @param after padding at the end
 * @param dilation between the window's elements
 * @param ceil whether a last window may reach over the end
 */
public record Sliding(
    long size, long kernel, long stride, long before, long after, long dilation, boolean ceil) {
  /** From the input to the window's last element. */
  public static long span(long kernel, long dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /** Refuses steps that no window can take. */
  static void check(List<Long> kernel, List<Long> strides, List<Long> pads, List<Long> dilations) {
    sized(kernel, 2, 1, "kernel_shape");
    sized(strides, 2, 1, "strides");
    sized(pads, 4, 0, "pads");
    sized(dilations, 2, 1, "dilations");
  }

  private static void sized(List<Long> values, int count, long least, String what) {
    if (values.size() != count) {
      throw new IllegalArgumentException(
          "%s must be %s numbers (windows over rows and columns only), but is %s"
              .formatted(what, count, values));
    }
    for (long value : values) {
      if (value < least || value > 1 << 20) {
        throw new IllegalArgumentException("%s cannot be %s".formatted(what, values));
      }
    }
  }

  /** How many windows there are. */
  long windows() {
    long room = size + before + after - span(kernel, dilation);
    if (room < 0) {
      throw new IllegalArgumentException(
          "a window of %s does not fit into %s".formatted(span(kernel, dilation), size));
    }
    long count = (ceil ? room + stride - 1 : room) / stride + 1;
    // A window must begin within the input or the padding before it.
    return ceil && (count - 1) * stride >= size + before ? count - 1 : count;
  }

  /** What must be added at the end, or cut if negative, so that the last window just fits. */
  public long lastPadding() {
    return (windows() - 1) * stride + span(kernel, dilation) - size - before;
  }

  /** How many elements of each window count: those of the input, and of the padding if wanted. */
  List<Double> counts(boolean includePadding) {
    List<Double> counts = new ArrayList<>();
    for (long i = 0; i < windows(); i++) {
      long start = i * stride - before;
      long low = includePadding ? start : Math.max(start, 0);
      long high = Math.min(start + kernel, includePadding ? size + after : size);
      counts.add((double) (high - low));
    }
    return counts;
  }

  /** The same window with equal padding on both sides. */
  Sliding evenly(boolean overEnd) {
    return new Sliding(size, kernel, stride, before, before, dilation, overEnd);
  }
}
