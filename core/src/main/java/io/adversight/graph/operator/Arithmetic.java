package io.adversight.graph.operator;

import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/** Element-by-element operations of several inputs, which broadcast. */
public sealed interface Arithmetic extends Operator {
  @Override
  default Shape shape(List<Shape> inputs) {
    return Axes.broadcast(inputs);
  }

  /** a + b. */
  record Add() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).add(inputs.get(1));
    }
  }

  /** a - b. */
  record Sub() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).sub(inputs.get(1));
    }
  }

  /** a b. */
  record Mul() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).mul(inputs.get(1));
    }
  }

  /** a to the power of b. */
  record Pow() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).pow(inputs.get(1));
    }
  }

  /** The sum of all inputs. */
  record Sum() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return reduce(inputs, Tensor::add);
    }
  }

  /** The largest of all inputs. */
  record Max() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return reduce(inputs, Tensor::maximum);
    }
  }

  /** The smallest of all inputs. */
  record Min() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return reduce(inputs, Tensor::minimum);
    }
  }

  /** The second input where the first, a condition, is true; the third elsewhere. */
  record Where() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return inputs.get(0).choose(inputs.get(1), inputs.get(2));
    }
  }

  /** a / b; whole numbers are cut towards zero. */
  record Div() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor a = inputs.get(0);
      Tensor b = inputs.get(1);
      boolean whole = !a.isFloating() && !b.isFloating();
      return whole ? a.asDouble().div(b.asDouble()).asLong() : a.div(b);
    }
  }

  /**
   * What remains of a / b.
   *
   * @param truncated whether the quotient is cut towards zero instead of rounded down, so that the
   *     result has the sign of a instead of that of b (ONNX's fmod)
   */
  record Mod(boolean truncated) implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      return truncated
          ? inputs.get(0).truncateRemainder(inputs.get(1))
          : inputs.get(0).floorRemainder(inputs.get(1));
    }
  }

  /** x where positive, slope x elsewhere, with the negative slopes as second input. */
  record PRelu() implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      return x.relu().sub(x.neg().relu().mul(inputs.get(1)));
    }
  }

  /**
   * A comparison or a connection of two conditions.
   *
   * @param relation which one
   */
  record Compare(Relation relation) implements Arithmetic {
    @Override
    public Tensor forward(List<Tensor> inputs) {
      Tensor a = inputs.get(0);
      Tensor b = inputs.get(1);
      return switch (relation) {
        case EQUAL -> a.eq(b);
        case GREATER -> a.gt(b);
        case GREATER_OR_EQUAL -> a.ge(b);
        case LESS -> a.lt(b);
        case LESS_OR_EQUAL -> a.le(b);
        case AND -> a.and(b);
        case OR -> a.or(b);
      };
    }

    /** Whether it connects conditions instead of comparing numbers. */
    public boolean ofConditions() {
      return relation == Relation.AND || relation == Relation.OR;
    }

    @Override
    public String type() {
      return relation.onnx;
    }
  }

  /** What {@link Compare} tests. */
  enum Relation {
    EQUAL("Equal"),
    GREATER("Greater"),
    GREATER_OR_EQUAL("GreaterOrEqual"),
    LESS("Less"),
    LESS_OR_EQUAL("LessOrEqual"),
    AND("And"),
    OR("Or");

    private final String onnx;

    Relation(String onnx) {
      this.onnx = onnx;
    }
  }

  private static Tensor reduce(List<Tensor> inputs, BinaryOperator<Tensor> operation) {
    Tensor result = inputs.get(0);
    for (Tensor input : inputs.subList(1, inputs.size())) {
      result = operation.apply(result, input);
    }
    return result;
  }
}
