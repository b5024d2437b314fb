package io.adversight.visualization.patch;

import io.adversight.graph.BackwardRules;
import io.adversight.image.Raster;
import io.adversight.model.Activations;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * How a neuron is mapped back to the image: the gradient of its layer is set to 0 but for a 1 at
 * the neuron, and passed back by a rule.
 */
public enum NeuronProjection {
  /** The true gradient (Simonyan et al. 2014). */
  GRADIENT,
  /** Zeiler and Fergus 2014, section 2.1. */
  DECONVNET,
  /** Springenberg et al. 2015, section 3.4. */
  GUIDED;

  private BackwardRules rules() {
    return switch (this) {
      case GRADIENT -> BackwardRules.STANDARD;
      case DECONVNET -> BackwardRules.DECONVNET;
      case GUIDED -> BackwardRules.GUIDED;
    };
  }

  /** The signed projections of an objective, one per image, in the images' shape. */
  public List<Raster> of(Objective objective, Classifier classifier, List<Raster> images) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = Batches.of(images).to(classifier.device()).leaf();
      Activations activations =
          classifier.forward(leaf, rules(), objective.layers(), objective.readsLogits());
      return Batches.rasters(Gradients.of(objective.values(activations), leaf));
    }
  }

  /** A projection as an image: 0 becomes grey, the largest absolute value black or white. */
  public static Raster shown(Raster projection) {
    double largest = Math.max(Math.max(projection.max(), -projection.min()), Float.MIN_NORMAL);
    return Raster.generate(
        projection.channels(),
        projection.height(),
        projection.width(),
        (c, y, x) -> 0.5 + projection.at(c, y, x) / (2 * largest));
  }
}
