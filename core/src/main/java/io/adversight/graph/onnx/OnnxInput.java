package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input of a network as its file declares it.
 *
 * @param name of the value
 * @param declared sizes, the batch first; -1 where the file leaves it open
 * @param shapes for which the network is worked out, one per probe
 */
record OnnxInput(String name, List<Long> declared, List<Shape> shapes) {
  /** The size of images where neither the file nor the caller names one. */
  private static final long USUAL_SIZE = 224;

  /** The types of floating point numbers that are read. */
  static final Set<DataType> REAL =
      Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16, DataType.DOUBLE);

  private static final Set<DataType> WHOLE =
      Set.of(DataType.UINT8, DataType.UINT16, DataType.INT32, DataType.INT64);

  OnnxInput {
    declared = List.copyOf(declared);
    shapes = List.copyOf(shapes);
  }

  static OnnxInput of(
      ValueInfoProto value, Optional<Shape> image, List<Long> batches, String path) {
    String name = value.getName();
    TypeProto.Tensor type = value.getType().getTensorType();
    DataType elements = DataType.forNumber(type.getElemType());
    if (elements == null || !(REAL.contains(elements) || WHOLE.contains(elements))) {
      throw new ModelFormatException(
          path,
          "the input \"%s\" must be numbers, but is %s"
              .formatted(
                  name, elements == null ? "of the unknown type " + type.getElemType() : elements));
    }
    List<Long> declared = declared(value);
    if (declared.isEmpty() && image.isPresent()) {
      for (int i = 0; i < image.get().rank(); i++) {
        declared.add(-1L);
      }
    }
    if (declared.isEmpty() || (image.isPresent() && image.get().rank() != declared.size())) {
      throw new ModelFormatException(
          path,
          "the input \"%s\" has the shape %s, but a batch of images was expected"
              .formatted(name, declared));
    }
    image.ifPresent(given -> requireChannels(name, declared, given, path));
    long[] sizes = new long[declared.size()];
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = image.isPresent() ? image.get().size(i) : size(declared, i);
      if (sizes[i] < 1 || sizes[i] > 1 << 20) {
        throw new ModelFormatException(
            path, "the input \"%s\" cannot have the shape %s".formatted(name, declared));
      }
    }
    List<Shape> shapes = batches.stream().map(batch -> Shape.of(sizes).with(0, batch)).toList();
    return new OnnxInput(name, declared, shapes);
  }

  /** The declared sizes, -1 where the file leaves them open. */
  static List<Long> declared(ValueInfoProto value) {
    List<Long> declared = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : value.getType().getTensorType().getShape().getDimList()) {
      declared.add(dim.hasDimValue() && dim.getDimValue() > 0 ? dim.getDimValue() : -1);
    }
    return declared;
  }

  /**
   * Whether the input is declared as whole numbers. They are computed as floating point numbers, so
   * that gradients exist: between two values of 8 bits the network is the one of the numbers
   * between.
   */
  static boolean isWhole(ValueInfoProto value) {
    DataType elements = DataType.forNumber(value.getType().getTensorType().getElemType());
    return elements != null && WHOLE.contains(elements);
  }

  /** Refuses images of other channels than the file's: other sizes may do, other channels never. */
  private static void requireChannels(String name, List<Long> declared, Shape image, String path) {
    for (int dim : declared.size() == 4 ? new int[] {1, 3} : new int[0]) {
      long given = image.size(dim);
      if ((given == 1 || given == 3) && declared.get(dim) > 0 && declared.get(dim) != given) {
        throw new ModelFormatException(
            path,
            "the input \"%s\" takes %s channels, but images of %s were given"
                .formatted(name, declared.get(dim), given));
      }
    }
  }

  private static long size(List<Long> declared, int dim) {
    if (declared.get(dim) > 0) {
      return declared.get(dim);
    }
    boolean channels = dim == 1 && declared.size() == 4 && declared.get(3) < 0;
    return channels ? 3 : USUAL_SIZE;
  }

  /** The input as a value of the network. */
  OnnxValue value() {
    return new OnnxValue.Computed(name, shapes, OnnxValue.Kind.REAL);
  }

  /** The shape (1, ...) of one image. */
  Shape image() {
    return shapes.get(0).with(0, 1);
  }

  /** The size of batches the file was made for, 1 if it leaves it open. */
  long batch() {
    return Math.max(1, declared.get(0));
  }
}
