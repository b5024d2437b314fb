package io.adversight.lab;

import ai.onnx.proto.OnnxMl;
import java.util.List;

/** Network files of one dense layer, made by hand. */
final class Onnx {
  private static final int PIXELS = 28 * 28;

  private Onnx() {}

  /** A network for grey images of 28 x 28 that gives the biases plus a little of the image. */
  static byte[] dense(float... biases) {
    OnnxMl.TensorProto.Builder weights = tensor("w", PIXELS, biases.length);
    for (int i = 0; i < PIXELS * biases.length; i++) {
      weights.addFloatData(i % 7 * 1e-3f);
    }
    OnnxMl.TensorProto.Builder bias = tensor("b", biases.length);
    for (float value : biases) {
      bias.addFloatData(value);
    }
    OnnxMl.GraphProto graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("dense")
            .addInput(value("x", 1, 1, 28, 28))
            .addNode(node("Flatten", "flat", "x"))
            .addNode(node("Gemm", "y", "flat", "w", "b"))
            .addInitializer(weights)
            .addInitializer(bias)
            .addOutput(value("y", 1, biases.length))
            .build();
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static OnnxMl.NodeProto node(String type, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static OnnxMl.TensorProto.Builder tensor(String name, long... shape) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static OnnxMl.ValueInfoProto value(String name, long... shape) {
    OnnxMl.TensorShapeProto.Builder sizes = OnnxMl.TensorShapeProto.newBuilder();
    for (long size : shape) {
      sizes.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    OnnxMl.TypeProto.Tensor type =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .setShape(sizes)
            .build();
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
