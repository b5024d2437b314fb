package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * The convolutions of LeNet-5 (LeCun et al. 1998, figure 2) with ReLU and max pooling, and global
 * average pooling in place of its dense layers, so that class activation maps are exact.
 */
public record LeNet() implements Architecture {
  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = plan.relu("relu1", plan.biased("conv1", "pixels", 6, 5, 1));
    last = plan.maxPool("pool1", last, 2);
    last = plan.relu("relu2", plan.conv("conv2", last, 16, 5, 1, 0, 1, true));
    last = plan.maxPool("pool2", last, 2);
    last = plan.relu("relu3", plan.biased("conv3", last, 120, 5, 1));
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }
}
