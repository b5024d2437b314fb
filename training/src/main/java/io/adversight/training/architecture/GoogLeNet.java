package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.graph.operator.Normalization;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * Nine inception modules (Szegedy et al. 2015, table 1), without the auxiliary classifiers and
 * dropout.
 */
public record GoogLeNet() implements Architecture {
  /** Outputs of 1 x 1; before and after 3 x 3; before and after 5 x 5; after pooling. */
  private static final int[][] MODULES = {
    {64, 96, 128, 16, 32, 32},
    {128, 128, 192, 32, 96, 64},
    {192, 96, 208, 16, 48, 64},
    {160, 112, 224, 24, 64, 64},
    {128, 128, 256, 24, 64, 64},
    {112, 144, 288, 32, 64, 64},
    {256, 160, 320, 32, 128, 128},
    {256, 160, 320, 32, 128, 128},
    {384, 192, 384, 48, 128, 128}
  };

  private static final String[] NAMES = {"3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"};

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = relu(plan, "1", "pixels", 64, 7, 2);
    last = halved(plan, "pool1", last);
    last = normalized(plan, "lrn1", last);
    last = relu(plan, "2_reduce", last, 64, 1, 1);
    last = normalized(plan, "lrn2", relu(plan, "2", last, 192, 3, 1));
    last = halved(plan, "pool2", last);
    for (int i = 0; i < NAMES.length; i++) {
      last = inception(plan, NAMES[i], last, MODULES[i]);
      if (NAMES[i].equals("3b") || NAMES[i].equals("4e")) {
        last = halved(plan, "pool" + NAMES[i], last);
      }
    }
    last = plan.flatten("features", plan.globalAveragePool("gap", last));
    return plan.graph(plan.dense("logits", last, classes));
  }

  private static String inception(GraphBuilder plan, String name, String from, int[] outputs) {
    String one = relu(plan, name + "_1x1", from, outputs[0], 1, 1);
    String three = relu(plan, name + "_3x3_reduce", from, outputs[1], 1, 1);
    String five = relu(plan, name + "_5x5_reduce", from, outputs[3], 1, 1);
    String pool = plan.maxPool("pool" + name, from, 3, 1, 1, false);
    return plan.concat(
        "inception" + name,
        one,
        relu(plan, name + "_3x3", three, outputs[2], 3, 1),
        relu(plan, name + "_5x5", five, outputs[4], 5, 1),
        relu(plan, name + "_pool", pool, outputs[5], 1, 1));
  }

  private static String relu(
      GraphBuilder plan, String place, String from, int outputs, int kernel, int stride) {
    return plan.relu("relu" + place, plan.biased("conv" + place, from, outputs, kernel, stride));
  }

  private static String halved(GraphBuilder plan, String name, String from) {
    return plan.maxPool("half_" + name, from, 3, 2, 0, true);
  }

  private static String normalized(GraphBuilder plan, String name, String from) {
    return plan.apply(name, new Normalization.LRN(5, 1e-4, 0.75, 1), plan.channels(from), from);
  }
}
