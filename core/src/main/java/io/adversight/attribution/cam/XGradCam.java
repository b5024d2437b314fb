package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * XGrad-CAM: the mean gradient of a channel, weighted by its activations: w_k = sum of (A^k G^k) /
 * sum of A^k (Fu et al. 2020, equation 8). A channel whose activations sum to 0 has weight 0.
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 */
@Doc("XGrad-CAM")
@Paper("fu2020")
public record XGradCam(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public XGradCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, layer, objective);
    Tensor products = maps.activation().mul(maps.gradient()).sum(2, 3);
    Tensor weights = LayerMaps.quotient(products, maps.activation().sum(2, 3)); // equation 8
    return LayerMaps.weighted(weights, maps.activation());
  }
}
