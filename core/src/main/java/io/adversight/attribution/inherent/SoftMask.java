package io.adversight.attribution.inherent;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The soft mask of a residual attention network (Wang et al. 2017, equation 3): the sigmoid M by
 * which a trunk T is weighed as (1 + M) T, or M T; its mean over the channels. It belongs to no
 * class.
 *
 * @param stage which mask, counted from the pixels
 */
@Doc("Residual attention mask")
@Paper("wang2017")
public record SoftMask(@Doc("stage of the mask, from 1 next to the pixels") int stage)
    implements Attribution {
  public SoftMask {
    Check.within(1, 100, stage, "stage");
  }

  /** The mask nearest to the pixels. */
  public SoftMask() {
    this(1);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    List<String> masks = masks(trace.classifier());
    if (stage > masks.size()) {
      throw new InputException(
          "soft-mask: \"%s\" has %s masks, so stage must be at most %s, but was %s"
              .formatted(trace.classifier().card().name(), masks.size(), masks.size(), stage));
    }
    return LayerMaps.activation(trace, masks.get(stage - 1)).mean(1);
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  /** The names of the masks, in the order of the network. */
  private static List<String> masks(Classifier classifier) {
    Graph graph = NetworkGraph.of(classifier, "soft-mask").graph();
    List<String> masks = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.operator() instanceof Activation.Sigmoid
          && classifier.layer(node.name()).isSpatial()
          && weighs(graph, node.name())) {
        masks.add(node.name());
      }
    }
    if (masks.isEmpty()) {
      throw new InputException(
          "soft-mask needs a residual attention network (adversight train aviary-residual makes one), but \"%s\" has no"
                  .formatted(classifier.card().name())
              + " sigmoid maps that weigh others");
    }
    return masks;
  }

  /** Whether a map, or it plus a number, is multiplied with another map. */
  private static boolean weighs(Graph graph, String mask) {
    for (Node user : graph.nodes()) {
      if (user.inputs().contains(mask)) {
        boolean constant = user.inputs().stream().anyMatch(graph.constants()::containsKey);
        if (user.operator() instanceof Arithmetic.Mul && !constant) {
          return true;
        }
        if (user.operator() instanceof Arithmetic.Add && constant && weighs(graph, user.name())) {
          return true;
        }
      }
    }
    return false;
  }
}
