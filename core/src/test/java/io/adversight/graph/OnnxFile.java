package io.adversight.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** An ONNX file written by a test, with the input "x" and, unless named, the output "y". */
public final class OnnxFile {
  private final int opset;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final List<FunctionProto> functions = new ArrayList<>();

  public OnnxFile(int opset) {
    this.opset = opset;
  }

  /** The input "x"; -1 leaves a size open. */
  public OnnxFile input(long... sizes) {
    return input("x", sizes);
  }

  public OnnxFile input(String name, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      if (size < 0) {
        shape.addDimBuilder().setDimParam("n");
      } else {
        shape.addDimBuilder().setDimValue(size);
      }
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(TypeProto.newBuilder().setTensorType(type)));
    return this;
  }

  public OnnxFile output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  public OnnxFile floats(String name, float[] values, long... sizes) {
    return tensor(tensor(values, sizes).toBuilder().setName(name).build());
  }

  /** A list of whole numbers. */
  public OnnxFile longs(String name, long... values) {
    return tensor(tensor(values).toBuilder().setName(name).build());
  }

  public OnnxFile scalar(String name, double value) {
    return floats(name, new float[] {(float) value});
  }

  public OnnxFile tensor(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A function that nodes may call. */
  public OnnxFile function(FunctionProto function) {
    functions.add(function);
    return this;
  }

  /** A node without a name. */
  public OnnxFile node(
      String type, String output, List<String> inputs, AttributeProto... attributes) {
    return node("", type, List.of(output), inputs, attributes);
  }

  public OnnxFile node(
      String name,
      String type,
      List<String> outputs,
      List<String> inputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setDomain(type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : "")
            .setOpType(type.substring(type.lastIndexOf('.') + 1))
            .addAllOutput(outputs)
            .addAllInput(inputs)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  /** The operators used, behind the names of their domains unless that is ONNX's own. */
  public List<String> types() {
    return graph.getNodeList().stream()
        .map(
            node ->
                node.getDomain().isEmpty()
                    ? node.getOpType()
                    : node.getDomain() + "." + node.getOpType())
        .toList();
  }

  public byte[] bytes() {
    return proto().toByteArray();
  }

  public ModelProto proto() {
    GraphProto.Builder whole = graph.clone();
    if (whole.getOutputCount() == 0) {
      whole.addOutput(ValueInfoProto.newBuilder().setName("y"));
    }
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .addAllFunctions(functions)
        .setGraph(whole)
        .build();
  }

  public ImportedModel read() {
    return OnnxImporter.read(bytes(), "test.onnx");
  }

  public static TensorProto tensor(float[] values, long... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return raw(DataType.FLOAT, bytes.array(), sizes);
  }

  public static TensorProto tensor(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return raw(DataType.INT64, bytes.array(), values.length);
  }

  public static TensorProto raw(DataType type, byte[] bytes, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : sizes) {
      tensor.addDims(size);
    }
    return tensor.build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  public static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  public static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  public static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  public static AttributeProto numbers(String name, float... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    for (float value : values) {
      attribute.addFloats(value);
    }
    return attribute.build();
  }

  public static AttributeProto value(TensorProto tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }
}
