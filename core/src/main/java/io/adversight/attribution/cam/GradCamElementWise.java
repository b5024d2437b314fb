package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Grad-CAM with element-wise weights: sum over k of relu(G^k A^k), every place by its own gradient
 * and only what counts for the objective. Known from the pytorch-grad-cam library; on layers behind
 * a ReLU it equals {@link LayerCam}.
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 */
@Doc("Grad-CAM, element-wise")
@Paper("selvaraju2017")
public record GradCamElementWise(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public GradCamElementWise() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, layer, objective);
    return maps.gradient().mul(maps.activation()).relu().sum(1);
  }
}
