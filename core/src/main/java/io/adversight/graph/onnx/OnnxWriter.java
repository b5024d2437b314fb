package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.Half;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes networks as ONNX files of operator set 17, with a batch of any size; layers keep their
 * names. The same graph gives the same bytes.
 */
public final class OnnxWriter {
  private static final long OPSET = 17;
  private static final long IR_VERSION = 8;
  private static final String BATCH = "N";

  private final Graph graph;
  private final boolean half;
  private final GraphProto.Builder proto = GraphProto.newBuilder();

  private OnnxWriter(Graph graph, boolean half) {
    this.graph = graph;
    this.half = half;
  }

  /**
   * A network with what is to be said beyond it.
   *
   * @param image shape (1, ...) of one image
   * @param outputs the layers that are outputs of the file, the graph's output first; empty for
   *     that alone
   * @param half whether weights are stored as float16, see {@link #writeHalf}
   * @param metadata texts by key
   * @throws IllegalArgumentException if it has an operator that cannot be written
   */
  public static byte[] write(
      Graph graph, Shape image, List<String> outputs, boolean half, Map<String, String> metadata) {
    List<String> written = outputs.isEmpty() ? List.of(graph.output()) : outputs;
    return new OnnxWriter(PlainForm.of(graph.upToAll(written), image), half)
        .write(image, Map.of(), written, metadata);
  }

  /**
   * A network with several inputs: some of its constants are inputs of the file.
   *
   * @param image shape (1, ...) of one image
   * @param inputs names of the constants, and whether each has one row per image
   * @param outputs the layers that are outputs of the file, the graph's output first
   * @param metadata texts by key
   * @throws IllegalArgumentException if it has an operator that cannot be written
   */
  public static byte[] write(
      Graph graph,
      Shape image,
      Map<String, Boolean> inputs,
      List<String> outputs,
      Map<String, String> metadata) {
    return new OnnxWriter(PlainForm.of(graph.upToAll(outputs), image), false)
        .write(image, inputs, outputs, metadata);
  }

  /**
   * A network with its weights as float32.
   *
   * @param image shape (1, ...) of one image
   * @throws IllegalArgumentException if it has an operator that cannot be written
   */
  public static byte[] write(Graph graph, Shape image) {
    return write(graph, image, List.of(), false, Map.of());
  }

  /**
   * A network with its weights (constants of two or more dimensions) as float16, which a Cast
   * brings back to float32: half as long, and about three digits less exact.
   */
  public static byte[] writeHalf(Graph graph, Shape image) {
    return write(graph, image, List.of(), true, Map.of());
  }

  private byte[] write(
      Shape image,
      Map<String, Boolean> inputs,
      List<String> outputs,
      Map<String, String> metadata) {
    proto.setName("network");
    Map<String, Shape> shapes = graph.shapes(image);
    proto.addInput(value(graph.input(), image));
    new TreeMap<>(inputs)
        .forEach(
            (name, perImage) ->
                proto.addInput(
                    input(name, Objects.requireNonNull(graph.constants().get(name)), perImage)));
    outputs.forEach(output -> proto.addOutput(value(output, shapes.getOrDefault(output, image))));
    Set<String> used = new LinkedHashSet<>();
    graph.nodes().forEach(node -> used.addAll(node.inputs()));
    for (String name : used) {
      Tensor constant = graph.constants().get(name);
      if (constant != null && !inputs.containsKey(name)) {
        initializer(name, constant);
      }
    }
    graph.nodes().forEach(node -> proto.addNode(node(node)));
    List<StringStringEntryProto> said =
        new TreeMap<>(metadata)
            .entrySet().stream()
                .map(
                    entry ->
                        StringStringEntryProto.newBuilder()
                            .setKey(entry.getKey())
                            .setValue(entry.getValue())
                            .build())
                .toList();
    return ModelProto.newBuilder()
        .addAllMetadataProps(said)
        .setIrVersion(IR_VERSION)
        .setProducerName("adversight")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(proto)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, Shape shape) {
    return value(name, shape, TensorProto.DataType.FLOAT, true);
  }

  private static ValueInfoProto input(String name, Tensor example, boolean perImage) {
    return value(name, example.shape(), type(example), perImage);
  }

