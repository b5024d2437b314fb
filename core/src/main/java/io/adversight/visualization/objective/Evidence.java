package io.adversight.visualization.objective;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class against all others: its logit plus the logarithm of its probability, z_c + log p_c. The
 * logit alone (Simonyan et al. 2014) rises along with those of similar classes; the probability
 * alone rises by pushing the others down.
 *
 * @param classes one for all images, or one per image
 */
public record Evidence(List<Integer> classes) implements Objective {
  public Evidence {
    classes = List.copyOf(classes);
  }

  /** The evidence of one class for all images. */
  public static Evidence of(int index) {
    return new Evidence(List.of(index));
  }

  @Override
  public Objective select(int... images) {
    return classes.size() == 1
        ? this
        : new Evidence(IntStream.of(images).mapToObj(classes::get).toList());
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor logit = new Logit(classes).values(activations);
    return logit.sub(new CrossEntropy(classes).values(activations));
  }
}
