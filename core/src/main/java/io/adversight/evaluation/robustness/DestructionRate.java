package io.adversight.evaluation.robustness;

import io.adversight.attack.Adversarial;
import io.adversight.attack.corruption.Corruption;
import io.adversight.attack.problem.Selection;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** How often a corruption undoes an attack (Kurakin et al. 2017, eq. 1). */
public final class DestructionRate {
  private DestructionRate() {}

  /**
   * Of the adversarial images of originals that were classified right, those that are classified
   * right again after the corruption.
   *
   * @param run one source of randomness per result
   */
  public static Proportion of(
      Classifier classifier, List<Adversarial> results, Corruption corruption, Run run) {
    int[] fooled =
        IntStream.range(0, results.size())
            .filter(i -> results.get(i).before().top() == results.get(i).label())
            .filter(i -> results.get(i).after().top() != results.get(i).label())
            .toArray();
    List<Adversarial> some = Selection.of(results, fooled);
    return right(
        classifier,
        some,
        some.stream().map(Adversarial::changed).toList(),
        corruption,
        run.select(fooled));
  }

  /**
   * For comparison: of the originals that were classified right, those that still are after the
   * corruption.
   *
   * @param run one source of randomness per result
   */
  public static Proportion kept(
      Classifier classifier, List<Adversarial> results, Corruption corruption, Run run) {
    int[] right =
        IntStream.range(0, results.size())
            .filter(i -> results.get(i).before().top() == results.get(i).label())
            .toArray();
    List<Adversarial> some = Selection.of(results, right);
    return right(
        classifier,
        some,
        some.stream().map(Adversarial::original).toList(),
        corruption,
        run.select(right));
  }

  /** Of some images, those that are classified right after a corruption. */
  private static Proportion right(
      Classifier classifier,
      List<Adversarial> results,
      List<Raster> images,
      Corruption corruption,
      Run run) {
    if (images.isEmpty()) {
      return new Proportion(0, 0);
    }
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor corrupted = corruption.of(Batches.of(images).to(classifier.device()), run);
      long[] classes = classifier.logits(corrupted).argmax(1).toLongs();
      long right = 0;
      for (int i = 0; i < classes.length; i++) {
        right += classes[i] == results.get(i).label() ? 1 : 0;
      }
      return new Proportion(right, images.size());
    }
  }
}
