package io.adversight.evaluation.robustness;

import io.adversight.image.Raster;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What became of one image that should show another class.
 *
 * @param label its class
 * @param target the class that it shall show
 * @param outcomes one per method, in their order
 * @param typeOnePath the walk of the Type I attack
 * @param transitionPath the walk that ignores the attacked network
 * @param mapOfCompanion similarity of its explanation to that of another image of its class; NaN
 *     where there is none
 * @param mapOfTarget similarity of its explanation to that of an image of the target
 * @param mapOfOtherClass similarity of its explanation to that of the target class on the same
 *     image
 * @param example the image that the Type I attack made
 */
public record TypeOneResult(
    int label,
    int target,
    List<Outcome> outcomes,
    List<FrameNumbers> typeOnePath,
    List<FrameNumbers> transitionPath,
    double mapOfCompanion,
    double mapOfTarget,
    double mapOfOtherClass,
    Raster example) {
  public TypeOneResult {
    outcomes = List.copyOf(outcomes);
    typeOnePath = List.copyOf(typeOnePath);
    transitionPath = List.copyOf(transitionPath);
  }

  /** How an image was made. */
  public enum Method {
    /** By the attack. */
    TYPE_ONE("Type I attack"),
    /** By the same walk without the attacked network. */
    TRANSITION("transition"),
    /**
     * By the first share, in steps of 1/20, of the way to an image of the target, at which the
     * attacked network keeps the label and the oracles see the target; the whole way where there is
     * none.
     */
    PIXEL_INTERPOLATION("interpolation of pixels"),
    /** By such a share of the way between the codes of the two images. */
    LATENT_INTERPOLATION("interpolation of codes");

    private final String words;

    Method(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * The image made by one method.
   *
   * @param method how
   * @param predicted by the attacked network
   * @param kept whether the attacked network predicts the label although the image changed
   * @param votes oracles that predict the target
   * @param seen whether these are most oracles
   * @param pixelDistance L2 distance from the original
   * @param latentDistance L2 distance of the codes
   * @param mapSimilarity of the explanation to the original's
   */
  public record Outcome(
      Method method,
      int predicted,
      boolean kept,
      int votes,
      boolean seen,
      double pixelDistance,
      double latentDistance,
      double mapSimilarity) {
    /** Whether the attacked network is fooled: it keeps the label and most oracles do not. */
    public boolean succeeds() {
      return kept && seen;
    }
  }

  /** What one method made. */
  public Outcome of(Method method) {
    return outcomes.stream()
        .filter(outcome -> outcome.method() == method)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no image was made by " + method));
  }
}
