package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import java.util.List;
import java.util.Map;

/** Networks of two classes, of grey images of one row and two columns. */
final class TwoClasses {
  private TwoClasses() {}

  /**
   * A network.
   *
   * @param nodes in order; the first takes "x", the last gives the logits
   */
  static GraphClassifier of(Node... nodes) {
    ModelCard card =
        ModelCard.of(
            "two",
            "two.onnx",
            new Input(1, 1, 2),
            Preprocessing.none(ChannelOrder.GRAY),
            InputResize.stretch(),
            OutputKind.LOGITS,
            2,
            new LabelSource.Numbers());
    Graph graph = new Graph("x", List.of(nodes), Map.of(), nodes[nodes.length - 1].name());
    return new GraphClassifier(card, Labels.numbers(2), graph);
  }
}
