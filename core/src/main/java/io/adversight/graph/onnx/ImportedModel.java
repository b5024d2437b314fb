package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import java.util.List;
import java.util.Map;

/**
 * A network read from a file.
 *
 * @param graph the network, ready to run on the processor
 * @param inputShape as the file declares it, the batch first; -1 where the file leaves it open
 * @param takesIntegers whether the input is declared as whole numbers, pixels in 0 to 255 for
 *     example
 * @param opset version of the ONNX operator set
 * @param endsInSoftmax whether the outputs are probabilities instead of logits
 * @param outputs the names of the outputs in the file that can be scores
 * @param metadata what the file says beyond the network, by key
 */
public record ImportedModel(
    Graph graph,
    List<Long> inputShape,
    boolean takesIntegers,
    int opset,
    boolean endsInSoftmax,
    List<String> outputs,
    Map<String, String> metadata) {
  public ImportedModel {
    inputShape = List.copyOf(inputShape);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
  }
}
