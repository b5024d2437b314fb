package io.adversight.graph.derivative;

import io.adversight.graph.operator.Axes;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Resampling;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move, repeat, leave out or interpolate elements. */
final class LayoutRules {
  private LayoutRules() {}

  static void into(GradientRules.Table table) {
    table
        .put(Layout.Concat.class, LayoutRules::concat)
        .put(Layout.Flatten.class, (flatten, at, i) -> at.whole().reshapedLike(at.x()))
        .put(Layout.Reshape.class, (reshape, at, i) -> at.whole().reshapedLike(at.x()))
        .put(Layout.Squeeze.class, (squeeze, at, i) -> at.whole().reshapedLike(at.x()))
        .put(Layout.Unsqueeze.class, (unsqueeze, at, i) -> at.whole().reshapedLike(at.x()))
        .put(Layout.Transpose.class, LayoutRules::transpose)
        .put(Layout.Slice.class, LayoutRules::slice)
        .put(Layout.Gather.class, LayoutRules::gather)
        .put(Layout.Expand.class, LayoutRules::expand)
        .put(Layout.Tile.class, LayoutRules::tile)
        .put(Layout.Trilu.class, (triangle, at, i) -> at.x().graph().add(triangle, at.whole()))
        .put(Layout.Pad.class, LayoutRules::pad)
        .put(Resampling.Resize.class, LayoutRules::resize);
  }

  private static Expression concat(Layout.Concat concat, Step at, int input) {
    int axis = Axes.of(concat.axis(), at.x().rank());
    long start = 0;
    for (Expression before : at.inputs().subList(0, input)) {
      start += before.size(axis);
    }
    return at.whole().slice(axis, start, start + at.inputs().get(input).size(axis));
  }

  private static Expression transpose(Layout.Transpose transpose, Step at, int input) {
    int rank = at.x().rank();
    Long[] inverse = new Long[rank];
    for (int i = 0; i < rank; i++) {
      int from =
          transpose.order().isEmpty() ? rank - 1 - i : Axes.of(transpose.order().get(i), rank);
      inverse[from] = (long) i;
    }
    return at.gradient().transposed(List.of(inverse));
  }

  private static Expression slice(Layout.Slice slice, Step at, int input) {
    Expression gradient = at.whole();
    for (int i = slice.axes().size() - 1; i >= 0; i--) {
      int axis = Axes.of(slice.axes().get(i), at.x().rank());
      long size = at.x().size(axis);
      Layout.Slice alone =
          new Layout.Slice(
              List.of(slice.starts().get(i)),
              List.of(slice.ends().get(i)),
              List.of(0),
              List.of(slice.steps().get(i)));
      gradient = placed(gradient, axis, places(alone, size), size, at);
    }
    return gradient;
  }

  private static Expression gather(Layout.Gather gather, Step at, int input) {
    int axis = Axes.of(gather.axis(), at.x().rank());
    long size = at.x().size(axis);
    List<Long> places = gather.indices().stream().map(i -> i < 0 ? i + size : i).toList();
    List<Long> sizes = new ArrayList<>(at.x().sizes());
    sizes.set(axis, (long) places.size());
    return placed(at.whole().reshaped(sizes), axis, places, size, at);
  }

  /** Which of {@code size} elements an operator takes along the first dimension. */
  private static List<Long> places(Layout layout, long size) {
    Tensor all = Tensor.of(LongStream.range(0, size).toArray(), size);
    return LongStream.of(layout.forward(List.of(all)).toLongs()).boxed().toList();
  }

  /** The gradients of elements that were taken from some places of a dimension, back there. */
  private static Expression placed(
      Expression gradient, int axis, List<Long> places, long size, Step at) {
    if (at.x().isOpen(axis)) {
      throw at.without("it chooses among the images of a batch");
    }
    if (places.isEmpty()) {
      throw at.without("it takes nothing");
    }
    long first = places.get(0);
    boolean isRange = IntStream.range(0, places.size()).allMatch(i -> places.get(i) == first + i);
    if (isRange) {
      List<Long> pads = new ArrayList<>(Collections.nCopies(2 * gradient.rank(), 0L));
      pads.set(axis, first);
      pads.set(axis + gradient.rank(), size - first - places.size());
      return gradient.padded(pads, 0);
    }
    int count = Math.toIntExact(places.size());
    if ((double) count * size > Resampling.LARGEST_MATRIX) {
      throw at.without("%s of %s elements are taken".formatted(count, size));
    }
    float[] matrix = new float[Math.toIntExact(count * size)];
    for (int i = 0; i < count; i++) {
      matrix[Math.toIntExact(places.get(i) * count + i)] = 1;
    }
    return gradient.along(axis, gradient.graph().constant(Tensor.of(matrix, size, count)));
  }

  private static Expression expand(Layout.Expand expand, Step at, int input) {
    if (input != 0) {
      throw at.without("only its batch size is used");
    }
    return at.whole().summedTo(at.x());
  }

  private static Expression tile(Layout.Tile tile, Step at, int input) {
    List<Long> apart = new ArrayList<>();
    List<Integer> repeats = new ArrayList<>();
    List<Long> sizes = at.x().sizes();
    for (int i = 0; i < sizes.size(); i++) {
      if (tile.repeats().get(i) != 1) {
        repeats.add(apart.size());
        apart.add(tile.repeats().get(i));
      }
      apart.add(sizes.get(i));
    }
    return at.whole().reshaped(apart).sum(repeats).reshapedLike(at.x());
  }

  private static Expression pad(Layout.Pad pad, Step at, int input) {
    int rank = at.x().rank();
    if (pad.mode() == Layout.Pad.Mode.CONSTANT) {
      return at.whole().padded(pad.pads().stream().map(each -> -each).toList(), 0);
    }
    Expression gradient = at.whole();
    for (int axis = 0; axis < rank; axis++) {
      long before = pad.pads().get(axis);
      long after = pad.pads().get(axis + rank);
      if (before != 0 || after != 0) {
        long size = at.x().size(axis);
        Layout.Pad alone = new Layout.Pad(pad.mode(), List.of(before, after), 0);
        gradient = placed(gradient, axis, places(alone, size), size, at);
      }
    }
    return gradient;
  }

  private static Expression resize(Resampling.Resize resize, Step at, int input) {
    Expression gradient = at.whole();
    for (int i = 0; i < 2; i++) {
      Tensor weights = resize.weights(i, at.x().size(2 + i));
      gradient =
          gradient.along(2 + i, gradient.graph().constant(weights.transpose(0, 1).contiguous()));
    }
    return gradient;
  }
}
