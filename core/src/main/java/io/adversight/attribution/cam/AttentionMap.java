package io.adversight.attribution.cam;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The maps of a network with attention pooling (Girdhar and Ramanan 2017, section 3.1): its scores
 * are the pooled products of a top-down map per class and a bottom-up map that belongs to none. The
 * maps of the classes are weighted by the gradient of the objective with respect to them.
 *
 * @param part which map
 */
@Doc("Attention map")
@Paper("girdhar2017")
public record AttentionMap(@Doc("which map: combined, top-down or bottom-up") Part part)
    implements Attribution {
  /** The maps of attention pooling. */
  public enum Part {
    /** The product of both. */
    COMBINED,
    /** That of the class. */
    TOP_DOWN,
    /** That of no class. */
    BOTTOM_UP
  }

  /** The product, which makes the score. */
  public AttentionMap() {
    this(Part.COMBINED);
  }

  /** The layers of attention pooling. */
  private record Layers(String combined, String topDown, String bottomUp) {
    static Layers of(Classifier classifier) {
      String pooled = Cam.pooled(classifier);
      Graph graph = NetworkGraph.of(classifier, "attention-map").graph();
      Optional<Node> product =
          NetworkGraph.node(graph, pooled)
              .filter(node -> node.operator() instanceof Arithmetic.Mul)
              .filter(node -> node.inputs().stream().noneMatch(graph.constants()::containsKey));
      if (product.isEmpty()) {
        throw without(classifier, "layer \"%s\" is no product of two maps".formatted(pooled));
      }
      List<String> inputs = product.get().inputs();
      long first = channels(classifier, inputs.get(0));
      long second = channels(classifier, inputs.get(1));
      if (Math.min(first, second) != 1) {
        throw without(classifier, "none of the maps %s has one channel".formatted(inputs));
      }
      return second == 1
          ? new Layers(pooled, inputs.get(0), inputs.get(1))
          : new Layers(pooled, inputs.get(1), inputs.get(0));
    }

    private static long channels(Classifier classifier, String layer) {
      Shape shape = classifier.layer(layer).shape();
      return shape.rank() == 4 ? shape.size(1) : 0;
    }
  }

  private static IllegalArgumentException without(Classifier classifier, String found) {
    return new InputException(
        "attention-map needs a network with attention pooling (adversight train aviary-attention"
            + " makes one), but in"
            + " \"%s\" %s".formatted(classifier.card().name(), found));
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Layers layers = Layers.of(trace.classifier());
    if (part == Part.BOTTOM_UP) {
      return LayerMaps.activation(trace, layers.bottomUp());
    }
    LayerMaps combined = LayerMaps.of(trace, layers.combined(), objective);
    Tensor weights = combined.gradient().sum(2, 3);
    return LayerMaps.weighted(
        weights,
        part == Part.COMBINED
            ? combined.activation()
            : LayerMaps.activation(trace, layers.topDown()));
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return part == Part.BOTTOM_UP ? List.of() : List.of(Layers.of(classifier).combined());
  }
}
