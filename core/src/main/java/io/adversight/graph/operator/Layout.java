package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move elements without changing them. */
public sealed interface Layout extends Operator {
  /**
   * The inputs one after the other along {@code axis}.
   *
   * @param axis counted from the last if negative
   */
  record Concat(int axis) implements Layout {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return Tensor.concat(inputs, axis);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape first = inputs.get(0);
      int dim = Axes.of(axis, first.rank());
      long total = 0;
      for (Shape input : inputs) {
        if (input.rank() != first.rank() || !input.with(dim, 0).equals(first.with(dim, 0))) {
          throw new IllegalArgumentException(
              "%s and %s cannot be joined along axis %s".formatted(first, input, dim));
        }
        total += input.size(dim);
      }
      return first.with(dim, total);
    }
  }

  /**
   * Two dimensions: those before {@code axis} and the rest.
   *
   * @param axis counted from the last if negative
   */
  record Flatten(int axis) implements Layout {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.reshape(shape(List.of(x.shape())).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int split = axis == x.rank() ? axis : Axes.of(axis, x.rank());
      return Shape.of(Axes.product(x, 0, split), Axes.product(x, split, x.rank()));
    }
  }

  /**
   * The same elements in another shape.
   *
   * @param sizes one may be -1 and is then worked out; 0 takes the input's size at that place
   * @param allowZero whether 0 means a size of 0 instead
   */
  record Reshape(List<Long> sizes, boolean allowZero) implements Layout {
    public Reshape {
      sizes = List.copyOf(sizes);
      if (sizes.stream().anyMatch(size -> size < -1) || Collections.frequency(sizes, -1L) > 1) {
        throw new IllegalArgumentException("there is no shape " + sizes);
      }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.reshape(shape(List.of(x.shape())).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      long[] wanted = new long[sizes.size()];
      long known = 1;
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = sizes.get(i) == 0 && !allowZero ? x.size(Axes.of(i, x.rank())) : sizes.get(i);
        known = Math.multiplyExact(known, wanted[i] == -1 ? 1 : wanted[i]);
      }
      int open = sizes.indexOf(-1L);
      if (open >= 0 && known > 0) {
        wanted[open] = x.elements() / known;
        known *= wanted[open];
      }
      if (known != x.elements() || (open >= 0 && wanted[open] < 0)) {
        throw new IllegalArgumentException("%s cannot become %s".formatted(x, sizes));
      }
      return Shape.of(wanted);
    }
  }

  /**
   * The dimensions in another order.
   *
   * @param order for each place the input's dimension that comes there; reversed if empty
   */
  record Transpose(List<Long> order) implements Layout {
    public Transpose {
      order = List.copyOf(order);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).permute(order(inputs.get(0).rank()));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      long[] dims = order(x.rank());
      if (LongStream.of(dims).map(dim -> Axes.of(dim, x.rank())).distinct().count() != x.rank()
          || dims.length != x.rank()) {
        throw new IllegalArgumentException("perm %s does not fit %s".formatted(order, x));
      }
      return Shape.of(LongStream.of(dims).map(dim -> x.size((int) dim)).toArray());
    }

    private long[] order(int rank) {
      return order.isEmpty()
          ? LongStream.range(0, rank).map(i -> rank - 1 - i).toArray()
          : order.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /**
   * Dimensions of size 1 removed.
   *
   * @param axes which; none if empty
   */
  record Squeeze(List<Integer> axes) implements Layout {
    public Squeeze {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.reshape(shape(List.of(x.shape())).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      List<Integer> gone = axes.stream().map(axis -> Axes.of(axis, x.rank())).toList();
      for (int axis : gone) {
        if (x.size(axis) != 1) {
          throw new IllegalArgumentException(
              "axis %s of %s cannot be removed: its size is not 1".formatted(axis, x));
        }
      }
      return Shape.of(
          IntStream.range(0, x.rank()).filter(i -> !gone.contains(i)).mapToLong(x::size).toArray());
    }

    @Override
    public String type() {
      return axes.isEmpty() ? "Identity" : Layout.super.type();
    }
  }

  /**
   * Dimensions of size 1 added.
   *
   * @param axes where they are in the result
   */
  record Unsqueeze(List<Integer> axes) implements Layout {
    public Unsqueeze {
      axes = List.copyOf(axes);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.reshape(shape(List.of(x.shape())).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int rank = x.rank() + axes.size();
      List<Integer> added = axes.stream().map(axis -> Axes.of(axis, rank)).toList();
      if (added.stream().distinct().count() != added.size()) {
        throw new IllegalArgumentException("axes %s name a dimension twice".formatted(axes));
      }
      long[] sizes = new long[rank];
      int from = 0;
      for (int i = 0; i < rank; i++) {
        sizes[i] = added.contains(i) ? 1 : x.size(from++);
      }
      return Shape.of(sizes);
    }
  }

  /**
   * Every step-th element from start to before end; numbers below 0 count from the end.
   *
   * @param starts per axis
   * @param ends per axis
   * @param axes the dimensions
   * @param steps per axis, not 0
   */
  record Slice(List<Long> starts, List<Long> ends, List<Integer> axes, List<Long> steps)
      implements Layout {
    public Slice {
      starts = List.copyOf(starts);
      ends = List.copyOf(ends);
      axes = List.copyOf(axes);
      steps = List.copyOf(steps);
      if (starts.size() != ends.size()
          || starts.size() != axes.size()
          || starts.size() != steps.size()
          || steps.contains(0L)) {
        throw new IllegalArgumentException(
            "starts %s, ends %s, axes %s and steps %s do not fit"
                .formatted(starts, ends, axes, steps));
      }
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      for (int i = 0; i < axes.size(); i++) {
        int axis = Axes.of(axes.get(i), x.rank());
        long count = count(i, x.size(axis));
        long start = start(i, x.size(axis));
        long step = steps.get(i);
        if (step > 0) {
          x = x.slice(axis, start, count == 0 ? start : start + (count - 1) * step + 1, step);
        } else {
          long[] indices = LongStream.range(0, count).map(k -> start + k * step).toArray();
          x = x.select(axis, Tensor.of(indices, indices.length).to(x.device()));
        }
      }
      return x;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      for (int i = 0; i < axes.size(); i++) {
        int axis = Axes.of(axes.get(i), x.rank());
        x = x.with(axis, count(i, x.size(axis)));
      }
      return x;
    }

    private long start(int i, long size) {
      long start = starts.get(i) < 0 ? starts.get(i) + size : starts.get(i);
      return Math.max(0, Math.min(start, steps.get(i) > 0 ? size : size - 1));
    }

    private long count(int i, long size) {
      long step = Math.max(-Integer.MAX_VALUE, Math.min(steps.get(i), Integer.MAX_VALUE));
      long end = ends.get(i) < 0 ? ends.get(i) + size : ends.get(i);
      end = step > 0 ? Math.max(0, Math.min(end, size)) : Math.max(-1, Math.min(end, size - 1));
      long way = end - start(i, size);
      return step > 0 ? Math.max(0, (way + step - 1) / step) : Math.max(0, (way + step + 1) / step);
    }
  }

  /**
   * The elements at given places along {@code axis}, which is replaced by the indices' dimensions.
   *
   * @param axis counted from the last if negative
   * @param indices row-major; numbers below 0 count from the end
   * @param shape of the indices; empty for a single one
   */
  record Gather(int axis, List<Long> indices, List<Long> shape) implements Layout {
    public Gather {
      indices = List.copyOf(indices);
      shape = List.copyOf(shape);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      long[] places = indices.stream().mapToLong(i -> i < 0 ? i + x.size(dim) : i).toArray();
      return x.select(dim, Tensor.of(places, places.length).to(x.device()))
          .reshape(shape(List.of(x.shape())).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      for (long index : indices) {
        if (index < -x.size(dim) || index >= x.size(dim)) {
          throw new IllegalArgumentException(
              "index %s is outside axis %s of %s".formatted(index, dim, x));
        }
      }
      List<Long> sizes = new ArrayList<>();
      for (int i = 0; i < x.rank(); i++) {
        if (i == dim) {
          sizes.addAll(shape);
        } else {
          sizes.add(x.size(i));
        }
      }
      return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    }
  }

  /**
   * Dimensions of size 1 repeated until the input has the given sizes.
   *
   * @param sizes 1 leaves a dimension as it is; -1 stands for the first size of the second input
   */
  record Expand(List<Long> sizes) implements Layout {
    public Expand {
      sizes = List.copyOf(sizes);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).expand(shape(inputs.stream().map(Tensor::shape).toList()).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      long[] wanted =
          sizes.stream().mapToLong(size -> size == -1 ? inputs.get(1).size(0) : size).toArray();
      return Axes.broadcast(inputs.get(0), Shape.of(wanted));
    }
  }

  /**
   * The whole input repeated along each dimension.
   *
   * @param repeats how often, per dimension
   */
  record Tile(List<Long> repeats) implements Layout {
    public Tile {
      repeats = List.copyOf(repeats);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).repeat(repeats.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      if (x.rank() != repeats.size()) {
        throw new IllegalArgumentException("repeats %s do not fit %s".formatted(repeats, x));
      }
      return Shape.of(
          IntStream.range(0, x.rank())
              .mapToLong(i -> Math.multiplyExact(x.size(i), repeats.get(i)))
              .toArray());
    }
  }

  /**
   * The elements on one side of a diagonal of the last two dimensions, zeros on the other.
   *
   * @param upper whether those above stay, else those below
   * @param k the diagonal, which stays: 0 is the main one, above it are positive numbers
   */
  record Trilu(boolean upper, long k) implements Layout {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return upper ? inputs.get(0).upperTriangle(k) : inputs.get(0).lowerTriangle(k);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      if (inputs.get(0).rank() < 2) {
        throw new IllegalArgumentException("%s has no diagonal".formatted(inputs.get(0)));
      }
      return inputs.get(0);
    }
  }

  /**
   * Elements added around the input, or cut off where the number is below 0.
   *
   * @param mode what is added
   * @param pads first the numbers before each dimension, then those behind each
   * @param value what is added in mode CONSTANT
   */
  record Pad(Mode mode, List<Long> pads, double value) implements Layout {
    /** What is added. */
    public enum Mode {
      CONSTANT("constant"),
      REFLECT("reflect"),
      EDGE("replicate"),
      WRAP("circular");

      private final String kernel;

      Mode(String kernel) {
        this.kernel = kernel;
      }

      /** The place of the input, of {@code size}, that a place beside it takes its element from. */
      private long from(long i, long size) {
        return switch (this) {
          case REFLECT -> {
            long period = Math.max(1, 2 * (size - 1));
            long place = Math.floorMod(i, period);
            yield Math.min(place, period - place) % size;
          }
          case WRAP -> Math.floorMod(i, size);
          default -> Math.max(0, Math.min(size - 1, i));
        };
      }
    }

    public Pad {
      pads = List.copyOf(pads);
    }

    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int rank = x.rank();
      List<Long> order = new ArrayList<>();
      for (int i = rank - 1; i >= 0; i--) {
        order.add(pads.get(i));
        order.add(pads.get(i + rank));
      }
      if (mode != Mode.CONSTANT && !isAroundPositions(rank)) {
        return selected(x);
      }
      int least = mode == Mode.CONSTANT ? 2 : 4;
      while (order.size() > least && order.subList(order.size() - 2, order.size()).equals(NONE)) {
        order.subList(order.size() - 2, order.size()).clear();
      }
      return Kernels.pad(x, order, mode.kernel, value);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int rank = x.rank();
      if (pads.size() != 2 * rank) {
        throw new IllegalArgumentException("pads %s do not fit %s".formatted(pads, x));
      }
      long[] sizes = x.toArray();
      for (int i = 0; i < rank; i++) {
        long before = pads.get(i);
        long after = pads.get(i + rank);
        if (mode == Mode.REFLECT && Math.max(before, after) >= sizes[i]) {
          throw new IllegalArgumentException("%s cannot be reflected by %s".formatted(x, pads));
        }
        sizes[i] = Math.addExact(sizes[i], Math.addExact(before, after));
      }
      return Shape.of(sizes);
    }

    /** Whether nothing is cut off, and nothing added beside rows and columns. */
    private boolean isAroundPositions(int rank) {
      return mode != Mode.WRAP
          && rank == 4
          && pads.stream().allMatch(pad -> pad >= 0)
          && pads.get(0) + pads.get(1) + pads.get(4) + pads.get(5) == 0;
    }

    /** Each place of the result taken from the input, one dimension after the other. */
    private Tensor selected(Tensor x) {
      Tensor padded = x;
      for (int dim = 0; dim < x.rank(); dim++) {
        long before = pads.get(dim);
        long size = x.size(dim);
        long[] from =
            LongStream.range(-before, size + pads.get(dim + x.rank()))
                .map(i -> mode.from(i, size))
                .toArray();
        padded = padded.select(dim, Tensor.of(from, from.length).to(x.device()));
      }
      return padded;
    }

    private static final List<Long> NONE = List.of(0L, 0L);
  }
}
