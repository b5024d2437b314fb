package io.adversight.attribution;

/** What is seen where a superpixel is hidden. */
public enum Absent {
  /** The superpixel's own mean colour. */
  MEAN_COLOR,
  /** Black. */
  BLACK,
  /** Grey, 0.5. */
  GREY
}
