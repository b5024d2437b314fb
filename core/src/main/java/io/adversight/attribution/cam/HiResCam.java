package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * HiResCAM: activations times gradients place by place: sum over k of G^k A^k (Draelos and Carin
 * 2020, equation 4). Behind the last convolution of a network with one dense layer its sum is the
 * logit without the bias.
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 */
@Doc("HiResCAM")
@Paper("draelos2020")
public record HiResCam(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public HiResCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, layer, objective);
    return maps.gradient().mul(maps.activation()).sum(1);
  }
}
