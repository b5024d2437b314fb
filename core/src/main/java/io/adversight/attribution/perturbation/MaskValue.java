package io.adversight.attribution.perturbation;

/** What is seen where a superpixel is hidden. */
public enum MaskValue {
  /** The superpixel's own mean colour. */
  MEAN_COLOR,
  /** Black. */
  BLACK,
  /** Grey, 0.5. */
  GREY
}
