package io.adversight.attack;

import io.adversight.metric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** How often a distortion undoes an attack (Kurakin et al. 2017, eq. 1). */
public final class DestructionRate {
  private DestructionRate() {}

  /**
   * Of the adversarial images of originals that were classified right, those that are classified
   * right again after the distortion.
   *
   * @param run one source of randomness per result
   */
  public static Proportion of(
      Classifier classifier, List<Adversarial> results, Distortion distortion, Run run) {
    int[] fooled =
        IntStream.range(0, results.size())
            .filter(i -> results.get(i).before().top() == results.get(i).label())
            .filter(i -> results.get(i).after().top() != results.get(i).label())
            .toArray();
    if (fooled.length == 0) {
      return new Proportion(0, 0);
    }
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      List<Adversarial> some = Rows.of(results, fooled);
      Tensor changed = Batches.of(some.stream().map(Adversarial::changed).toList());
      Tensor distorted = distortion.of(changed.to(classifier.device()), run.select(fooled));
      long[] classes = classifier.logits(distorted).argmax(1).toLongs();
      long right = 0;
      for (int i = 0; i < classes.length; i++) {
        right += classes[i] == some.get(i).label() ? 1 : 0;
      }
      return new Proportion(right, fooled.length);
    }
  }
}
