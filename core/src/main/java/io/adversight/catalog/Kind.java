package io.adversight.catalog;

/** What an entry of the catalogue does. */
public enum Kind {
  BOUNDED_ATTACK("attack", "Bounded attacks"),
  GRADIENT_TRANSFORM("gradient transform", "Gradient transforms, the parts of `transfer-fgsm`"),
  MINIMAL_ATTACK("attack", "Minimum-norm attacks"),
  TRANSFORM_ATTACK("attack", "Image transformation attacks"),
  UNIVERSAL_ATTACK("attack", "Universal attacks"),
  CORRUPTION("corruption", "Image corruptions"),
  DISTANCE_BOUND("estimate", "Estimates of the minimum norm"),
  IMAGE_GENERATOR("generator", "Fooling images"),
  ATTRIBUTION("method", "Explanations"),
  DEFENSE("defense", "Defences (input transformations)"),
  IMAGE_SALIENCY("method", "Image saliency, without a network"),
  MAP_SIMILARITY("measure", "Similarities of maps"),
  IMAGE_DISTANCE("measure", "Distances of images and maps"),
  MAP_DIFFERENCE("difference", "Differences of maps"),
  MAP_STATISTIC("statistic", "Statistics of one map"),
  MASK_SCORE("statistic", "Agreement of a map with an object mask"),
  FAITHFULNESS("measure", "Faithfulness of explanations"),
  EXPLANATION_ATTACK("attack on the explanation", "Attacks on the explanation"),
  DETECTION_SCORE("score", "Detection scores"),
  PARAMETERIZATION("parameterization", "Feature visualization: parameterizations"),
  TRANSFORMATION("transformation", "Feature visualization: transformations"),
  OPTIMIZER("optimizer", "Feature visualization: optimizers"),
  REGULARIZER("regularizer", "Feature visualization: regularizers");

  private final String noun;
  private final String title;

  Kind(String noun, String title) {
    this.noun = noun;
    this.title = title;
  }

  /** What a message calls one of them. */
  public String noun() {
    return noun;
  }

  /** The heading of their section. */
  public String title() {
    return title;
  }
}
