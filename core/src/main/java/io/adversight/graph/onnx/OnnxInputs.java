package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.adversight.graph.ModelFormatException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inputs of a graph that its output needs: one takes images, the others are given numbers. */
record OnnxInputs(ValueInfoProto image, GraphProto graph) {
  private static final long LARGEST = 1L << 22;

  /**
   * Chooses the input of the images, and makes constants of the others.
   *
   * @throws ModelFormatException naming the inputs, if it is not clear which that is, or an other
   *     has no number
   */
  static OnnxInputs of(GraphProto proto, OnnxWiring wiring, ImportOptions options, String path) {
    List<ValueInfoProto> all =
        proto.getInputList().stream()
            .filter(value -> wiring.initializer(value.getName()) == null)
            .toList();
    List<ValueInfoProto> needed =
        all.stream().filter(value -> wiring.isUsed(value.getName())).toList();
    if (all.isEmpty()) {
      throw new ModelFormatException(path, "the network has no input");
    }
    if (needed.isEmpty()) {
      return new OnnxInputs(all.get(0), proto);
    }
    Map<String, Double> others = options.others();
    List<String> unknown =
        others.keySet().stream()
            .filter(name -> all.stream().noneMatch(value -> value.getName().equals(name)))
            .toList();
    if (!unknown.isEmpty()) {
      throw wrong("there is no input \"%s\"".formatted(unknown.get(0)), needed, path);
    }
    String wanted = options.input().orElse("");
    List<ValueInfoProto> open =
        needed.stream()
            .filter(
                value ->
                    wanted.isEmpty()
                        ? !others.containsKey(value.getName())
                        : value.getName().equals(wanted))
            .toList();
    if (open.isEmpty()) {
      throw wrong("there is no input \"%s\" that the output needs".formatted(wanted), needed, path);
    }
    if (open.size() > 1) {
      throw wrong(
          "the network has %s inputs; say which one takes the image, with --input-name or"
                  .formatted(needed.size())
              + " \"inputName\" in its card, and what every element of the others is, with"
              + " --input-value NAME=NUMBER or \"inputValues\"",
          needed,
          path);
    }
    GraphProto.Builder filled = proto.toBuilder();
    for (ValueInfoProto value : needed) {
      if (value.getName().equals(open.get(0).getName())) {
        continue;
      }
      Double number = others.get(value.getName());
      if (number == null) {
        throw wrong(
            "what is every element of the input \"%s\"? --input-value NAME=NUMBER or \"inputValues\" in a card says it"
                .formatted(value.getName()),
            needed,
            path);
      }
      filled.addInitializer(filled(value, number, path));
    }
    return new OnnxInputs(open.get(0), filled.build());
  }

  private static ModelFormatException wrong(String what, List<ValueInfoProto> inputs, String path) {
    String list = inputs.stream().map(OnnxInputs::described).collect(Collectors.joining(", "));
    return new ModelFormatException(path, what + "; the inputs are " + list);
  }

  private static String described(ValueInfoProto value) {
    DataType type = DataType.forNumber(value.getType().getTensorType().getElemType());
    String sizes =
        value.getType().getTensorType().getShape().getDimList().stream()
            .map(dim -> dim.hasDimValue() ? Long.toString(dim.getDimValue()) : dim.getDimParam())
            .map(text -> text.isEmpty() ? "?" : text)
            .collect(Collectors.joining(" x "));
    return "%s (%s%s)"
        .formatted(
            value.getName(), type == null ? "unknown" : type, sizes.isEmpty() ? "" : " " + sizes);
  }

  /** A tensor of the declared shape, 1 where that is open, with the same number everywhere. */
  private static TensorProto filled(ValueInfoProto value, double number, String path) {
    DataType type = DataType.forNumber(value.getType().getTensorType().getElemType());
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(value.getName());
    long elements = 1;
    for (TensorShapeProto.Dimension dim : value.getType().getTensorType().getShape().getDimList()) {
      long size = dim.hasDimValue() && dim.getDimValue() > 0 ? dim.getDimValue() : 1;
      tensor.addDims(size);
      if (size > LARGEST || elements * size > LARGEST) {
        throw new ModelFormatException(
            path, "the input \"%s\" is too large to be a constant".formatted(value.getName()));
      }
      elements *= size;
    }
    boolean real =
        type == DataType.FLOAT
            || type == DataType.DOUBLE
            || type == DataType.FLOAT16
            || type == DataType.BFLOAT16;
    if (!real && number != Math.rint(number)) {
      throw new ModelFormatException(
          path,
          "the input \"%s\" is of whole numbers, but was given %s"
              .formatted(value.getName(), number));
    }
    if (real) {
      tensor.setDataType(DataType.FLOAT_VALUE);
    } else if (type == DataType.INT64 || type == DataType.INT32 || type == DataType.BOOL) {
      tensor.setDataType(type.getNumber());
    } else {
      throw new ModelFormatException(
          path,
          "the input \"%s\" is %s, which cannot be a constant".formatted(value.getName(), type));
    }
    for (long i = 0; i < elements; i++) {
      if (real) {
        tensor.addFloatData((float) number);
      } else if (type == DataType.INT64) {
        tensor.addInt64Data((long) number);
      } else {
        tensor.addInt32Data((int) number);
      }
    }
    return tensor.build();
  }
}
