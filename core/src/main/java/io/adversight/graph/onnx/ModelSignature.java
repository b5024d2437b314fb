package io.adversight.graph.onnx;

import java.util.List;

/**
 * What a file declares of its network, known without reading the network.
 *
 * @param inputShape of the images' input, the batch first; -1 where the file leaves it open
 * @param outputs the names of the outputs that can be scores of classes
 * @param labels names of classes that the file brings along; empty if it has none
 */
public record ModelSignature(List<Long> inputShape, List<String> outputs, List<String> labels) {
  public ModelSignature {
    inputShape = List.copyOf(inputShape);
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
  }
}
