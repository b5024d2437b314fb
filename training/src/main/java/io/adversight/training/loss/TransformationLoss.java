package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.TransformationNetwork;

/**
 * The loss of a {@link TransformationNetwork}: how far the attacked network is from what the drawn
 * direction wants, max(margin, -confidence), the mean of the batch. The margin is that of the label
 * over the highest other logit where any other class will do, and that of the highest other logit
 * over the target where one is drawn (Carlini and Wagner 2017, equation f6, which Xiao et al. 2018
 * train their generators with).
 *
 * @param confidence by how much the wanted class should lead
 */
public record TransformationLoss(double confidence) implements PassLoss {
  private static final double FAR = 1e6;

  public TransformationLoss {
    Check.atLeast(0.0, confidence, "confidence");
  }

  @Override
  public Tensor of(TrainingPass pass, Tensor labels) {
    Tensor logits = pass.logits();
    Tensor selection = pass.value(TransformationNetwork.SELECTION).like(logits);
    int classes = (int) logits.size(1);
    Tensor untargeted = selection.narrow(1, 0, 1);
    Tensor own = labels.eq(numbers(classes).to(labels.device())).asFloat().like(logits);
    Tensor chosen = selection.narrow(1, 1, classes).add(own.mul(untargeted));
    Tensor at = logits.mul(chosen).sum(1);
    Tensor other = logits.sub(chosen.mul(FAR)).max(1);
    Tensor sign = untargeted.mul(-2).add(1); // other - at is minus the margin of the label
    Tensor margin = other.sub(at).mul(sign);
    return margin.add(confidence).relu().sub(confidence).mean();
  }

  private static Tensor numbers(int classes) {
    long[] numbers = new long[classes];
    for (int i = 0; i < classes; i++) {
      numbers[i] = i;
    }
    return Tensor.of(numbers, 1, classes);
  }
}
