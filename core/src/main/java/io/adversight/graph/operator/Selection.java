package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that choose elements by their size, or by indices that may be computed. */
public sealed interface Selection extends Operator {
  /** Whether the result is indices. */
  default boolean isOfIndices() {
    return false;
  }

  /**
   * The k largest or smallest elements along {@code axis}, or their indices, in order.
   *
   * @param axis counted from the last if negative
   * @param k how many
   * @param largest whether the largest, else the smallest
   * @param indices whether their indices come out, else they themselves
   */
  record TopK(int axis, long k, boolean largest, boolean indices) implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      Tensor.Sorted sorted = x.stableSort(dim, largest);
      Tensor first = (indices ? sorted.indices() : sorted.values()).narrow(dim, 0, k);
      return indices && x.isFloating() ? first.asFloat() : first;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      if (k < 1 || k > x.size(dim)) {
        throw new IllegalArgumentException("axis %s of %s has no %s elements".formatted(dim, x, k));
      }
      return x.with(dim, k);
    }

    @Override
    public boolean isOfIndices() {
      return indices;
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return 20.0 * inputs.get(0).elements();
    }
  }

  /**
   * The index of the largest or smallest element along {@code axis}.
   *
   * @param axis counted from the last if negative
   * @param keepDimension whether the dimension stays with size 1
   * @param largest whether of the largest, else of the smallest
   * @param last whether the last of several, else the first
   */
  record ArgExtreme(int axis, boolean keepDimension, boolean largest, boolean last)
      implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      Tensor signed = largest ? x : x.neg();
      Tensor found = (last ? signed.flip(dim) : signed).argmax(dim);
      Tensor index = last ? found.neg().add(x.size(dim) - 1.0) : found;
      Tensor kept = keepDimension ? index.unsqueeze(dim) : index;
      return x.isFloating() ? kept.asFloat() : kept.asLong();
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      return keepDimension
          ? x.with(dim, 1)
          : Shape.of(
              IntStream.range(0, x.rank()).filter(i -> i != dim).mapToLong(x::size).toArray());
    }

    @Override
    public boolean isOfIndices() {
      return true;
    }

    @Override
    public String type() {
      return largest ? "ArgMax" : "ArgMin";
    }

    @Override
    public double work(List<Shape> inputs, Shape output) {
      return (double) inputs.get(0).elements();
    }
  }

  /**
   * Along {@code axis}, the element of the first input at the index that the second gives for each
   * place; indices below 0 count from the end.
   */
  record GatherElements(int axis) implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      return x.gather(dim, indices(inputs.get(1), x.size(dim)));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      checkElements(inputs, axis);
      return inputs.get(1);
    }
  }

  /**
   * The first input, in which along {@code axis} the elements at the indices that the second gives
   * become those of the third, or are joined with them.
   */
  record ScatterElements(int axis, Joining joining) implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      int dim = Axes.of(axis, x.rank());
      Tensor indices = indices(inputs.get(1), x.size(dim));
      return joining.scatter(x, dim, indices, inputs.get(2));
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      checkElements(inputs, axis);
      if (!inputs.get(2).equals(inputs.get(1))) {
        throw new IllegalArgumentException(
            "updates %s do not fit indices %s".formatted(inputs.get(2), inputs.get(1)));
      }
      return inputs.get(0);
    }
  }

  /**
   * The parts of the first input at positions that the rows of the second give, behind {@code
   * batchDims} dimensions that both have.
   */
  record GatherND(int batchDims) implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Shape result = shape(List.of(x.shape(), inputs.get(1).shape()));
      Tensor indices = inputs.get(1);
      int depth = (int) indices.size(indices.rank() - 1);
      long batch = Axes.product(x.shape(), 0, batchDims);
      long places = Axes.product(x.shape(), batchDims, batchDims + depth);
      long part = Axes.product(x.shape(), batchDims + depth, x.rank());
      Tensor flat = flat(indices, x.shape(), batchDims).reshape(batch, -1, 1);
      Tensor rows = x.reshape(batch, places, part);
      return rows.gather(1, flat.expand(batch, flat.size(1), part)).reshape(result.toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape indices = inputs.get(1);
      checkPositions(x, indices, batchDims);
      int depth = (int) indices.size(indices.rank() - 1);
      return Shape.of(
          java.util.stream.LongStream.concat(
                  IntStream.range(0, indices.rank() - 1).mapToLong(indices::size),
                  IntStream.range(batchDims + depth, x.rank()).mapToLong(x::size))
              .toArray());
    }
  }

  /**
   * The first input, in which the parts at positions that the rows of the second give become those
   * of the third, or are joined with them.
   */
  record ScatterND(Joining joining) implements Selection {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Tensor indices = inputs.get(1);
      int depth = (int) indices.size(indices.rank() - 1);
      long places = Axes.product(x.shape(), 0, depth);
      long part = Axes.product(x.shape(), depth, x.rank());
      Tensor flat = flat(indices, x.shape(), 0).reshape(-1, 1);
      Tensor updates = inputs.get(2).reshape(flat.size(0), part);
      return joining
          .scatter(x.reshape(places, part), 0, flat.expand(flat.size(0), part), updates)
          .reshape(x.shape().toArray());
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Shape x = inputs.get(0);
      Shape gathered = new GatherND(0).shape(inputs.subList(0, 2));
      if (!inputs.get(2).equals(gathered)) {
        throw new IllegalArgumentException(
            "updates %s do not fit indices %s of %s".formatted(inputs.get(2), inputs.get(1), x));
      }
      return x;
    }
  }

  /** What becomes of an element that meets another; named as in ONNX. */
  enum Joining {
    NONE(""),
    ADD("sum"),
    MUL("prod"),
    MIN("amin"),
    MAX("amax");

    private final String kernel;

    Joining(String kernel) {
      this.kernel = kernel;
    }

    private Tensor scatter(Tensor x, int dim, Tensor indices, Tensor updates) {
      return this == NONE
          ? x.scatter(dim, indices, updates)
          : x.scatter(dim, indices, updates, kernel);
    }
  }

  /** Indices as whole numbers from 0 on. */
  private static Tensor indices(Tensor given, long size) {
    Tensor whole = given.asLong();
    return whole.add(whole.lt(0).asLong().mul(Tensor.of(new long[] {size}).to(given.device())));
  }

  /** The positions that the rows of {@code indices} give, as one index each, shape (..., 1). */
  private static Tensor flat(Tensor indices, Shape x, int batchDims) {
    int last = indices.rank() - 1;
    int depth = (int) indices.size(last);
    Tensor flat = indices(indices.narrow(last, 0, 1), x.size(batchDims));
    for (int i = 1; i < depth; i++) {
      long size = x.size(batchDims + i);
      Tensor width = Tensor.of(new long[] {size}).to(indices.device());
      flat = flat.mul(width).add(indices(indices.narrow(last, i, 1), size));
    }
    return flat;
  }

  private static void checkElements(List<Shape> inputs, int axis) {
    Shape x = inputs.get(0);
    Shape indices = inputs.get(1);
    int dim = Axes.of(axis, x.rank());
    boolean fits = indices.rank() == x.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = i == dim || indices.size(i) <= x.size(i);
    }
    if (!fits) {
      throw new IllegalArgumentException("indices %s do not fit %s".formatted(indices, x));
    }
  }

  private static void checkPositions(Shape x, Shape indices, int batchDims) {
    boolean fits =
        batchDims >= 0
            && indices.rank() > batchDims
            && indices.size(indices.rank() - 1) >= 1
            && batchDims + indices.size(indices.rank() - 1) <= x.rank();
    for (int i = 0; fits && i < batchDims; i++) {
      fits = indices.size(i) == x.size(i);
    }
    if (!fits) {
      throw new IllegalArgumentException("indices %s do not fit %s".formatted(indices, x));
    }
  }
}
