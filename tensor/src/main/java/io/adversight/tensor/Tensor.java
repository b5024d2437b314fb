package io.adversight.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An immutable array of numbers in native memory, freed when its {@link Scope} closes.
 *
 * <p>Images are {@code (N, C, H, W)} float32. Operations broadcast as NumPy's do, dimensions may be
 * counted from the last with negative numbers, and a failing operation throws {@link
 * TensorException}. Operations on tensors that {@link #leaf} made are recorded, so that {@link
 * Gradients} can follow them back.
 */
public final class Tensor implements AutoCloseable {
  private final org.bytedeco.pytorch.Tensor handle;

  Tensor(org.bytedeco.pytorch.Tensor handle) {
    this.handle = handle;
    Engine.memoryLimit().made(handle.nbytes());
  }

  org.bytedeco.pytorch.Tensor handle() {
    return handle;
  }

  /** Runs a native operation and wraps its result; errors become {@link TensorException}. */
  static Tensor run(Supplier<org.bytedeco.pytorch.Tensor> operation) {
    return new Tensor(guarded(operation));
  }

  static <T> T guarded(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (TensorException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw TensorException.translate(e);
    }
  }

  // ---- making tensors ----

  /** A float32 tensor of {@code values} in row-major order. */
  public static Tensor of(float[] values, long... sizes) {
    Tensor made = empty(Shape.of(sizes), values.length, ScalarType.Float);
    if (values.length > 0) {
      made.handle.data_ptr_float().put(values);
    }
    return made;
  }

  /** A float32 tensor of what remains of {@code values}, in row-major order. */
  public static Tensor of(FloatBuffer values, long... sizes) {
    Tensor made = empty(Shape.of(sizes), values.remaining(), ScalarType.Float);
    if (values.hasRemaining()) {
      try (FloatPointer pointer = made.handle.data_ptr_float()) {
        pointer.capacity(values.remaining()).asBuffer().put(values);
      }
    }
    return made;
  }

  /** A float64 tensor of {@code values} in row-major order. */
  public static Tensor of(double[] values, long... sizes) {
    Tensor made = empty(Shape.of(sizes), values.length, ScalarType.Double);
    if (values.length > 0) {
      made.handle.data_ptr_double().put(values);
    }
    return made;
  }

  /** An int64 tensor of {@code values} in row-major order, for indices. */
  public static Tensor of(long[] values, long... sizes) {
    Tensor made = empty(Shape.of(sizes), values.length, ScalarType.Long);
    if (values.length > 0) {
      made.handle.data_ptr_long().put(values);
    }
    return made;
  }

  private static Tensor empty(Shape shape, int given, ScalarType type) {
    Engine.start();
    if (shape.elements() != given) {
      throw new IllegalArgumentException(
          "the shape %s needs %s values, but %s were given"
              .formatted(shape, shape.elements(), given));
    }
    return run(
        () -> torch.empty(shape.toArray(), new TensorOptions(type), new MemoryFormatOptional()));
  }

  /** A float32 scalar, shape (). */
  public static Tensor scalar(double value) {
    return full(value);
  }

  /** A float32 tensor whose elements are all {@code value}. */
  public static Tensor full(double value, long... sizes) {
    Engine.start();
    Shape shape = Shape.of(sizes);
    return run(
        () -> torch.full(shape.toArray(), new Scalar(value), new TensorOptions(ScalarType.Float)));
  }

  /** A float32 tensor of zeros. */
  public static Tensor zeros(long... sizes) {
    return full(0, sizes);
  }

  /** A float32 tensor of ones. */
  public static Tensor ones(long... sizes) {
    return full(1, sizes);
  }

  /** A tensor like this one in shape, type and device, whose elements are all {@code value}. */
  public Tensor fullLike(double value) {
    return run(() -> torch.full_like(handle, new Scalar(value)));
  }

  /** The tensors one after the other along an existing dimension. */
  public static Tensor concat(List<Tensor> tensors, int dim) {
    return run(() -> torch.cat(vector(tensors), dim));
  }

