package io.adversight.attribution.relevance;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.attribution.internal.NetworkGraph;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.backward.LrpRules;
import io.adversight.graph.operator.Linear;
import io.adversight.input.InputException;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.List;

/** The last step of relevance propagation, by rules of the pixels: through the first layer. */
record FirstLayer(GraphClassifier classifier, Node node, Linear operator) {
  /**
   * The layer that reads the pixels.
   *
   * @throws IllegalArgumentException if there is not exactly one linear layer that does
   */
  static FirstLayer of(Classifier classifier) {
    GraphClassifier known = NetworkGraph.of(classifier, "this composite of relevance propagation");
    Graph graph = known.graph();
    List<Node> readers =
        graph.nodes().stream().filter(node -> node.inputs().contains(graph.input())).toList();
    if (readers.size() == 1 && readers.get(0).operator() instanceof Linear linear) {
      return new FirstLayer(known, readers.get(0), linear);
    }
    throw new InputException(
        "a rule of its own for the first layer needs one convolution or dense layer that reads the pixels, but in \"%s\" they are read by %s; use a composite without one, such as EPSILON_PLUS"
            .formatted(
                classifier.card().name(),
                readers.stream().map(n -> n.name() + " (" + n.operator().type() + ")").toList()));
  }

  /** The pixels' relevance, (N, C, H, W). */
  Tensor relevance(Trace trace, Objective objective, LrpRules rules, LrpComposite.First rule) {
    Tensor outputs = trace.activation(node.name());
    Tensor relevance = outputs.mul(trace.gradient(node.name(), objective, rules));
    Tensor input = classifier.networkInput(trace.pixels());
    Tensor own =
        rule == LrpComposite.First.FLAT ? flat(input, relevance) : box(trace, input, relevance);
    boolean reversed = classifier.card().preprocessing().channels() == ChannelOrder.BGR;
    return reversed ? own.flip(1) : own;
  }

  /** R_i = sum over outputs of R_j / (number of inputs of j). */
  private Tensor flat(Tensor input, Tensor relevance) {
    Tensor ones = weight().fullLike(1);
    Tensor leaf = input.fullLike(1).leaf();
    Tensor counts = operator.forward(List.of(leaf, ones));
    return back(counts, relevance.div(counts.detach()), leaf);
  }

  /** R_i = sum of (x_i w - l_i w+ - h_i w-) / z R_j (Montavon et al. 2017, equation 15). */
  private Tensor box(Trace trace, Tensor input, Tensor relevance) {
    Tensor positive = weight().relu();
    Tensor negative = weight().neg().relu().neg();
    Tensor x = input.leaf();
    Tensor low = classifier.preprocess(trace.pixels().fullLike(0)).leaf();
    Tensor high = classifier.preprocess(trace.pixels().fullLike(1)).leaf();
    Tensor all = operator.forward(List.of(x, weight()));
    Tensor lows = operator.forward(List.of(low, positive));
    Tensor highs = operator.forward(List.of(high, negative));
    Tensor z = all.sub(lows).sub(highs).detach();
    Tensor share = LayerMaps.quotient(relevance, z);
    return x.mul(back(all, share, x))
        .sub(low.mul(back(lows, share, low)))
        .sub(high.mul(back(highs, share, high)))
        .detach();
  }

  private Tensor weight() {
    Tensor weight = classifier.graph().constants().get(node.inputs().get(1));
    if (weight == null) {
      throw new InputException(
          "the weights of layer \"%s\" are not constant".formatted(node.name()));
    }
    return weight;
  }

  private static Tensor back(Tensor output, Tensor weights, Tensor input) {
    return Gradients.of(output, weights, List.of(input), Gradients.Recording.FREE).get(0);
  }
}
