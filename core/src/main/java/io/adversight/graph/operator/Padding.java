package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Padding of rows and columns, split into what a kernel does itself (the same on both sides) and
 * what must be added before it.
 */
public record Padding(List<Long> symmetric, boolean explicit, List<Long> pads) {
  /** From ONNX's order: top, left, bottom, right. */
  static Padding of(List<Long> pads) {
    boolean same = pads.get(0).equals(pads.get(2)) && pads.get(1).equals(pads.get(3));
    return new Padding(same ? List.of(pads.get(0), pads.get(1)) : List.of(0L, 0L), !same, pads);
  }

  /** {@code x} with the part added that the kernel cannot do. */
  Tensor apply(Tensor x, double value) {
    return explicit ? around(x, pads, value) : x;
  }

  /** {@code x} with rows and columns added (top, left, bottom, right) or, if negative, cut. */
  public static Tensor around(Tensor x, List<Long> pads, double value) {
    List<Long> order = List.of(pads.get(1), pads.get(3), pads.get(0), pads.get(2));
    return Kernels.pad(x, order, "constant", value);
  }
}
