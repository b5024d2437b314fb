package io.adversight.visualization.objective;

import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * How much each image differs from the others made with it: minus the mean cosine between the Gram
 * matrices of their channels, which tell textures apart (Olah et al. 2017, "Diversity").
 *
 * @param layer whose channels are compared
 */
public record Diversity(String layer) implements Objective {
  private static final double SMALLEST = 1e-12;

  @Override
  public Objective select(int... images) {
    return this;
  }

  @Override
  public Set<String> layers() {
    return Set.of(layer);
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor value = activations.maps(layer);
    long images = value.size(0);
    if (images == 1) {
      return Activations.perImage(value.mul(0));
    }
    Tensor maps = value.reshape(images, value.size(1), -1);
    Tensor gram = maps.matmul(maps.transpose(1, 2)).reshape(images, -1);
    Tensor unit = gram.div(gram.square().sum(1).add(SMALLEST).sqrt());
    Tensor cosines = unit.matmul(unit.transpose(0, 1));
    Tensor others = cosines.sum(1).reshape(images).sub(1); // without the cosine with itself
    return others.div((double) images - 1).neg();
  }
}
