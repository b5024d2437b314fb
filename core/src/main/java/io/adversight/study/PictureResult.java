package io.adversight.study;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.model.Prediction;
import io.adversight.study.picture.Picture;
import java.util.List;

/**
 * All that a study found about one picture.
 *
 * @param picture the original
 * @param label the class attacks lead away from: the picture's own, or the predicted one
 * @param prediction of the original
 * @param explanations of the original, one per method
 * @param prototypes those that speak most for the explained class; empty if the network has none
 * @param attacked for each attack in turn, one result per epsilon
 */
public record PictureResult(
    Picture picture,
    int label,
    Prediction prediction,
    List<Explained> explanations,
    List<PrototypeMatch> prototypes,
    List<Attacked> attacked) {
  public PictureResult {
    explanations = List.copyOf(explanations);
    prototypes = List.copyOf(prototypes);
    attacked = List.copyOf(attacked);
  }
}
