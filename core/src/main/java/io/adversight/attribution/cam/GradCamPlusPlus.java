package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Grad-CAM++: w_k = sum over places of alpha relu(G), where alpha comes from higher derivatives of
 * exp(S) (Chattopadhay et al. 2018, equations 11 and 19).
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 * @param formula the paper's alpha, or that of a published implementation
 */
@Doc("Grad-CAM++")
@Paper("chattopadhay2018")
public record GradCamPlusPlus(
    @Doc("layer; empty for the last spatial one") String layer,
    @Doc("the paper's weights or those of an implementation") Formula formula)
    implements ClassActivation {
  /** The largest score whose exponential is taken: beyond it float32 overflows. */
  private static final double LARGEST_EXPONENT = 80;

  /** How alpha is computed from the gradient G and the activations A of a channel. */
  public enum Formula {
    /** G^2 / (2 G^2 + sum(A) G^3), equation 19; 0 where G is 0. */
    PAPER {
      @Override
      Tensor weights(LayerMaps maps, Tensor scores) {
        return maps.gradient().relu().mul(alpha(maps)).sum(2, 3);
      }
    },
    /** As the paper, with 1e-6 added to the denominator (pytorch-grad-cam). */
    WITH_EPSILON {
      @Override
      Tensor weights(LayerMaps maps, Tensor scores) {
        Tensor g = maps.gradient();
        Tensor square = g.square();
        Tensor denominator =
            square.mul(2).add(maps.activation().sum(2, 3).mul(square.mul(g))).add(1e-6);
        return g.relu().mul(LayerMaps.quotient(square, denominator)).sum(2, 3);
      }
    },
    /** G^2 / (2 G^2 + sum(A G^3)): the sum over the product (torch-cam). */
    SUM_OF_PRODUCTS {
      @Override
      Tensor weights(LayerMaps maps, Tensor scores) {
        Tensor g = maps.gradient();
        Tensor square = g.square();
        Tensor cubes = square.mul(g).mul(maps.activation()).sum(2, 3);
        Tensor alpha = LayerMaps.quotient(square, square.mul(2).add(cubes));
        return g.relu().mul(alpha).sum(2, 3);
      }
    },
    /** The paper's alpha divided by its sum over the places, times exp(S) (the authors' code). */
    NORMALIZED {
      @Override
      Tensor weights(LayerMaps maps, Tensor scores) {
        Tensor alpha = alpha(maps);
        Tensor normalized = LayerMaps.quotient(alpha, alpha.sum(2, 3));
        Tensor derivative = scores.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT).exp();
        Tensor exponential = derivative.reshape(derivative.size(0), 1, 1, 1);
        return maps.gradient().relu().mul(normalized).sum(2, 3).mul(exponential);
      }
    };

    abstract Tensor weights(LayerMaps maps, Tensor scores);

    /** Equation 19 with G^2 cancelled, so that small gradients do not underflow. */
    private static Tensor alpha(LayerMaps maps) {
      Tensor g = maps.gradient();
      Tensor denominator = g.mul(maps.activation().sum(2, 3)).add(2);
      Tensor ones = g.eq(0).choose(g.fullLike(0), g.fullLike(1));
      return LayerMaps.quotient(ones, denominator);
    }
  }

  /** The paper's setting. */
  public GradCamPlusPlus() {
    this("", Formula.PAPER);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, layer, objective);
    Tensor weights = formula.weights(maps, trace.values(objective)); // equation 11
    return LayerMaps.weighted(weights, maps.activation());
  }
}
