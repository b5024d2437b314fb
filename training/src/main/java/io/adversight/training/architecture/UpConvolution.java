package io.adversight.training.architecture;

import io.adversight.graph.Graph;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Resampling;
import io.adversight.input.InputException;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Shape;
import java.util.List;

/**
 * A network from a layer's code to an image (Dosovitskiy and Brox 2016, table 7, with enlargement
 * and convolution in the place of up-convolutions): the maps are doubled until they have the
 * image's size, each time with half as many channels, at least 16.
 *
 * @param width channels of the first convolution
 */
public record UpConvolution(int width) {
  private static final double SLOPE = 0.2;
  private static final int NARROWEST = 16;

  /**
   * The untrained network.
   *
   * @param code shape of one code, (1, C, H, W)
   * @throws IllegalArgumentException if the code has no maps, or maps larger than the image
   */
  public Graph graph(Shape code, Input image, Rng rng) {
    if (code.rank() != 4 || code.size(2) > image.height() || code.size(3) > image.width()) {
      throw new InputException(
          "a decoder needs a layer of maps no larger than the image, but this one is " + code);
    }
    GraphBuilder plan = new GraphBuilder("code", (int) code.size(1), rng);
    return plan.graph(behind(plan, "", "code", code.size(2), code.size(3), image));
  }

  /**
   * Adds the layers behind maps; returns the last one, {@code image}.
   *
   * @param prefix of the names of all other layers
   * @param rows of the maps
   * @param columns of the maps
   */
  String behind(
      GraphBuilder plan, String prefix, String from, long rows, long columns, Input image) {
    String last = block(plan, prefix, 0, from, width);
    long height = rows;
    long across = columns;
    for (int i = 1; height < image.height() || across < image.width(); i++) {
      double taller = Math.min(2, (double) image.height() / height);
      double wider = Math.min(2, (double) image.width() / across);
      height = Math.min(2 * height, image.height());
      across = Math.min(2 * across, image.width());
      String up = prefix + "up" + i;
      String larger = plan.apply(up, enlarged(taller, wider), plan.channels(last), last);
      last = block(plan, prefix, i, larger, Math.max(NARROWEST, width >> i));
    }
    String logits = plan.biased(prefix + "pixels", last, image.channels(), 3, 1);
    return plan.sigmoid("image", logits);
  }

  private static Resampling.Resize enlarged(double down, double across) {
    double rounding = 1 + 1e-6; // sizes are rounded down
    return new Resampling.Resize(
        List.of(down == 2 ? down : down * rounding, across == 2 ? across : across * rounding),
        List.of(),
        Resampling.Mode.LINEAR,
        Resampling.Coordinates.HALF_PIXEL,
        Resampling.Rounding.ROUND_PREFER_FLOOR);
  }

  private static String block(GraphBuilder plan, String prefix, int i, String from, int outputs) {
    String norm =
        plan.norm(prefix + "norm" + i, plan.conv(prefix + "conv" + i, from, outputs, 3, 1));
    return plan.apply(prefix + "act" + i, new Activation.LeakyRelu(SLOPE), outputs, norm);
  }
}
