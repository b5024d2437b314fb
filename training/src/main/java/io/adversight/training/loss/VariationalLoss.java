package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import java.util.List;

/**
 * The loss of a supervised variational auto-encoder, J_KL + J_2 + J_dec (Tang et al. 2019, equation
 * 6): the Kullback-Leibler divergence of the code's distribution from the standard normal one, the
 * cross-entropy of the classifier on the code, and the binary cross-entropy of the decoded image,
 * summed over its pixels; each the mean of the batch, in nats. Minus the first and the last is the
 * evidence lower bound (ELBO). The images must enter with pixels in [0, 1].
 *
 * @param kl weight of J_KL
 * @param classification weight of J_2
 */
public record VariationalLoss(double kl, double classification) implements PassLoss {
  public VariationalLoss {
    Check.atLeast(0.0, kl, "kl");
    Check.atLeast(0.0, classification, "classification");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    return terms(pass, labels).sum();
  }

  @Override
  public LossTerms terms(TrainingPass pass, Tensor labels) {
    return new LossTerms(
        List.of(
            new LossTerms.Term("kl", kl, divergence(pass)),
            new LossTerms.Term(
                "classification", classification, new CrossEntropy(0).of(pass, labels)),
            new LossTerms.Term("reconstruction", 1, reconstruction(pass))));
  }

  /** KL[N(m, s^2) | N(0, 1)] = (m^2 + s^2 - log s^2 - 1) / 2, summed over the code. */
  private static Tensor divergence(TrainingPass pass) {
    Tensor mean = pass.value(SupervisedAutoEncoder.MEAN);
    Tensor logVariance = pass.value(SupervisedAutoEncoder.LOG_VARIANCE);
    Tensor each = mean.square().add(logVariance.exp()).sub(logVariance).sub(1).mul(0.5);
    return each.sum(1).mean();
  }

  /** -x log p - (1 - x) log(1 - p) = log(1 + e^l) - x l of the decoder's logits l. */
  private static Tensor reconstruction(TrainingPass pass) {
    Tensor logits = pass.value(SupervisedAutoEncoder.PIXEL_LOGITS);
    Tensor target = pass.value(SupervisedAutoEncoder.PIXELS).like(logits);
    return Kernels.softplus(logits).sub(target.mul(logits)).sum(1, 2, 3).mean();
  }
}
