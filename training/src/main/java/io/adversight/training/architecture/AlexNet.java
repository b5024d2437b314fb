package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * AlexNet in the one-column form of Krizhevsky 2014 for images of 224 x 224 and more; for smaller
 * ones the same five convolutions with strides of 1 and windows that fit, and dense layers of 512.
 * Without dropout.
 */
public record AlexNet() implements Architecture {
  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    boolean large = Math.min(input.height(), input.width()) >= 224;
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last =
        large
            ? plan.conv("conv1", "pixels", 64, 11, 4, 2, 1, true)
            : plan.biased("conv1", "pixels", 64, 5, 1);
    last = pool(plan, "pool1", plan.relu("relu1", last));
    last = plan.relu("relu2", plan.biased("conv2", last, 192, 5, 1));
    last = pool(plan, "pool2", last);
    last = plan.relu("relu3", plan.biased("conv3", last, 384, 3, 1));
    last = plan.relu("relu4", plan.biased("conv4", last, 256, 3, 1));
    last = plan.relu("relu5", plan.biased("conv5", last, 256, 3, 1));
    last = pool(plan, "pool5", last);
    int height = large ? pooled((input.height() - 7) / 4 + 1) : pooled(input.height());
    int width = large ? pooled((input.width() - 7) / 4 + 1) : pooled(input.width());
    last = plan.flattenMaps("maps", last, height * width);
    last = plan.relu("relu6", plan.dense("dense6", last, large ? 4096 : 512));
    last = plan.relu("relu7", plan.dense("dense7", last, large ? 4096 : 512));
    return plan.graph(plan.dense("logits", last, classes));
  }

  private static String pool(GraphBuilder plan, String name, String from) {
    return plan.maxPool(name, from, 3, 2, 0, false);
  }

  /** What three poolings leave. */
  private static int pooled(int size) {
    int left = size;
    for (int i = 0; i < 3; i++) {
      left = (left - 3) / 2 + 1;
    }
    return left;
  }
}
