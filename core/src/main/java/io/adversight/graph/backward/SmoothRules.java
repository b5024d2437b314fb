package io.adversight.graph.backward;

import io.adversight.describe.Check;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Rectifiers replaced by softplus, log(1 + exp(beta x)) / beta, so that gradients have gradients
 * (Dombrowski et al. 2019, section 4.2). Unlike other rules these change the values, slightly for a
 * large beta: for finding directions, not for judging results. A Clip from 0 becomes the difference
 * of two.
 *
 * @param beta how closely the rectifier is followed
 */
public record SmoothRules(double beta) implements BackwardRules {
  public SmoothRules {
    Check.positive(beta, "beta");
  }

  @Override
  public Tensor forward(Node node, List<Tensor> inputs) {
    if (node.operator() instanceof Activation.Relu) {
      return softplus(inputs.get(0));
    }
    if (node.operator() instanceof Activation.Clip clip && clip.min() == 0) {
      Tensor x = inputs.get(0);
      return Double.isInfinite(clip.max())
          ? softplus(x)
          : softplus(x).sub(softplus(x.sub(clip.max())));
    }
    return node.operator().forward(inputs);
  }

  private Tensor softplus(Tensor x) {
    Tensor decay = x.abs().mul(-beta).exp().add(1).log().div(beta);
    return x.relu().add(decay);
  }
}
