package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.operator.Axes;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Works out the operators that never become a node: constants, and what depends on shapes only. */
final class OnnxFolds {
  private OnnxFolds() {}

  /** The sizes of the input, or of the dimensions from start to before end. */
  static OnnxValue shape(OnnxNode node) {
    List<Tensor> found = new ArrayList<>();
    for (Shape shape : node.shapes(0)) {
      int rank = shape.rank();
      int start = bound(node.axis("start", 0), rank);
      int end = bound(node.axis("end", rank), rank);
      long[] sizes = Arrays.copyOfRange(shape.toArray(), start, Math.max(start, end));
      found.add(Tensor.of(sizes, sizes.length));
    }
    return shared(found, node.input(0).isFixed());
  }

  private static int bound(int axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  static OnnxValue size(OnnxNode node) {
    List<Tensor> found =
        node.shapes(0).stream().map(shape -> Tensor.of(new long[] {shape.elements()})).toList();
    return shared(found, node.input(0).isFixed());
  }

  private static OnnxValue shared(List<Tensor> found, boolean fixed) {
    return fixed
        ? OnnxValue.Known.everywhere(found.get(0), found.size())
        : new OnnxValue.Known(found);
  }

  static Tensor constant(OnnxNode node, OnnxTensors tensors) {
    Optional<TensorProto> tensor = node.tensor("value");
    if (tensor.isPresent()) {
      return tensors.read(tensor.get(), "value");
    }
    if (node.has("value_float")) {
      return Tensor.scalar(node.number("value_float", 0));
    }
    if (node.has("value_int")) {
      return Tensor.of(new long[] {node.integer("value_int", 0)});
    }
    if (node.has("value_floats")) {
      List<Float> numbers = node.numbers("value_floats");
      float[] values = new float[numbers.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = numbers.get(i);
      }
      return Tensor.of(values, values.length);
    }
    if (node.has("value_ints")) {
      long[] values =
          node.integers("value_ints", List.of()).stream().mapToLong(Long::longValue).toArray();
      return Tensor.of(values, values.length);
    }
    throw node.wrong("it has no value that is supported (a dense tensor or numbers)");
  }

  /** The branch that an If takes, whose condition must be known. */
  static GraphProto branch(OnnxNode node) {
    if (!node.isKnown(0)) {
      throw node.wrong(
          "its condition is computed by the network; export it with fixed sizes, or run onnxsim"
              + " over the file");
    }
    return node.graph(node.fixed(0).item() != 0 ? "then_branch" : "else_branch");
  }

  /**
   * The result of an operator that exists on known values only; empty if it is none.
   *
   * @param longest most elements of a range
   * @param largest most elements of a constant that has one value everywhere, such as weights left
   *     out of a file
   */
  static Optional<Tensor> special(OnnxNode node, OnnxTensors tensors, long longest, long largest) {
    return switch (node.type()) {
      case "ConstantOfShape" -> Optional.of(constantOfShape(node, tensors, largest));
      case "Range" -> Optional.of(range(node, longest));
      case "Cast" -> Optional.of(cast(node.fixed(0), kind(node)));
      case "EyeLike" -> Optional.of(eye(node, longest));
      case "NonZero" -> Optional.of(nonZero(node));
      case "OneHot" -> Optional.of(oneHot(node, longest));
      default -> Optional.empty();
    };
  }

  private static Tensor constantOfShape(OnnxNode node, OnnxTensors tensors, long limit) {
    Shape shape = Shape.of(node.longs(0).stream().mapToLong(Long::longValue).toArray());
    if (shape.elements() > limit) {
      throw node.wrong("a constant of shape %s is too large".formatted(shape));
    }
    Tensor value =
        node.tensor("value").map(proto -> tensors.read(proto, "value")).orElse(Tensor.scalar(0));
    if (value.elements() != 1) {
      throw node.wrong("value must be a single number, but has the shape " + value.shape());
    }
    return value.reshape().expand(shape.toArray());
  }

  private static Tensor range(OnnxNode node, long limit) {
    double start = node.fixed(0).item();
    double step = node.fixed(2).item();
    double count = Math.max(0, Math.ceil((node.fixed(1).item() - start) / step));
    if (!(count <= limit)) {
      throw node.wrong("a range of %s elements is too large".formatted(count));
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * step;
    }
    Tensor numbers = Tensor.of(values, values.length);
    return node.fixed(0).isFloating() ? numbers.asFloat() : numbers.asLong();
  }

  /** What a Cast makes. */
  static OnnxValue.Kind kind(OnnxNode node) {
    long number = node.integer("to", 0);
    DataType type = DataType.forNumber((int) number);
    if (type == null || type == DataType.UNDEFINED) {
      throw node.wrong("casts to the type %s are not supported".formatted(number));
    }
    return kind(node, type);
  }

  /** What a CastLike makes. */
  static OnnxValue.Kind kindLike(OnnxNode node) {
    return node.type(1).map(type -> kind(node, type)).orElseGet(() -> node.input(1).kind());
  }

  private static OnnxValue.Kind kind(OnnxNode node, DataType type) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> OnnxValue.Kind.REAL;
      case BOOL -> OnnxValue.Kind.CONDITION;
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> OnnxValue.Kind.WHOLE;
      default -> throw node.wrong("casts to the type %s are not supported".formatted(type));
    };
  }

  static OnnxValue cast(OnnxValue.Known value, OnnxValue.Kind kind) {
    return value.isFixed()
        ? OnnxValue.Known.everywhere(cast(value.tensors().get(0), kind), value.tensors().size())
        : new OnnxValue.Known(value.tensors().stream().map(each -> cast(each, kind)).toList());
  }

  private static Tensor cast(Tensor value, OnnxValue.Kind kind) {
    return switch (kind) {
      case REAL -> value.asFloat();
      case WHOLE -> value.asLong();
      case CONDITION -> value.eq(0).not();
    };
  }

  private static Tensor eye(OnnxNode node, long limit) {
    Shape shape = node.shapes(0).get(0);
    if (shape.rank() != 2 || shape.elements() > limit) {
      throw node.wrong("a matrix of shape %s is too large, or none".formatted(shape));
    }
    long k = node.integer("k", 0);
    Tensor ones = Tensor.ones(shape.toArray());
    return ones.upperTriangle(k).lowerTriangle(k);
  }

  /** The indices of the elements that are not 0, a row per dimension. */
  private static Tensor nonZero(OnnxNode node) {
    double[] values = node.fixed(0).toDoubles();
    long[] sizes = node.shapes(0).get(0).toArray();
    int[] found = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    long[] indices = new long[sizes.length * found.length];
    for (int i = 0; i < found.length; i++) {
      long rest = found[i];
      for (int dim = sizes.length - 1; dim >= 0; dim--) {
        indices[dim * found.length + i] = rest % sizes[dim];
        rest /= sizes[dim];
      }
    }
    return Tensor.of(indices, sizes.length, found.length);
  }

  private static Tensor oneHot(OnnxNode node, long limit) {
    long[] indices = node.fixed(0).toLongs();
    Shape shape = node.shapes(0).get(0);
    double given = node.fixed(1).item();
    double[] values = node.fixed(2).toDoubles();
    int axis = Axes.of(node.axis("axis", -1), shape.rank() + 1);
    if (!(given >= 1 && given * indices.length <= limit) || values.length != 2) {
      throw node.wrong("%s numbers of %s classes are too large, or none".formatted(shape, given));
    }
    int depth = (int) given;
    int behind = (int) Axes.product(shape, axis, shape.rank());
    double[] result = new double[indices.length * depth];
    Arrays.fill(result, values[0]);
    for (int i = 0; i < indices.length; i++) {
      long index = indices[i] < 0 ? indices[i] + depth : indices[i];
      if (index >= 0 && index < depth) {
        result[(int) ((i / behind * (long) depth + index) * behind + i % behind)] = values[1];
      }
    }
    long[] sizes = new long[shape.rank() + 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < axis ? shape.size(i) : i == axis ? depth : shape.size(i - 1);
    }
    Tensor made = Tensor.of(result, sizes);
    return node.fixed(2).isFloating() ? made.asFloat() : made.asLong();
  }
}
