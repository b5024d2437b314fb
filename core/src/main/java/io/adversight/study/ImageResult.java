package io.adversight.study;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.model.Prediction;
import io.adversight.study.image.InputImage;
import java.util.List;

/**
 * All that a study found about one image.
 *
 * @param image the original
 * @param label the class attacks lead away from: the image's own, or the predicted one
 * @param prediction of the original
 * @param explanations of the original, one per method
 * @param prototypes those that speak most for the explained class; empty if the network has none
 * @param attacked for each attack in turn, one result per epsilon
 */
public record ImageResult(
    InputImage image,
    int label,
    Prediction prediction,
    List<Explained> explanations,
    List<PrototypeMatch> prototypes,
    List<Attacked> attacked) {
  public ImageResult {
    explanations = List.copyOf(explanations);
    prototypes = List.copyOf(prototypes);
    attacked = List.copyOf(attacked);
  }
}
