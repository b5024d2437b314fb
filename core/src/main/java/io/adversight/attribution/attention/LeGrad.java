package io.adversight.attribution.attention;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.ChannelReduction;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.Layer;
import io.adversight.graph.Node;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.input.InputException;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * LeGrad: the tokens behind each block go straight to the head of the network, and the positive
 * gradient of that score with respect to the block's own attention, averaged over heads and
 * queries, is the block's map (Bousselham et al. 2024, section 3); the mean over all blocks, scaled
 * to [0, 1].
 */
@Doc("LeGrad")
@Paper("bousselham2024")
public record LeGrad() implements Attribution {
  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    TokenAttention attention = TokenAttention.of(trace.classifier(), "le-grad");
    GraphClassifier network = attention.network();
    List<String> outputs = outputs(attention);
    String last = outputs.get(outputs.size() - 1);
    try (Scope scope = Scope.open()) {
      run.countForward();
      Activations pass =
          network.forwardFrom(
              Set.copyOf(attention.layers()), trace.pixels(), BackwardRules.STANDARD);
      List<Tensor> maps = new ArrayList<>();
      for (int block = 0; block < outputs.size(); block++) {
        run.checkCancelled();
        Tensor tokens = pass.layer(outputs.get(block));
        Activations head =
            network.forwardGiven(last, tokens, trace.pixels(), objective.readsLayers());
        Tensor weights = pass.layer(attention.layers().get(block));
        run.countBackward();
        Tensor gradient =
            Gradients.of(objective.values(head), List.of(weights), Gradients.Recording.KEEP).get(0);
        Tensor mean = attention.blocks().get(block).byHead(gradient).relu().mean(1, 2).squeeze(1);
        maps.add(attention.places(mean));
      }
      return scope.keep(scaled(Tensor.stack(maps, 0).mean(0).squeeze(0)));
    }
  }

  /** Each map from 0 to 1; a constant map is 0. */
  private static Tensor scaled(Tensor maps) {
    Tensor low = maps.minPerImage();
    Tensor range = maps.maxPerImage().sub(low);
    Tensor flat = range.le(0);
    return maps.sub(low).div(flat.choose(range.fullLike(1), range));
  }

  /** For each block the layer of its tokens: the last sum of two activations before the next. */
  private static List<String> outputs(TokenAttention attention) {
    GraphClassifier network = attention.network();
    Graph graph = network.graph();
    Set<String> sums = new HashSet<>();
    for (Layer layer : network.layers()) {
      if (layer.hasMaps()) {
        sums.add(layer.name());
      }
    }
    List<String> outputs = new ArrayList<>();
    String last = "";
    for (Node node : graph.nodes()) {
      if (attention.layers().indexOf(node.name()) > 0) {
        outputs.add(last);
      }
      boolean residual =
          node.operator().ofOneImage() instanceof Arithmetic.Add
              && node.inputs().stream().noneMatch(graph.constants()::containsKey);
      if (residual && sums.contains(node.name())) {
        last = node.name();
      }
    }
    outputs.add(last);
    if (outputs.contains("")) {
      throw new InputException(
          "le-grad needs residual connections around the attention, but \"%s\" has none"
              .formatted(network.card().name()));
    }
    return outputs;
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    TokenAttention.of(classifier, "le-grad");
    return List.of();
  }
}
