package io.adversight.training.loss;

import io.adversight.tensor.Kernels;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.SupervisedAutoEncoder;
import java.util.List;

/**
 * The loss of the discriminator of a supervised auto-encoder: the binary cross-entropy of telling
 * the encoder's codes (1) from the same codes with noise added (0); each term the mean of the
 * batch.
 */
public record DiscriminatorLoss() implements PassLoss {
  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    return terms(pass, labels).sum();
  }

  @Override
  public LossTerms terms(TrainingPass pass, Tensor labels) {
    Tensor encoded = pass.value(SupervisedAutoEncoder.REALNESS);
    Tensor stray = pass.value(SupervisedAutoEncoder.STRAY_REALNESS);
    return new LossTerms(
        List.of(
            new LossTerms.Term("encoded", 1, Kernels.softplus(encoded.neg()).mean()),
            new LossTerms.Term("stray", 1, Kernels.softplus(stray).mean())));
  }
}
