package io.adversight.evaluation.certificate;

/** How activations are bounded over a region of images. */
public enum Method {
  /** Interval bound propagation (Gowal et al. 2018): a box behind every layer. Fast and loose. */
  INTERVAL,
  /**
   * Intervals for the activations, and backward substitution of linear bounds for the margins only
   * (Zhang et al. 2020). Still fast, and much tighter.
   */
  CROWN_IBP,
  /**
   * Linear bounds by backward substitution to the pixels, for every activation whose interval does
   * not yet decide its rectifier (CROWN, Zhang et al. 2018).
   */
  CROWN,
  /** CROWN, with the slopes of the lower lines optimized for each margin (Xu et al. 2021). */
  ALPHA_CROWN
}
