package io.adversight.lab;

import ai.onnx.proto.OnnxMl;
import java.util.List;

/** Network files of one dense layer, made by hand. */
final class Onnx {
  private static final int PIXELS = 28 * 28;

  private Onnx() {}

  /** A network for grey images of 28 x 28 that gives the biases plus a little of the image. */
  static byte[] dense(float... biases) {
    return dense(value("x", 1, 1, 28, 28), false, biases);
  }

  /** The same with a sigmoid behind it: each number is the probability of a label. */
  static byte[] independent(float... biases) {
    return dense(value("x", 1, 1, 28, 28), true, biases);
  }

  /** The same, whose file leaves number, channels and size of the images open. */
  static byte[] denseOfOpenSize(float... biases) {
    return dense(value("x", -1, -1, -1, -1), false, biases);
  }

  private static byte[] dense(OnnxMl.ValueInfoProto input, boolean sigmoid, float... biases) {
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
            .addInput(input)
            .addNode(node("Flatten", "flat", "x"))
            .addNode(node("Gemm", sigmoid ? "z" : "y", "flat", "w", "b"))
            .addAllNode(sigmoid ? List.of(node("Sigmoid", "y", "z")) : List.of())
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
      OnnxMl.TensorShapeProto.Dimension.Builder dimension = sizes.addDimBuilder();
      if (size < 0) {
        dimension.setDimParam("open");
      } else {
        dimension.setDimValue(size);
      }
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