  private static TensorProto.DataType type(Tensor values) {
    return values.isFloating()
        ? TensorProto.DataType.FLOAT
        : values.isBoolean() ? TensorProto.DataType.BOOL : TensorProto.DataType.INT64;
  }

  private static ValueInfoProto value(
      String name, Shape shape, TensorProto.DataType element, boolean perImage) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.rank(); i++) {
      sizes.addDim(
          i == 0 && perImage
              ? TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH)
              : TensorShapeProto.Dimension.newBuilder().setDimValue(shape.size(i)));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(element.getNumber()).setShape(sizes).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private void initializer(String name, Tensor constant) {
    if (half && constant.isFloating() && constant.rank() > 1) {
      String stored = name + ".half";
      proto.addInitializer(tensor(stored, constant, TensorProto.DataType.FLOAT16));
      proto.addNode(
          NodeProto.newBuilder()
              .setName(name)
              .setOpType("Cast")
              .addInput(stored)
              .addOutput(name)
              .addAttribute(OnnxForm.integer("to", TensorProto.DataType.FLOAT_VALUE)));
    } else {
      proto.addInitializer(tensor(name, constant, type(constant)));
    }
  }

  private static TensorProto tensor(String name, Tensor values, TensorProto.DataType type) {
    int width =
        switch (type) {
          case BOOL -> 1;
          case FLOAT16 -> 2;
          case FLOAT -> 4;
          default -> 8;
        };
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(width * values.elements()))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (width == 8) {
      for (long value : values.toLongs()) {
        bytes.putLong(value);
      }
    } else if (width == 1) {
      for (long value : values.asLong().toLongs()) {
        bytes.put((byte) value);
      }
    } else if (width == 4) {
      bytes.asFloatBuffer().put(values.toFloats());
    } else {
      for (float value : values.toFloats()) {
        bytes.putShort(Half.of(value));
      }
    }
    TensorProto.Builder proto =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long size : values.shape().toArray()) {
      proto.addDims(size);
    }
    return proto.setRawData(UnsafeByteOperations.unsafeWrap(bytes.array())).build();
  }

  private NodeProto.Builder node(Node node) {
    if (node.operator() instanceof Layout.Expand expand && expand.sizes().contains(-1L)) {
      return expanded(node, expand.sizes());
    }
    OnnxForm form = OnnxForm.of(node);
    NodeProto.Builder written =
        NodeProto.newBuilder()
            .setName(node.name())
            .setOpType(node.operator().type())
            .addAllInput(node.inputs())
            .addOutput(node.name())
            .addAllAttribute(form.attributes());
    for (int i = 0; i < form.inputs().size(); i++) {
      TensorProto input = form.inputs().get(i);
      boolean given =
          input.getDimsCount() + input.getFloatDataCount() + input.getInt64DataCount() > 0;
      String name = "%s.parameter%s".formatted(node.name(), i + 1);
      if (given) {
        proto.addInitializer(input.toBuilder().setName(name));
      }
      written.addInput(given ? name : "");
    }
    return written;
  }

  /** An Expand to the batch size, which is the first size of its second input. */
  private NodeProto.Builder expanded(Node node, List<Long> sizes) {
    String name = node.name();
    proto.addNode(
        NodeProto.newBuilder()
            .setName(name + ".batch")
            .setOpType("Shape")
            .addInput(node.inputs().get(1))
            .addOutput(name + ".batch")
            .addAttribute(OnnxForm.integer("start", 0))
            .addAttribute(OnnxForm.integer("end", 1)));
    NodeProto.Builder target =
        NodeProto.newBuilder()
            .setName(name + ".shape")
            .setOpType("Concat")
            .addOutput(name + ".shape")
            .addAttribute(OnnxForm.integer("axis", 0));
    for (int i = 0; i < sizes.size(); i++) {
      String size = sizes.get(i) == -1 ? name + ".batch" : name + ".size" + i;
      if (sizes.get(i) != -1) {
        proto.addInitializer(OnnxForm.vector(List.of(sizes.get(i))).toBuilder().setName(size));
      }
      target.addInput(size);
    }
    proto.addNode(target);
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType("Expand")
        .addInput(node.inputs().get(0))
        .addInput(name + ".shape")
        .addOutput(name);
  }
}
