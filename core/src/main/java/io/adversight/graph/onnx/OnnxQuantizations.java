package io.adversight.graph.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Quantization;

/** Reads the operators of quantized networks, and the ranges of their types. */
final class OnnxQuantizations {
  private OnnxQuantizations() {}

  static Operator quantize(OnnxNode node) {
    int named = (int) node.integer("output_dtype", 0);
    DataType type =
        named != 0
            ? type(node, named)
            : node.hasInput(2) ? node.type(2).orElse(DataType.UINT8) : DataType.UINT8;
    double low = lowest(node, type);
    double high = low == 0 ? Math.pow(2, bits(node, type)) - 1 : -low - 1;
    return new Quantization.QuantizeLinear(
        low, high, node.axis("axis", 1), node.integer("block_size", 0));
  }

  static Operator dequantize(OnnxNode node) {
    return new Quantization.DequantizeLinear(node.axis("axis", 1), node.integer("block_size", 0));
  }

  private static DataType type(OnnxNode node, int number) {
    DataType type = DataType.forNumber(number);
    if (type == null) {
      throw node.wrong("quantization to the type %s is not supported".formatted(number));
    }
    return type;
  }

  private static double lowest(OnnxNode node, DataType type) {
    return switch (type) {
      case UINT4, UINT8, UINT16 -> 0;
      default -> -Math.pow(2, bits(node, type) - 1);
    };
  }

  private static int bits(OnnxNode node, DataType type) {
    return switch (type) {
      case UINT4, INT4 -> 4;
      case UINT8, INT8 -> 8;
      case UINT16, INT16 -> 16;
      case INT32 -> 32;
      default ->
          throw node.wrong(
              "quantization to %s is not supported, only to 4, 8 or 16 bits".formatted(type));
    };
  }
}
