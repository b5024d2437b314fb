package io.adversight.visualization;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Objective;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.objective.Evidence;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.transformation.Transformations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether the network takes a class visualisation for the class.
 *
 * @param plain the class's probability
 * @param transformed its mean over 16 draws of {@link FeatureVisualization#robust}
 */
public record Recognition(double plain, double transformed) {
  private static final int DRAWS = 16;
  private static final long SEED = 1;

  /** The recognition of an image made for one class; empty for other objectives. */
  public static Optional<Recognition> of(Objective objective, ImageBatch batch, Raster image) {
    List<Integer> classes = classes(objective);
    return classes.size() == 1 ? Optional.of(of(classes.get(0), batch, image)) : Optional.empty();
  }

  private static List<Integer> classes(Objective objective) {
    if (objective instanceof Evidence evidence) {
      return evidence.classes();
    }
    if (objective instanceof Objective.Logit logit) {
      return logit.classes();
    }
    return objective instanceof Objective.Probability probability
        ? probability.classes()
        : List.of();
  }

  private static Recognition of(int index, ImageBatch batch, Raster image) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor one = Batches.of(List.of(image)).to(batch.classifier().device());
      List<SplittableRandom> randoms = new ArrayList<>();
      for (int i = 0; i < DRAWS; i++) {
        randoms.add(new Rng(SEED).split(i).generator());
      }
      Tensor many =
          Transformations.apply(FeatureVisualization.robust(), one.repeat(DRAWS, 1, 1, 1), randoms);
      return new Recognition(probabilities(batch, one, index), probabilities(batch, many, index));
    }
  }

  private static double probabilities(ImageBatch batch, Tensor images, int index) {
    Tensor probabilities = batch.classifier().logits(images).softmax(1);
    return probabilities.narrow(1, index, 1).mean().item();
  }
}
