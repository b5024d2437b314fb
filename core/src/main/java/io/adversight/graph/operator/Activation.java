package io.adversight.graph.operator;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Functions of one element at a time, and softmax. */
public sealed interface Activation extends Operator {
  /** The value for {@code x}. */
  Tensor of(Tensor x);

  @Override
  default Tensor forward(List<Tensor> inputs) {
    return of(inputs.get(0));
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** Whether the value never falls as x rises, so that the largest element stays the largest. */
  default boolean isRising() {
    return false;
  }

  /** max(x, 0), with gradient 0 at 0. */
  record Relu() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.relu();
    }

    @Override
    public boolean isRectifier() {
      return true;
    }

    @Override
    public boolean isRising() {
      return true;
    }
  }

  /**
   * x limited to [min, max]; with bounds (0, 6) this is ReLU6. No gradient passes at or beyond a
   * bound.
   *
   * @param min may be minus infinity
   * @param max may be infinity
   */
  record Clip(double min, double max) implements Activation {
    public Clip {
      if (!(min <= max)) {
        throw new IllegalArgumentException(
            "the bounds must be in order, but are %s and %s".formatted(min, max));
      }
    }

    @Override
    public Tensor of(Tensor x) {
      return Kernels.hardTanh(x, min, max);
    }

    @Override
    public boolean isRectifier() {
      return min == 0;
    }

    @Override
    public boolean isRising() {
      return true;
    }
  }

  /**
   * Softmax along {@code axis}.
   *
   * @param axis counted from the last if negative
   * @param flatten whether it runs over all dimensions from {@code axis} on (before opset 13)
   */
  record Softmax(int axis, boolean flatten) implements Activation {
    /** Softmax along one axis only. */
    public Softmax(int axis) {
      this(axis, false);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      Axes.of(axis, inputs.get(0).rank());
      return inputs.get(0);
    }

    @Override
    public Tensor of(Tensor x) {
      return flatten ? rows(x, axis).softmax(1).reshape(sizes(x)) : x.softmax(axis);
    }
  }

  /**
   * The logarithm of the softmax along {@code axis}.
   *
   * @param axis counted from the last if negative
   * @param flatten whether it runs over all dimensions from {@code axis} on (before opset 13)
   */
  record LogSoftmax(int axis, boolean flatten) implements Activation {
    @Override
    public Shape shape(List<Shape> inputs) {
      Axes.of(axis, inputs.get(0).rank());
      return inputs.get(0);
    }

    @Override
    public Tensor of(Tensor x) {
      return flatten ? rows(x, axis).logSoftmax(1).reshape(sizes(x)) : x.logSoftmax(axis);
    }
  }

  private static Tensor rows(Tensor x, int axis) {
    return new Layout.Flatten(axis).forward(List.of(x));
  }

  private static long[] sizes(Tensor x) {
    return x.shape().toArray();
  }

  /**
   * x where positive, alpha x elsewhere.
   *
   * @param alpha slope of negative values
   */
  record LeakyRelu(double alpha) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.leakyRelu(x, alpha);
    }

    @Override
    public boolean isRising() {
      return alpha >= 0;
    }
  }

  /**
   * x where positive, alpha (exp(x) - 1) elsewhere.
   *
   * @param alpha minus the limit of negative values
   */
  record Elu(double alpha) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.elu(x, alpha, 1);
    }

    @Override
    public boolean isRising() {
      return alpha >= 0;
    }
  }

  /**
   * gamma times x where positive, gamma alpha (exp(x) - 1) elsewhere.
   *
   * @param alpha minus the limit of negative values, before scaling
   * @param gamma scale
   */
  record Selu(double alpha, double gamma) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.elu(x, alpha, gamma);
    }
  }

  /** 1 / (1 + exp(-x)). */
  record Sigmoid() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.sigmoid();
    }

    @Override
    public boolean isRising() {
      return true;
    }
  }

  /**
   * alpha x + beta limited to [0, 1].
   *
   * @param alpha slope
   * @param beta value at 0
   */
  record HardSigmoid(double alpha, double beta) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.hardTanh(x.mul(alpha).add(beta), 0, 1);
    }
  }

  /** x times max(0, min(1, x / 6 + 0.5)). */
  record HardSwish() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.mul(Kernels.hardTanh(x.div(6).add(0.5), 0, 1));
    }
  }

  /** The hyperbolic tangent. */
  record Tanh() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.tanh();
    }

    @Override
    public boolean isRising() {
      return true;
    }
  }

  /** log(1 + exp(x)). */
  record Softplus() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.softplus(x);
    }

    @Override
    public boolean isRising() {
      return true;
    }
  }

  /** The error function. */
  record Erf() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.erf();
    }
  }

  /**
   * x times the normal distribution function of x.
   *
   * @param tanh whether it is approximated by the hyperbolic tangent
   */
  record Gelu(boolean tanh) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return Kernels.gelu(x, tanh);
    }
  }

  /** The square root. */
  record Sqrt() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.sqrt();
    }
  }

  /** The exponential. */
  record Exp() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.exp();
    }
  }

  /** The natural logarithm. */
  record Log() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.log();
    }
  }

  /** The negative. */
  record Neg() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.neg();
    }
  }

  /** 1 / x. */
  record Reciprocal() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.reciprocal();
    }
  }

  /** The absolute value. */
  record Abs() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.abs();
    }
  }

  /** The largest integer not above. */
  record Floor() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.floor();
    }
  }

  /** The smallest integer not below. */
  record Ceil() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.neg().floor().neg();
    }
  }

  /**
   * A function of one number that needs no parameters.
   *
   * @param function which one
   */
  record Elementary(Function function) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return function.of.apply(x);
    }

    @Override
    public String type() {
      return function.type;
    }
  }

  /** Functions of one number; those with steps have the gradient 0, as in the engine. */
  enum Function {
    SIGN("Sign", Tensor::sign),
    ROUND("Round", Tensor::round),
    /** Without what stands behind the point; ONNX's Cast to whole numbers. */
    TRUNCATE("Cast", Tensor::truncate),
    /** 1 where true, else 0; ONNX's Cast of a condition. */
    NUMBER("Cast", Tensor::asFloat),
    SIN("Sin", Tensor::sin),
    COS("Cos", Tensor::cos),
    TAN("Tan", Tensor::tan),
    ASIN("Asin", Tensor::asin),
    ACOS("Acos", Tensor::acos),
    ATAN("Atan", Tensor::atan),
    SINH("Sinh", Tensor::sinh),
    COSH("Cosh", Tensor::cosh),
    ASINH("Asinh", Tensor::asinh),
    ACOSH("Acosh", Tensor::acosh),
    ATANH("Atanh", Tensor::atanh);

    private final String type;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final UnaryOperator<Tensor> of;

    Function(String type, UnaryOperator<Tensor> of) {
      this.type = type;
      this.of = of;
    }

    /** The ONNX operator's name. */
    public String type() {
      return type;
    }
  }

  /** Whether x is infinite. */
  record IsInf(boolean positive, boolean negative) implements Activation {
    @Override
    public Tensor of(Tensor x) {
      Tensor infinite = x.isInfinite();
      return positive && negative
          ? infinite
          : infinite.and(positive ? x.gt(0) : negative ? x.lt(0) : x.isNan());
    }
  }

  /** Whether x is not a number. */
  record IsNaN() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.isNan();
    }
  }

  /** Whether x is false. */
  record Not() implements Activation {
    @Override
    public Tensor of(Tensor x) {
      return x.not();
    }
  }
}
