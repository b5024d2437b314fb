package io.adversight.graph;

import java.util.List;

/**
 * A network read from a file.
 *
 * @param graph the network, ready to run on the processor
 * @param inputShape as the file declares it, the batch first; -1 where the file leaves it open
 * @param opset version of the ONNX operator set
 * @param endsInSoftmax whether the outputs are probabilities instead of logits
 */
public record ImportedModel(Graph graph, List<Long> inputShape, int opset, boolean endsInSoftmax) {
  public ImportedModel {
    inputShape = List.copyOf(inputShape);
  }
}
