package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import java.util.List;

/**
 * The loss of what reads the codes of a supervised auto-encoder, for a phase in which the
 * auto-encoder stays as it is. The discriminator tells the encoder's codes (1) from the same codes
 * with noise and from draws of the prior (0), so that it knows the gaps between the classes as well
 * as what lies outside; the classifier learns from codes with noise, so that it is sure only where
 * a class has its mass. Each term is the mean of the batch, in nats.
 *
 * @param classification weight of the classifier's cross-entropy
 */
public record LatentHeadsLoss(double classification) implements PassLoss {
  public LatentHeadsLoss {
    Check.atLeast(0.0, classification, "classification");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    return terms(pass, labels).sum();
  }

  @Override
  public LossTerms terms(TrainingPass pass, Tensor labels) {
    Tensor logits = pass.value(SupervisedAutoEncoder.STRAY_LOGITS);
    return new LossTerms(
        List.of(
            new LossTerms.Term("encoded", 1, real(pass.value(SupervisedAutoEncoder.REALNESS))),
            new LossTerms.Term(
                "stray", 0.5, stray(pass.value(SupervisedAutoEncoder.STRAY_REALNESS))),
            new LossTerms.Term(
                "prior", 0.5, stray(pass.value(SupervisedAutoEncoder.PRIOR_REALNESS))),
            new LossTerms.Term(
                "stray_classification", classification, new CrossEntropy(0).of(logits, labels))));
  }

  private static Tensor real(Tensor logits) {
    return Kernels.softplus(logits.neg()).mean();
  }

  private static Tensor stray(Tensor logits) {
    return Kernels.softplus(logits).mean();
  }
}
