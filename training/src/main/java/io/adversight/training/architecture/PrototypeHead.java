package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Reduction;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * A decision by the likeness of patches to prototypes (Chen et al. 2019, section 2.1). The features
 * pass two 1 x 1 convolutions, the second with a sigmoid: layer {@code patches}. The squared
 * distances d of each patch to each prototype (layer {@code distances}) become log((d + 1) / (d +
 * 0.0001)) (layer {@code similarities}), whose largest value per prototype feeds one dense layer
 * without bias.
 *
 * @param depth elements of a prototype
 * @param perClass prototypes of each class: those of class 0 come first
 * @param prune a prototype stays if that many of the six training patches nearest to it, one per
 *     image, belong to its class (appendix 4); 0 keeps all
 */
public record PrototypeHead(int depth, int perClass, int prune) implements Head {
  public static final String PATCHES = "patches";
  public static final String PROTOTYPES = "prototypes";
  public static final String DISTANCES = "distances";
  public static final String LAST = "last.weight";
  private static final double EPSILON = 1e-4;
  private static final double WRONG = -0.5;

  public PrototypeHead {
    Check.atLeast(1, depth, "depth");
    Check.atLeast(1, perClass, "perClass");
    Check.within(0, 6, prune, "prune");
  }

  @Override
  public String behind(GraphBuilder plan, String features, int classes) {
    String added = plan.relu("relu_added", plan.biased("added1", features, depth, 1, 1));
    plan.sigmoid(PATCHES, plan.biased("added2", added, depth, 1, 1));
    int count = classes * perClass;
    float[] first = plan.rng().split(-1).uniform(count * depth, 0, 1);
    plan.constant(PROTOTYPES, Tensor.of(first, count, depth, 1, 1));
    plan.constant(LAST, connections(classes));
    similarities(plan, count);
    Linear dense = new Linear.Gemm(1, 1, false, true);
    plan.apply("nearest", new Pooling.GlobalMaxPool(), count, "similarities");
    return plan.apply("logits", dense, classes, plan.flatten("evidence", "nearest"), LAST);
  }

  /** |z - p|^2 = |z|^2 - 2 z p + |p|^2, and what follows from it. */
  private void similarities(GraphBuilder plan, int count) {
    Arithmetic times = new Arithmetic.Mul();
    Arithmetic plus = new Arithmetic.Add();
    List<Long> ones = List.of(1L, 1L);
    List<Long> none = List.of(0L, 0L, 0L, 0L);
    plan.apply("squares", times, depth, PATCHES, PATCHES);
    plan.apply("lengths", new Reduction.ReduceSum(List.of(1), true), 1, "squares");
    plan.apply("products", new Linear.Conv(ones, none, ones, 1), count, PATCHES, PROTOTYPES);
    plan.apply("prototype_squares", times, depth, PROTOTYPES, PROTOTYPES);
    Reduction sum = new Reduction.ReduceSum(List.of(1), false);
    plan.apply("prototype_lengths", sum, count, "prototype_squares");
    plan.apply("doubled", times, count, "products", plan.number("two", 2));
    plan.apply("differences", new Arithmetic.Sub(), count, "lengths", "doubled");
    plan.apply("sums", plus, count, "differences", "prototype_lengths");
    plan.relu(DISTANCES, "sums");
    plan.plus("above", DISTANCES, 1);
    plan.plus("below", DISTANCES, EPSILON);
    plan.apply("ratio", new Arithmetic.Div(), count, "above", "below");
    plan.apply("similarities", new Activation.Log(), count, "ratio");
  }

  /** 1 from a prototype to its class, -0.5 to all others (section 2.2). */
  private Tensor connections(int classes) {
    float[] weights = new float[classes * classes * perClass];
    for (int i = 0; i < weights.length; i++) {
      int owner = i % (classes * perClass) / perClass;
      weights[i] = owner == i / (classes * perClass) ? 1 : (float) WRONG;
    }
    return Tensor.of(weights, classes, (long) classes * perClass);
  }
}
