package io.adversight.graph.backward;

import io.adversight.describe.Check;
import io.adversight.graph.operator.Linear;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How relevance passes a linear layer z = W x + b. Relevance is carried as R = c a, activation
 * times gradient, so that a rule is a gradient: c_x = sum of w' c_z z / z'.
 */
public sealed interface LrpRule {
  /** The layer's value for {@code inputs}, recorded with this rule's gradient. */
  Tensor forward(Linear layer, List<Tensor> inputs);

  /**
   * R_i = sum of x_i w_ij / (z_j + epsilon sign(z_j)) R_j (Bach et al. 2015, equation 58).
   *
   * @param epsilon 0 for the plain rule, which is input times gradient
   */
  record Epsilon(double epsilon) implements LrpRule {
    public Epsilon {
      Check.atLeast(0.0, epsilon, "epsilon");
    }

    @Override
    public Tensor forward(Linear layer, List<Tensor> inputs) {
      Tensor z = layer.forward(inputs);
      return epsilon == 0 ? z : share(z.detach(), z, ratio(z.detach(), z.detach(), epsilon));
    }
  }

  /**
   * As epsilon, with w + gamma w+ in place of w (Montavon et al. 2019, section 10.2.3).
   *
   * @param gamma how much positive weights are favoured
   */
  record Gamma(double gamma) implements LrpRule {
    public Gamma {
      Check.atLeast(0.0, gamma, "gamma");
    }

    @Override
    public Tensor forward(Linear layer, List<Tensor> inputs) {
      Tensor z = layer.forward(inputs).detach();
      Tensor favoured = changed(layer, inputs, w -> w.add(w.relu().mul(gamma)));
      return share(z, favoured, ratio(z, favoured.detach(), SMALL));
    }
  }

  /**
   * R_i = sum of (alpha (x_i w_ij)+ / z_j+ - beta (x_i w_ij)- / z_j-) R_j (Bach et al. 2015,
   * equation 60).
   *
   * @param alpha share of what speaks for; alpha - beta is 1
   * @param beta share of what speaks against
   * @param bias whether the bias takes its part of the relevance
   */
  record AlphaBeta(double alpha, double beta, boolean bias) implements LrpRule {
    public AlphaBeta {
      Check.atLeast(1.0, alpha, "alpha");
      if (Math.abs(alpha - beta - 1) > 1e-9) {
        throw new IllegalArgumentException(
            "alpha - beta must be 1, but alpha is %s and beta is %s".formatted(alpha, beta));
      }
    }

    /** The z+ rule: only what speaks for, no bias (Montavon et al. 2017, equation 14). */
    public static AlphaBeta zPlus() {
      return new AlphaBeta(1, 0, false);
    }

    @Override
    public Tensor forward(Linear layer, List<Tensor> inputs) {
      Tensor z = layer.forward(inputs).detach();
      Tensor x = inputs.get(0);
      UnaryOperator<Tensor> positive = Tensor::relu;
      UnaryOperator<Tensor> negative = w -> w.neg().relu().neg();
      Tensor up = x.relu();
      Tensor down = x.neg().relu().neg();
      Tensor none = z.fullLike(0);
      Tensor forIt = part(layer, inputs, up, positive, down, negative, positive);
      Tensor y = share(none, forIt.mul(alpha), divided(z, forIt));
      if (beta > 0) {
        Tensor against = part(layer, inputs, up, negative, down, positive, negative);
        y = y.add(share(none, against.mul(-beta), divided(z, against)));
      }
      return Recorded.as(z, y);
    }

    private static Tensor divided(Tensor z, Tensor part) {
      return Recorded.quotient(z, part.detach());
    }

    /** W1 x1 + W2 x2 + b' with the weights filtered. */
    private Tensor part(
        Linear layer,
        List<Tensor> inputs,
        Tensor x1,
        UnaryOperator<Tensor> w1,
        Tensor x2,
        UnaryOperator<Tensor> w2,
        UnaryOperator<Tensor> b) {
      List<Tensor> first = new ArrayList<>(List.of(x1, w1.apply(inputs.get(1))));
      if (inputs.size() > 2 && bias) {
        first.add(b.apply(inputs.get(2)));
      }
      return layer.forward(first).add(layer.forward(List.of(x2, w2.apply(inputs.get(1)))));
    }
  }

  /** Relevance stays where it is: for layers whose output has the shape of their input. */
  record Identity() implements LrpRule {
    @Override
    public Tensor forward(Linear layer, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Tensor z = layer.forward(inputs).detach();
      if (!z.shape().equals(x.shape())) {
        throw new IllegalArgumentException(
            "the identity rule needs equal shapes, but the layer takes %s and gives %s"
                .formatted(x.shape(), z.shape()));
      }
      return Recorded.as(z, x.mul(Recorded.quotient(z, x.detach())));
    }
  }

  /** Keeps divisors away from 0. */
  double SMALL = 1e-9;

  /** z / (z' + epsilon sign(z')), with sign(0) = 1. */
  private static Tensor ratio(Tensor z, Tensor divisor, double epsilon) {
    Tensor sign = divisor.lt(0).choose(z.fullLike(-epsilon), z.fullLike(epsilon));
    return z.div(divisor.add(sign));
  }

  /** The value z with {@code ratio} times the gradient of {@code gradient}. */
  private static Tensor share(Tensor z, Tensor gradient, Tensor ratio) {
    return Recorded.as(z, gradient.mul(ratio.detach()));
  }

  /** The layer with weights and bias filtered. */
  private static Tensor changed(Linear layer, List<Tensor> inputs, UnaryOperator<Tensor> filter) {
    List<Tensor> all = new ArrayList<>(List.of(inputs.get(0)));
    inputs.subList(1, inputs.size()).forEach(weight -> all.add(filter.apply(weight)));
    return layer.forward(all);
  }
}
