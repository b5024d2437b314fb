package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * How a network is read.
 *
 * @param foldBatchNormalization whether a BatchNormalization is merged into the layer before it
 *     where nothing else uses that layer's output; the merged layer has the normalisation's name
 * @param output which output to take where there are several; the first if empty
 * @param image shape (1, ...) of one image, for files that leave their input's size open
 * @param input which input takes the images where there are several; the only one if empty
 * @param others numbers for the other inputs, by name: every element has that number
 * @param limits what the network may cost
 */
public record ImportOptions(
    boolean foldBatchNormalization,
    Optional<String> output,
    Optional<Shape> image,
    Optional<String> input,
    Map<String, Double> others,
    ImportLimits limits) {
  public ImportOptions {
    others = Map.copyOf(others);
  }

  /** Folding on, the first output, the input's size from the file, the limits of the system. */
  public ImportOptions() {
    this(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        ImportLimits.ofSystem());
  }

  /** These options with folding on or off. */
  public ImportOptions folding(boolean fold) {
    return new ImportOptions(fold, output, image, input, others, limits);
  }

  /** These options for the output of that name. */
  public ImportOptions output(String name) {
    return new ImportOptions(
        foldBatchNormalization, Optional.of(name), image, input, others, limits);
  }

  /** These options for images of that shape, (1, ...). */
  public ImportOptions image(Shape shape) {
    return new ImportOptions(
        foldBatchNormalization, output, Optional.of(shape), input, others, limits);
  }

  /** These options for images that enter at the input of that name. */
  public ImportOptions input(String name) {
    return new ImportOptions(
        foldBatchNormalization, output, image, Optional.of(name), others, limits);
  }

  /** These options with numbers for the other inputs. */
  public ImportOptions others(Map<String, Double> numbers) {
    return new ImportOptions(foldBatchNormalization, output, image, input, numbers, limits);
  }

  /** These options with other limits. */
  public ImportOptions limits(ImportLimits other) {
    return new ImportOptions(foldBatchNormalization, output, image, input, others, other);
  }
}
