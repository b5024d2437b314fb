package io.adversight.model;

import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a network whose file leaves the channels or the size of its images open: the first usual
 * ones that fit its weights are taken.
 *
 * @param channels that may be, the likeliest first
 * @param heights that may be, the likeliest first
 * @param widths as many, each with the height of its place
 * @param layout of the input
 */
record OpenInput(
    List<Integer> channels, List<Integer> heights, List<Integer> widths, AxisOrder layout) {
  /** Of a convolutional network any will do; the positions of a transformer fit one alone. */
  private static final List<Integer> USUAL =
      List.of(224, 256, 384, 299, 336, 448, 512, 518, 192, 160, 128, 96, 64, 32, 28);

  OpenInput {
    channels = List.copyOf(channels);
    heights = List.copyOf(heights);
    widths = List.copyOf(widths);
  }

  /** A network and the images for which it was read. */
  record Fitting(ImportedModel model, Input input) {}

  /**
   * The input that a file declares.
   *
   * @param shape of four axes, -1 where the file leaves it open
   * @param order of the channels, where it is known
   * @param given height and width, where they are known
   */
  static OpenInput of(
      List<Long> shape, AxisOrder layout, Optional<ChannelOrder> order, Optional<Integer> given) {
    boolean first = layout == AxisOrder.NCHW;
    long channels = shape.get(first ? 1 : 3);
    long height = shape.get(first ? 2 : 1);
    long width = shape.get(first ? 3 : 2);
    List<Integer> usual = given.map(List::of).orElse(height > 0 && width > 0 ? List.of(0) : USUAL);
    return new OpenInput(
        order
            .map(known -> List.of(known.channels()))
            .orElse(channels > 0 ? List.of(channels == 1 ? 1 : 3) : List.of(3, 1)),
        usual.stream().map(side -> side(given, height, side)).toList(),
        usual.stream().map(side -> side(given, width, side)).toList(),
        layout);
  }

  private static int side(Optional<Integer> given, long declared, int usual) {
    return given.orElse(declared > 0 ? (int) declared : usual);
  }

  /**
   * Reads the network.
   *
   * @throws ModelFormatException the first one if it can be read for none of the sizes
   */
  Fitting read(Path file, ImportOptions options) {
    ModelFormatException first = null;
    int tried = 0;
    for (int count : channels) {
      for (int i = 0; i < heights.size(); i++) {
        Input input = new Input(count, heights.get(i), widths.get(i));
        try {
          return new Fitting(OnnxImporter.read(file, options.image(shape(input))), input);
        } catch (ModelFormatException e) {
          first = first == null ? e : first;
          tried++;
          if (tried == 2 && String.valueOf(e.getMessage()).equals(first.getMessage())) {
            throw e; // what is wrong does not depend on the size
          }
        }
      }
    }
    throw failed(file, first);
  }

  private ModelFormatException failed(Path file, @Nullable ModelFormatException first) {
    if (first == null || heights.size() == 1) {
      return first == null ? new ModelFormatException(file.toString(), "no size fits") : first;
    }
    return new ModelFormatException(
        file.toString(),
        "the file leaves the size of its images open, and none of the usual ones fits: give it (--size; in the lab, the side of its images; with %s x %s: %s)"
            .formatted(
                heights.get(0),
                widths.get(0),
                String.valueOf(first.getMessage()).replace(file + ": ", "")));
  }

  /** The shape (1, ...) of one image. */
  Shape shape(Input input) {
    return layout == AxisOrder.NCHW
        ? Shape.of(1, input.channels(), input.height(), input.width())
        : Shape.of(1, input.height(), input.width(), input.channels());
  }
}
