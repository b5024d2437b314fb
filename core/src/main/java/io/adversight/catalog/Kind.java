package io.adversight.catalog;

/** What an entry of the catalogue does. */
public enum Kind {
  BOUNDED_ATTACK("attack", "Attacks inside a ball"),
  GRADIENT_TRANSFORM("gradient transform", "Gradient transforms, the parts of `transfer-fgsm`"),
  MINIMAL_ATTACK("attack", "Attacks that look for the nearest adversarial image"),
  TRANSFORM_ATTACK("attack", "Attacks that transform the image as a whole"),
  UNIVERSAL_ATTACK("attack", "Attacks with one change for all images"),
  CORRUPTION("corruption", "What happens to an image on its way to a network"),
  DISTANCE_BOUND("estimate", "Estimates of the distance to the nearest adversarial image"),
  IMAGE_GENERATOR("generator", "Images made from nothing"),
  ATTRIBUTION("method", "Explanations"),
  DEFENSE("defense", "What is done to an image before it is classified"),
  IMAGE_SALIENCY("method", "Saliency of the image, without a network"),
  MAP_SIMILARITY("measure", "Similarity of maps"),
  IMAGE_DISTANCE("measure", "Distance of images and maps"),
  MAP_DIFFERENCE("difference", "What changed between two maps"),
  MAP_STATISTIC("statistic", "Numbers of one map"),
  MASK_SCORE("statistic", "How well a map falls onto the object"),
  FAITHFULNESS("measure", "How faithful explanations are to the network"),
  EXPLANATION_ATTACK("attack on the explanation", "Attacks on the explanation"),
  DETECTION_SCORE("score", "Scores that tell adversarial images from clean ones"),
  PARAMETERIZATION("parameterisation", "What an optimised image is made of"),
  TRANSFORMATION("transformation", "What happens before the network sees an optimised image"),
  OPTIMIZER("optimiser", "How an optimised image follows the gradient"),
  REGULARIZER("regulariser", "What keeps an optimised image from becoming noise");

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
