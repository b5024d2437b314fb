package io.adversight.attribution.internal;

import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;
import java.util.List;

/** Pixels as the network sees them. */
public final class NetworkInput {
  private NetworkInput() {}

  /**
   * The pixels, counted from the one that the network sees as 0: times the gradient with respect to
   * the pixels, that is the network's input times the gradient with respect to it.
   */
  public static Tensor counted(Trace trace) {
    List<Double> zero = trace.classifier().card().preprocessing().zero();
    double[] values = zero.stream().mapToDouble(Double::doubleValue).toArray();
    Tensor pixels = trace.pixels();
    return pixels.sub(Tensor.of(values, 1, values.length, 1, 1).like(pixels));
  }
}
