package io.adversight.training.architecture;

/**
 * Global average pooling and one dense layer, so that class activation maps (Zhou et al. 2016,
 * section 2) are exact at the features.
 */
public record DenseHead() implements Head {
  @Override
  public String behind(GraphBuilder plan, String features, int classes) {
    String pooled = plan.flatten("features", plan.globalAveragePool("gap", features));
    return plan.dense("logits", pooled, classes);
  }
}
