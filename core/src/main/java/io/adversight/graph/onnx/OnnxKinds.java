package io.adversight.graph.onnx;

import static io.adversight.graph.onnx.OnnxValue.Kind.CONDITION;
import static io.adversight.graph.onnx.OnnxValue.Kind.REAL;

import io.adversight.graph.onnx.OnnxValue.Kind;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Operator;
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
    if (operator instanceof Layout) {
      Kind kind = inputs.get(0).kind();
      if (operator instanceof Layout.Concat) {
        inputs.forEach(input -> require(input, kind));
      }
      return kind;
    }
    if (operator instanceof Arithmetic.Where) {
      require(inputs.get(0), CONDITION);
      inputs.subList(1, inputs.size()).forEach(input -> require(input, REAL));
      return REAL;
    }
    boolean ofConditions =
        operator instanceof Activation.Not
            || (operator instanceof Arithmetic.Compare compare && compare.ofConditions());
    inputs.forEach(input -> require(input, ofConditions ? CONDITION : REAL));
    return ofConditions || operator instanceof Arithmetic.Compare ? CONDITION : REAL;
  }

  private static void require(OnnxValue input, Kind kind) {
    if (input.kind() != kind) {
      throw new IllegalArgumentException(
          "inputs must be %s, but one is %s".formatted(kind, input.kind()));
    }
  }
}
