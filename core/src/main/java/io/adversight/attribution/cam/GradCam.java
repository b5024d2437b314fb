package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Grad-CAM: a layer's channels, weighted by the spatial mean of their gradients: sum over k of
 * alpha_k A^k. The ReLU of the paper's equation 2 is the reduction.
 *
 * @param layer whose activations are weighted; empty for the last spatial layer
 * @param apart whether the channels stay apart in the unreduced attribution, (N, K, h, w)
 */
@Doc("Grad-CAM")
@Paper("selvaraju2017")
public record GradCam(
    @Doc("layer; empty for the last spatial one") String layer,
    @Doc("keep the channels apart in the signed attribution") boolean apart)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public GradCam() {
    this("");
  }

  /** The paper's setting at another layer. */
  public GradCam(String layer) {
    this(layer, false);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    return of(LayerMaps.of(trace, layer, objective));
  }

  /** The map, or its channels, of the maps of a layer. */
  Tensor of(LayerMaps maps) {
    Tensor alpha = maps.gradient().mean(2, 3); // equation 1
    Tensor channels = alpha.mul(maps.activation()); // equation 2, before its sum and its ReLU
    return apart ? channels : channels.sum(1);
  }
}
