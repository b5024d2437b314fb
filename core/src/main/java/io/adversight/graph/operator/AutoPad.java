package io.adversight.graph.operator;

import java.util.List;

/** How a window's padding follows from the size of its input; named as in ONNX. */
public enum AutoPad {
  /** The padding is given. */
  NOTSET,
  /** As much as makes the output ceil(input / stride) long, an odd row at the end. */
  SAME_UPPER,
  /** As much as makes the output ceil(input / stride) long, an odd row at the beginning. */
  SAME_LOWER,
  /** None. */
  VALID;

  /** The padding (top, left, bottom, right) for windows that span the given rows and columns. */
  public List<Long> pads(
      List<Long> given, long height, long width, long spanY, long spanX, List<Long> strides) {
    return switch (this) {
      case NOTSET -> given;
      case VALID -> List.of(0L, 0L, 0L, 0L);
      case SAME_UPPER, SAME_LOWER -> {
        long y = total(height, spanY, strides.get(0));
        long x = total(width, spanX, strides.get(1));
        long less = this == SAME_UPPER ? 0 : 1;
        long top = (y + less) / 2;
        long left = (x + less) / 2;
        yield List.of(top, left, y - top, x - left);
      }
    };
  }

  private static long total(long size, long span, long stride) {
    long out = (size + stride - 1) / stride;
    return Math.max(0, (out - 1) * stride + span - size);
  }
}
