package io.adversight.attribution.cam;

import io.adversight.attribution.internal.LayerMaps;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * LayerCAM: every place weighted by its own positive gradient: sum over k of relu(G^k) A^k (Jiang
 * et al. 2021, equations 5 and 6).
 *
 * @param layer whose maps are weighted; empty for the last spatial layer
 */
@Doc("LayerCAM")
@Paper("jiang2021")
public record LayerCam(@Doc("layer; empty for the last spatial one") String layer)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer. */
  public LayerCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    LayerMaps maps = LayerMaps.of(trace, layer, objective);
    return maps.gradient().relu().mul(maps.activation()).sum(1);
  }
}
