package io.adversight.graph.onnx;

import static io.adversight.graph.onnx.OnnxValue.Kind.CONDITION;
import static io.adversight.graph.onnx.OnnxValue.Kind.REAL;
import static io.adversight.graph.onnx.OnnxValue.Kind.WHOLE;

import io.adversight.graph.onnx.OnnxValue.Kind;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Quantization;
import io.adversight.graph.operator.Selection;
import java.util.List;

/** What kinds of elements an operator takes from the network, and gives. */
final class OnnxKinds {
  private OnnxKinds() {}

  /**
   * The kind of an operator's result.
   *
   * @throws IllegalArgumentException if an input has a kind that the operator does not take
   */
  static Kind of(Operator operator, List<OnnxValue> inputs) {
    if (operator instanceof Quantization) {
      return operator instanceof Quantization.QuantizeLinear ? WHOLE : REAL;
    }
    if (operator instanceof Layout || operator instanceof Selection) {
      Kind kind = inputs.get(0).kind();
      if (operator instanceof Layout.Concat) {
        inputs.forEach(input -> require(input, kind));
      }
      return operator instanceof Selection selection && selection.isOfIndices() ? WHOLE : kind;
    }
    if (operator instanceof Activation.Elementary elementary) {
      if (elementary.function() == Activation.Function.NUMBER) {
        require(inputs.get(0), CONDITION);
        return REAL;
      }
      if (elementary.function() == Activation.Function.TRUNCATE) {
        return WHOLE;
      }
    }
    if (operator instanceof Arithmetic.Where) {
      require(inputs.get(0), CONDITION);
      Kind kind = inputs.get(1).kind();
      require(inputs.get(2), kind);
      return kind;
    }
    if (operator instanceof Arithmetic.Pow && inputs.get(1).kind() == WHOLE) {
      require(inputs.get(0), REAL);
      return REAL;
    }
    boolean ofConditions =
        operator instanceof Activation.Not
            || (operator instanceof Arithmetic.Compare compare && compare.ofConditions());
    Kind taken = ofConditions ? CONDITION : isWhole(operator, inputs) ? WHOLE : REAL;
    inputs.forEach(input -> require(input, taken));
    boolean isCondition =
        operator instanceof Arithmetic.Compare
            || operator instanceof Activation.IsNaN
            || operator instanceof Activation.IsInf;
    return isCondition ? CONDITION : taken;
  }

  /** Whether an operator is given whole numbers, and makes whole numbers or conditions of them. */
  private static boolean isWhole(Operator operator, List<OnnxValue> inputs) {
    return inputs.get(0).kind() == WHOLE
        && (operator instanceof Linear
            || operator instanceof Pooling.MaxPool
            || operator instanceof Pooling.GlobalMaxPool
            || operator
                .type()
                .matches(
                    "Add|Sub|Mul|Mod|Sum|Max|Min|Abs|Neg|Sign|Relu|Clip"
                        + "|Equal|Greater|GreaterOrEqual|Less|LessOrEqual"
                        + "|ReduceSum|ReduceMax|ReduceMin|ReduceProd|ReduceL1"));
  }

  private static void require(OnnxValue input, Kind kind) {
    if (input.kind() != kind) {
      throw new IllegalArgumentException(
          "inputs must be %s, but one is %s".formatted(kind, input.kind()));
    }
  }
}
