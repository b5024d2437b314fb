package io.adversight.training.architecture;

/**
 * Rank-1 second-order pooling (Girdhar and Ramanan 2017, equation 7): the score of class k is the
 * mean over positions of (X a_k) * (X b), the product of a top-down map that belongs to the class
 * and a bottom-up map that belongs to none.
 */
public record AttentionHead() implements Head {
  @Override
  public String behind(GraphBuilder plan, String features, int classes) {
    String topDown = plan.biased("top_down", features, classes, 1, 1);
    String bottomUp = plan.biased("bottom_up", features, 1, 1, 1);
    String attention = plan.product("attention", topDown, bottomUp);
    return plan.flatten("logits", plan.globalAveragePool("pooled", attention));
  }
}
