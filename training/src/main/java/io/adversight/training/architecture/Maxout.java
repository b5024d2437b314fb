package io.adversight.training.architecture;

import io.adversight.describe.Check;
import io.adversight.graph.Graph;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Reduction;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import java.util.List;

/**
 * Dense layers each of whose units is the largest of some linear functions of the layer before it
 * (Goodfellow et al. 2013, section 2), and a dense layer of logits.
 *
 * @param layers units of each maxout layer
 * @param pieces linear functions of each unit
 */
public record Maxout(List<Integer> layers, int pieces) implements Architecture {
  public Maxout {
    layers = List.copyOf(layers);
    Check.atLeast(1, layers.size(), "layers");
    layers.forEach(units -> Check.atLeast(1, units, "units of a layer"));
    Check.atLeast(2, pieces, "pieces");
  }

  @Override
  public Graph graph(Input input, int classes, Rng rng) {
    GraphBuilder plan = new GraphBuilder("pixels", input.channels(), rng);
    String last = plan.flattenMaps("flat", "pixels", input.height() * input.width());
    for (int i = 0; i < layers.size(); i++) {
      last = layer(plan, i + 1, last, layers.get(i));
    }
    return plan.graph(plan.dense("logits", last, classes));
  }

  private String layer(GraphBuilder plan, int place, String from, int units) {
    String linear = plan.dense("linear" + place, from, units * pieces);
    Layout split = new Layout.Reshape(List.of(0L, (long) units, (long) pieces), false);
    String parts = plan.apply("pieces" + place, split, units, linear);
    return plan.apply("maxout" + place, new Reduction.ReduceMax(List.of(2), false), units, parts);
  }
}
