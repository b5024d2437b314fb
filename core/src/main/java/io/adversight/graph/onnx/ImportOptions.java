package io.adversight.graph.onnx;

import io.adversight.tensor.Shape;
import java.util.Optional;

/**
 * How a network is read.
 *
 * @param foldBatchNormalization whether a BatchNormalization is merged into the layer before it
 *     where nothing else uses that layer's output; the merged layer has the normalisation's name
 * @param output which output to take where there are several; the first if empty
 * @param image shape (1, ...) of one image, for files that leave their input's size open
 * @param limits what the network may cost
 */
public record ImportOptions(
    boolean foldBatchNormalization,
    Optional<String> output,
    Optional<Shape> image,
    ImportLimits limits) {
  /** Folding on, the first output, the input's size from the file, the limits of the system. */
  public ImportOptions() {
    this(true, Optional.empty(), Optional.empty(), ImportLimits.ofSystem());
  }

  /** These options with folding on or off. */
  public ImportOptions folding(boolean fold) {
    return new ImportOptions(fold, output, image, limits);
  }

  /** These options for the output of that name. */
  public ImportOptions output(String name) {
    return new ImportOptions(foldBatchNormalization, Optional.of(name), image, limits);
  }

  /** These options for images of that shape, (1, ...). */
  public ImportOptions image(Shape shape) {
    return new ImportOptions(foldBatchNormalization, output, Optional.of(shape), limits);
  }

  /** These options with other limits. */
  public ImportOptions limits(ImportLimits other) {
    return new ImportOptions(foldBatchNormalization, output, image, other);
  }
}
