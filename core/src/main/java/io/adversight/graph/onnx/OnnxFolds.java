package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works out the operators that never become a node: constants, and what depends on shapes only. */
final class OnnxFolds {
  private static final Set<DataType> FLOATING =
      Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

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
      case "Cast" -> Optional.of(cast(node));
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

  static boolean castsToFloat(OnnxNode node) {
    DataType type = DataType.forNumber((int) node.integer("to", 0));
    return type != null && FLOATING.contains(type);
  }

  private static Tensor cast(OnnxNode node) {
    if (castsToFloat(node)) {
      return node.fixed(0).asFloat();
    }
    DataType type = DataType.forNumber((int) node.integer("to", 0));
    if (type == DataType.BOOL) {
      return node.fixed(0).eq(0).not();
    }
    if (type == null || type == DataType.STRING || type == DataType.UNDEFINED) {
      throw node.wrong(
          "casts to the type %s are not supported"
              .formatted(type == null ? node.integer("to", 0) : type));
    }
    return node.fixed(0).asLong();
  }
}