  /** The tensors one after the other along a new dimension. */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return run(() -> torch.stack(vector(tensors), dim));
  }

  static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(
        tensors.stream().map(Tensor::handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
  }

  // ---- reading ----

  /** The sizes, outermost first. */
  public Shape shape() {
    try (LongArrayRef sizes = handle.sizes()) {
      long[] copy = new long[(int) sizes.size()];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = sizes.get(i);
      }
      return Shape.of(copy);
    }
  }

  /** The size of one dimension. */
  public long size(int dim) {
    return handle.size(dim);
  }

  /** The number of dimensions. */
  public int rank() {
    return (int) handle.dim();
  }

  /** The number of elements. */
  public long elements() {
    return handle.numel();
  }

  /** Whether the elements are float64. */
  public boolean isDouble() {
    return handle.scalar_type().intern() == ScalarType.Double;
  }

  /** Whether the elements are floating point numbers (float32 or float64). */
  public boolean isFloating() {
    return handle.scalar_type().intern() == ScalarType.Float || isDouble();
  }

  /** Whether the elements are truth values, as comparisons give them. */
  public boolean isBoolean() {
    return handle.scalar_type().intern() == ScalarType.Bool;
  }

  /** The device that holds the elements. */
  public Device device() {
    return handle.is_cuda() ? new Device(Device.Kind.CUDA, handle.device().index()) : Device.CPU;
  }

  /** A copy of the elements in row-major order, as floats. */
  public float[] toFloats() {
    try (Scope scope = Scope.open()) {
      org.bytedeco.pytorch.Tensor plain = plain(ScalarType.Float);
      float[] values = new float[Math.toIntExact(elements())];
      FloatPointer pointer = plain.data_ptr_float();
      if (values.length > 0) {
        pointer.get(values);
      }
      return values;
    }
  }

  /** A copy of the elements in row-major order, as doubles. */
  public double[] toDoubles() {
    try (Scope scope = Scope.open()) {
      org.bytedeco.pytorch.Tensor plain = plain(ScalarType.Double);
      double[] values = new double[Math.toIntExact(elements())];
      DoublePointer pointer = plain.data_ptr_double();
      if (values.length > 0) {
        pointer.get(values);
      }
      return values;
    }
  }

  /** A copy of the elements in row-major order, as integers (fractions are cut off). */
  public long[] toLongs() {
    try (Scope scope = Scope.open()) {
      org.bytedeco.pytorch.Tensor plain = plain(ScalarType.Long);
      long[] values = new long[Math.toIntExact(elements())];
      LongPointer pointer = plain.data_ptr_long();
      if (values.length > 0) {
        pointer.get(values);
      }
      return values;
    }
  }

  private org.bytedeco.pytorch.Tensor plain(ScalarType type) {
    return guarded(() -> handle.detach().cpu().toType(type).contiguous());
  }

  /** The only element, as a double. */
  public double item() {
    double[] values = toDoubles();
    if (values.length != 1) {
      throw new IllegalStateException("a tensor of shape " + shape() + " is not a single number");
    }
    return values[0];
  }

  // ---- type, device, layout, recording ----

  /** These elements as float32 (booleans become 0 and 1). */
  public Tensor asFloat() {
    return run(() -> handle.toType(ScalarType.Float));
  }

  /** These elements as float64. */
  public Tensor asDouble() {
    return run(() -> handle.toType(ScalarType.Double));
  }

  /** These elements as int64. */
  public Tensor asLong() {
    return run(() -> handle.toType(ScalarType.Long));
  }

  /** These elements in the floating type and on the device of {@code other}. */
  public Tensor like(Tensor other) {
    return run(() -> handle.to(other.handle.device(), other.handle.scalar_type()));
  }

  /** These elements on {@code device}. */
  public Tensor to(Device device) {
    return run(() -> handle.to(device.handle(), handle.scalar_type()));
  }

  /** The same values stored channels-last, which convolutions on processors prefer; rank 4 only. */
  public Tensor channelsLast() {
    return run(() -> handle.contiguous(MemoryFormat.ChannelsLast));
  }

  /** The same values stored in row-major order. */
  public Tensor contiguous() {
    return run(() -> handle.contiguous());
  }

  /** Another handle on the same memory, closed on its own. */
  public Tensor alias() {
    return new Tensor(new org.bytedeco.pytorch.Tensor(handle));
  }

  /** A copy with its own memory. */
  public Tensor copy() {
    return run(() -> handle.clone());
  }

  /** The same values, cut off from the recording: gradients do not pass. */
  public Tensor detach() {
    return run(() -> handle.detach());
  }

  /** The same values as the start of a new recording: gradients with respect to it can be asked. */
  public Tensor leaf() {
    return run(() -> handle.detach().set_requires_grad(true));
  }

  /** Whether gradients pass to or through this tensor. */
  public boolean isRecorded() {
    return handle.requires_grad();
  }

  /** Frees the memory now instead of when the scope closes. */
  @Override
  public void close() {
    handle.close();
  }

  // ---- arithmetic, element by element ----

  /** The sum with {@code other}, element by element. */
  public Tensor add(Tensor other) {
    return run(() -> handle.add(other.handle));
  }

  /** The sum with a number. */
  public Tensor add(double number) {
    return run(() -> handle.add(new Scalar(number)));
  }

  /** The difference with {@code other}, element by element. */
  public Tensor sub(Tensor other) {
    return run(() -> handle.sub(other.handle));
  }

  /** The difference with a number. */
  public Tensor sub(double number) {
    return run(() -> handle.sub(new Scalar(number)));
  }

  /** The product with {@code other}, element by element. */
  public Tensor mul(Tensor other) {
    return run(() -> handle.mul(other.handle));
  }

  /** The product with a number. */
  public Tensor mul(double number) {
    return run(() -> handle.mul(new Scalar(number)));
  }

  /** The quotient with {@code other}, element by element. */
  public Tensor div(Tensor other) {
    return run(() -> handle.div(other.handle));
  }

  /** The quotient with a number. */
  public Tensor div(double number) {
    return run(() -> handle.div(new Scalar(number)));
  }

  /** {@code this + share (other - this)}. */
  public Tensor towards(Tensor other, double share) {
    return run(() -> torch.lerp(handle, other.handle, new Scalar(share)));
  }

  /** {@code this + factor a b}, in one pass. */
  public Tensor addProduct(Tensor a, Tensor b, double factor) {
    return run(() -> torch.addcmul(handle, a.handle, b.handle, new Scalar(factor)));
  }

  /** {@code this + factor a / b}, in one pass. */
  public Tensor addQuotient(Tensor a, Tensor b, double factor) {
    return run(() -> torch.addcdiv(handle, a.handle, b.handle, new Scalar(factor)));
  }

  /** The power with {@code other}, element by element. */
  public Tensor pow(Tensor other) {
    return run(() -> handle.pow(other.handle));
  }

  /** The power with a number. */
  public Tensor pow(double number) {
    return run(() -> handle.pow(new Scalar(number)));
  }

  /** The larger of the two elements. */
  public Tensor maximum(Tensor other) {
    return run(() -> torch.maximum(handle, other.handle));
  }

  /** The smaller of the two elements. */
  public Tensor minimum(Tensor other) {
    return run(() -> torch.minimum(handle, other.handle));
  }

  /** The negative. */
  public Tensor neg() {
    return run(() -> handle.neg());
  }

  /** The absolute value. */
  public Tensor abs() {
    return run(() -> handle.abs());
  }

  /** The exponential. */
  public Tensor exp() {
    return run(() -> handle.exp());
  }

  /** The natural logarithm. */
  public Tensor log() {
    return run(() -> handle.log());
  }

  /** The square root. */
  public Tensor sqrt() {
    return run(() -> handle.sqrt());
  }

  /** The square. */
  public Tensor square() {
    return run(() -> handle.square());
  }

  /** One divided by each element. */
  public Tensor reciprocal() {
    return run(() -> handle.reciprocal());
  }

  /** The sine. */
  public Tensor sin() {
    return run(() -> handle.sin());
  }

  /** The cosine. */
  public Tensor cos() {
    return run(() -> handle.cos());
  }

  /** The largest integer not above. */
  public Tensor floor() {
    return run(() -> handle.floor());
  }

  /** The nearest integer, half to even. */
  public Tensor round() {
    return run(() -> handle.round());
  }

  /** The error function. */
  public Tensor erf() {
    return run(() -> handle.erf());
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return run(() -> handle.tanh());
  }

  /** The logistic function. */
  public Tensor sigmoid() {
    return run(() -> handle.sigmoid());
  }

  /** The larger of the element and 0; its gradient at 0 is 0. */
  public Tensor relu() {
    return run(() -> handle.relu());
  }

  /** -1, 0 or 1 by the sign; 0 for 0. */
  public Tensor sign() {
    return run(() -> handle.sign());
  }

  /** The inverse hyperbolic tangent. */
  public Tensor atanh() {
    return run(() -> handle.atanh());
  }

  /** The tangent. */
  public Tensor tan() {
    return run(() -> handle.tan());
  }

  /** The arc sine. */
  public Tensor asin() {
    return run(() -> handle.asin());
  }

  /** The arc cosine. */
  public Tensor acos() {
    return run(() -> handle.acos());
  }

  /** The arc tangent. */
  public Tensor atan() {
    return run(() -> handle.atan());
  }

  /** The hyperbolic sine. */
  public Tensor sinh() {
    return run(() -> handle.sinh());
  }

  /** The hyperbolic cosine. */
  public Tensor cosh() {
    return run(() -> handle.cosh());
  }

  /** The inverse hyperbolic sine. */
  public Tensor asinh() {
    return run(() -> handle.asinh());
  }

  /** The inverse hyperbolic cosine. */
  public Tensor acosh() {
    return run(() -> handle.acosh());
  }

  /** The number without what stands behind its point; the gradient is 0. */
  public Tensor truncate() {
    return run(() -> handle.trunc());
  }

  /** Whether the element is infinite. */
  public Tensor isInfinite() {
    return run(() -> handle.isinf());
  }

  /** What remains of a division that is rounded down: it has the sign of {@code other}. */
  public Tensor floorRemainder(Tensor other) {
    return run(() -> handle.remainder(other.handle));
  }

  /** What remains of a division that is cut towards zero: it has the sign of this. */
  public Tensor truncateRemainder(Tensor other) {
    return run(() -> handle.fmod(other.handle));
  }

  /** Whether the element is not a number. */
  public Tensor isNan() {
    return run(() -> handle.isnan());
  }

  /**
   * Each element moved into [{@code low}, {@code high}]; the gradient is 1 on the border. Numbers
   * that float32 cannot hold limit nothing.
   */
  public Tensor clamp(double low, double high) {
    boolean free = low < -Float.MAX_VALUE && high > Float.MAX_VALUE;
    return free ? alias() : run(() -> handle.clamp(limit(low), limit(high)));
  }

  private static ScalarOptional limit(double number) {
    return Math.abs(number) > Float.MAX_VALUE
        ? new ScalarOptional()
        : new ScalarOptional(new Scalar(number));
  }

  /** Each element moved between those of two tensors. */
  public Tensor clamp(Tensor low, Tensor high) {
    return maximum(low).minimum(high);
  }

  // ---- comparisons; the results are booleans ----

  /** Whether the element equals that of {@code other}. */
  public Tensor eq(Tensor other) {
    return run(() -> handle.eq(other.handle));
  }

  /** Whether the element equals a number. */
  public Tensor eq(double number) {
    return run(() -> handle.eq(new Scalar(number)));
  }

  /** Whether the element is above that of {@code other}. */
  public Tensor gt(Tensor other) {
    return run(() -> handle.gt(other.handle));
  }

  /** Whether the element is above a number. */
  public Tensor gt(double number) {
    return run(() -> handle.gt(new Scalar(number)));
  }

  /** Whether the element is at least that of {@code other}. */
  public Tensor ge(Tensor other) {
    return run(() -> handle.ge(other.handle));
  }

  /** Whether the element is at least a number. */
  public Tensor ge(double number) {
    return run(() -> handle.ge(new Scalar(number)));
  }

  /** Whether the element is below that of {@code other}. */
  public Tensor lt(Tensor other) {
    return run(() -> handle.lt(other.handle));
  }

  /** Whether the element is below a number. */
  public Tensor lt(double number) {
    return run(() -> handle.lt(new Scalar(number)));
  }

  /** Whether the element is at most that of {@code other}. */
  public Tensor le(Tensor other) {
    return run(() -> handle.le(other.handle));
  }

  /** Whether the element is at most a number. */
  public Tensor le(double number) {
    return run(() -> handle.le(new Scalar(number)));
  }

  /** Whether both are true. */
  public Tensor and(Tensor other) {
    return run(() -> handle.logical_and(other.handle));
  }

  /** Whether at least one is true. */
  public Tensor or(Tensor other) {
    return run(() -> handle.logical_or(other.handle));
  }

  /** Whether it is false. */
  public Tensor not() {
    return run(() -> handle.logical_not());
  }

  /** {@code yes} where this boolean tensor is true, {@code no} elsewhere. */
  public Tensor choose(Tensor yes, Tensor no) {
    return run(() -> torch.where(handle, yes.handle, no.handle));
  }

  // ---- reductions; the reduced dimensions stay with size 1 ----

  /** The sum of all elements, shape (). */
  public Tensor sum() {
    return run(() -> handle.sum());
  }

  /** The mean of all elements, shape (). */
  public Tensor mean() {
    return run(() -> handle.mean());
  }

  /** The sum over the given dimensions. */
  public Tensor sum(int... dims) {
    return run(() -> handle.sum(longs(dims), true, new ScalarTypeOptional()));
  }

  /** The mean over the given dimensions. */
  public Tensor mean(int... dims) {
    return run(() -> handle.mean(longs(dims), true, new ScalarTypeOptional()));
  }

  /** The largest element over the given dimensions; ties share the gradient. */
  public Tensor max(int... dims) {
    return run(() -> handle.amax(longs(dims), true));
  }

  /** The smallest element over the given dimensions; ties share the gradient. */
  public Tensor min(int... dims) {
    return run(() -> handle.amin(longs(dims), true));
  }

  /** The index of the largest element along a dimension, which disappears; the first of ties. */
  public Tensor argmax(int dim) {
    return run(() -> handle.argmax(new LongOptional(dim), false));
  }

  /** The running sum along a dimension. */
  public Tensor cumulativeSum(int dim) {
    return run(() -> handle.cumsum(dim));
  }

  /** The logarithm of the sum of exponentials over one dimension, which stays with size 1. */
  public Tensor logSumExp(int dim) {
    return run(() -> handle.logsumexp(new long[] {dim}, true));
  }

  /** The product over one dimension, which stays with size 1. */
  public Tensor product(int dim) {
    return run(() -> handle.prod(dim, true, new ScalarTypeOptional()));
  }

  /** The p-norm over the given dimensions, which stay with size 1; the gradient at 0 is 0. */
  public Tensor norm(double p, int... dims) {
    return run(
        () ->
            torch.linalg_vector_norm(
                handle, new Scalar(p), longs(dims), true, new ScalarTypeOptional()));
  }

  /** The softmax along a dimension. */
  public Tensor softmax(int dim) {
    return run(() -> torch.softmax(handle, dim));
  }

  /** The logarithm of the softmax along a dimension. */
  public Tensor logSoftmax(int dim) {
    return run(() -> torch.log_softmax(handle, dim));
  }

  /**
   * The elements sorted along a dimension, and the indices they had.
   *
   * @param values in order
   * @param indices int64
   */
  public record Sorted(Tensor values, Tensor indices) {}

  /** The elements sorted along a dimension. */
  public Sorted sort(int dim, boolean descending) {
    return pair(() -> torch.sort(handle, dim, descending));
  }

  /** The {@code k} largest elements along a dimension, largest first. */
  public Sorted top(long k, int dim) {
    return pair(() -> handle.topk(k, dim, true, true));
  }

  /** The elements sorted along a dimension; equal ones keep their order. */
  public Sorted stableSort(int dim, boolean descending) {
    return pair(() -> torch.sort(handle, new BoolOptional(true), dim, descending));
  }

  private static Sorted pair(Supplier<T_TensorTensor_T> operation) {
    T_TensorTensor_T both = guarded(operation);
    Sorted sorted =
        new Sorted(
            new Tensor(new org.bytedeco.pytorch.Tensor(both.get0())),
            new Tensor(new org.bytedeco.pytorch.Tensor(both.get1())));
    both.close();
    return sorted;
  }

  // ---- norms per image: over all dimensions but the first, which stay with size 1 ----

  /** The sum over everything but the first dimension, shape (N, 1, ...). */
  public Tensor sumPerImage() {
    return sum(allButFirst());
  }

  /** The largest element of each image, shape (N, 1, ...). */
  public Tensor maxPerImage() {
    return max(allButFirst());
  }

  /** The smallest element of each image, shape (N, 1, ...). */
  public Tensor minPerImage() {
    return min(allButFirst());
  }

  /** The Euclidean norm of each image, shape (N, 1, ...). */
  public Tensor l2PerImage() {
    return square().sumPerImage().sqrt();
  }

  /** The sum of absolute values of each image, shape (N, 1, ...). */
  public Tensor l1PerImage() {
    return abs().sumPerImage();
  }

  /** The largest absolute value of each image, shape (N, 1, ...). */
  public Tensor linfPerImage() {
    return abs().maxPerImage();
  }

  private int[] allButFirst() {
    int[] dims = new int[rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i + 1;
    }
    return dims;
  }

  // ---- shapes and indices ----

  /** The same elements in another shape; one size may be -1 and is then worked out. */
  public Tensor reshape(long... sizes) {
    return run(() -> handle.reshape(sizes));
  }

  /** The dimensions in another order. */
  public Tensor permute(long... order) {
    return run(() -> handle.permute(order));
  }

  /** Two dimensions swapped. */
  public Tensor transpose(int a, int b) {
    return run(() -> handle.transpose(a, b));
  }

  /** The elements in reverse order along the given dimensions. */
  public Tensor flip(long... dims) {
    return run(() -> handle.flip(dims));
  }

  /** Dimensions of size 1 repeated without copying; -1 leaves a dimension as it is. */
  public Tensor expand(long... sizes) {
    return run(() -> handle.expand(sizes));
  }

  /** The whole tensor repeated along each dimension. */
  public Tensor repeat(long... times) {
    return run(() -> handle.repeat(times));
  }

  /** A new dimension of size 1. */
  public Tensor unsqueeze(int dim) {
    return run(() -> handle.unsqueeze(dim));
  }

  /** A dimension of size 1 removed. */
  public Tensor squeeze(int dim) {
    return run(() -> handle.squeeze(dim));
  }

  /** {@code length} elements from {@code start} on along a dimension. */
  public Tensor narrow(int dim, long start, long length) {
    return run(() -> handle.narrow(dim, start, length));
  }

  /** Every {@code step}-th element from {@code start} to before {@code end} along a dimension. */
  public Tensor slice(int dim, long start, long end, long step) {
    return run(() -> handle.slice(dim, new LongOptional(start), new LongOptional(end), step));
  }

  /** The elements at one index of a dimension, which disappears. */
  public Tensor select(int dim, long index) {
    return run(() -> handle.select(dim, index));
  }

  /** The rows (or other slices) at the given indices of a dimension, in that order. */
  public Tensor select(int dim, Tensor indices) {
    return run(() -> handle.index_select(dim, indices.handle));
  }

  /** The images at the given indices of the first dimension. */
  public Tensor rows(int... indices) {
    try (Scope scope = Scope.open()) { // frees the index
      return scope.keep(select(0, index(indices)));
    }
  }

  /** A copy of this tensor in which the rows at {@code indices} are those of {@code rows}. */
  public Tensor withRows(int[] indices, Tensor rows) {
    try (Scope scope = Scope.open()) { // frees the index
      Tensor index = index(indices);
      return scope.keep(run(() -> handle.index_copy(0, index.handle, rows.handle)));
    }
  }

  /** Along {@code dim}, the element at the index that {@code indices} gives for each place. */
  public Tensor gather(int dim, Tensor indices) {
    return run(() -> handle.gather(dim, indices.handle));
  }

  /**
   * A copy of this tensor in which, along {@code dim}, the elements at the given indices are those
   * of {@code values}.
   */
  public Tensor scatter(int dim, Tensor indices, Tensor values) {
    return run(() -> handle.scatter(dim, indices.handle, values.handle));
  }

  /**
   * A copy of this tensor in which, along {@code dim}, {@code values} are joined with the elements
   * at the given indices.
   *
   * @param how {@code sum}, {@code prod}, {@code amin} or {@code amax}
   */
  public Tensor scatter(int dim, Tensor indices, Tensor values, String how) {
    return run(() -> handle.scatter_reduce(dim, indices.handle, values.handle, how, true));
  }

  /** The elements on and above the {@code k}-th diagonal of the last two dimensions, else zeros. */
  public Tensor upperTriangle(long k) {
    return run(() -> handle.triu(k));
  }

  /** The elements on and below the {@code k}-th diagonal of the last two dimensions, else zeros. */
  public Tensor lowerTriangle(long k) {
    return run(() -> handle.tril(k));
  }

  /** The elements moved {@code by} places along a dimension, wrapping around. */
  public Tensor roll(int dim, long by) {
    return run(() -> handle.roll(new long[] {by}, dim));
  }

  /** The matrix product. */
  public Tensor matmul(Tensor other) {
    return run(() -> handle.matmul(other.handle));
  }

  private Tensor index(int... values) {
    return Tensor.of(longs(values), values.length).to(device());
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  @Override
  public String toString() {
    return "Tensor" + shape();
  }
}
