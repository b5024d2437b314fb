package io.adversight.graph.onnx;

import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.tensor.TensorException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a network so that every image of a batch is given what it is given alone.
 *
 * <p>Files are often exported for a batch of one. They are read for batches of any size where that
 * can be done; then two images together are compared with each of them alone, unless the operators
 * rule out that images mix. A network that mixes them, or cannot be read for batches, is run image
 * by image.
 */
final class OnnxBatches {
  /** Two runs of one image may differ by rounding: this share of the largest output. */
  private static final double ROUNDING = 1e-4;

  private static final List<Long> ONE = List.of(1L);

  private final String path;
  private final long declared;
  private final Reader reader;

  /** Reads the file for given batch sizes. */
  @FunctionalInterface
  interface Reader {
    /** The network for batches of these sizes, and of any between if there are several. */
    Graph read(List<Long> batches);
  }

  /**
   * A file that was exported for batches of {@code declared} images.
   *
   * @param declared -1 if the file leaves it open
   */
  OnnxBatches(String path, long declared, Reader reader) {
    this.path = path;
    this.declared = declared;
    this.reader = reader;
  }

  /**
   * The network for batches of any size.
   *
   * @param image shape (1, ...) of one image
   * @throws ModelFormatException if it cannot be read, or only for the one batch size of its file
   */
  Graph graph(Shape image) {
    Graph many;
    try {
      many = reader.read(OnnxReading.PROBES);
    } catch (ModelFormatException e) {
      if (declared == 1) {
        return ImageByImage.of(reader.read(ONE), image);
      }
      if (declared > 1) {
        throw fixed(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    List<Shape> probes = OnnxReading.PROBES.stream().map(size -> image.with(0, size)).toList();
    if (RowWise.isCertain(many, probes)) {
      return many;
    }
    // A file for one image says exactly what that image is given; others are compared with
    // themselves.
    Graph alone = declared == 1 ? reader.read(ONE) : many;
    if (agree(many, alone, image)) {
      return many;
    }
    if (declared > 1) {
      throw fixed("its images are not independent of each other");
    }
    return ImageByImage.of(declared == 1 ? alone : reader.read(ONE), image);
  }

  private ModelFormatException fixed(String reason) {
    return new ModelFormatException(
        path,
        "the network was exported for batches of exactly %s images and cannot be taken apart; export it with a batch of 1 or an open batch (%s)"
            .formatted(declared, reason.replace(path + ": ", "")));
  }

  /** Whether two images together are given what {@code one} gives each of them. */
  private boolean agree(Graph many, Graph one, Shape image) {
    try (Scope scope = Scope.open()) {
      int size = Math.toIntExact(image.elements());
      float[] ramp = new float[size];
      for (int i = 0; i < size; i++) {
        ramp[i] = 4f * i / size - 2;
      }
      List<Tensor> images =
          List.of(
              Tensor.of(new Rng(1).uniform(size, -2, 2), image.toArray()),
              Tensor.of(ramp, image.toArray()));
      Tensor output = many.forward(Tensor.concat(images, 0));
      double[] together = output.toDoubles();
      if (output.rank() == 0 || output.size(0) != images.size()) {
        return false;
      }
      for (int i = 0; i < 2; i++) {
        double[] alone = one.forward(images.get(i)).toDoubles();
        if (together.length != 2 * alone.length
            || !isClose(
                Arrays.copyOfRange(together, i * alone.length, (i + 1) * alone.length), alone)) {
          return false;
        }
      }
      return true;
    } catch (TensorException e) {
      throw new ModelFormatException(
          path,
          "it cannot be computed for two images of shape %s: there is not enough memory"
              .formatted(image));
    }
  }

  private static boolean isClose(double[] a, double[] b) {
    double largest = Arrays.stream(b).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    for (int i = 0; i < a.length; i++) {
      boolean same = Double.compare(a[i], b[i]) == 0;
      if (!same && !(Math.abs(a[i] - b[i]) <= ROUNDING * largest)) {
        return false;
      }
    }
    return true;
  }
}
