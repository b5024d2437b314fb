package io.adversight.study;

import io.adversight.model.Prediction;
import java.util.List;

/**
 * All that a study found about one picture.
 *
 * @param picture the original
 * @param label the class attacks lead away from: the picture's own, or the predicted one
 * @param prediction of the original
 * @param explanations of the original, one per method
 * @param attacked for each attack in turn, one result per epsilon
 */
public record PictureResult(
    Picture picture,
    int label,
    Prediction prediction,
    List<Explained> explanations,
    List<Attacked> attacked) {
  public PictureResult {
    explanations = List.copyOf(explanations);
    attacked = List.copyOf(attacked);
  }
}
