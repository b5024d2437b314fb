package io.adversight.attribution.cam;

import io.adversight.attribution.ChannelReduction;
import io.adversight.attribution.Upsampling;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.graph.BackwardRules;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Guided Grad-CAM: the enlarged Grad-CAM map (after its ReLU) times guided backpropagation
 * (Selvaraju et al. 2017, section 3.2). Signed, one value per channel of the image.
 *
 * @param layer whose activations are weighted; empty for the last spatial layer
 * @param enlargement bilinear as in the paper, nearest as in captum
 */
@Doc("Guided Grad-CAM")
@Paper("selvaraju2017")
public record GuidedGradCam(
    @Doc("layer; empty for the last spatial one") String layer,
    @Doc("upsampling of the map to the image") Upsampling enlargement)
    implements ClassActivation {
  /** The paper's setting: the last spatial layer, enlarged bilinearly. */
  public GuidedGradCam() {
    this("", Upsampling.BILINEAR);
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    Tensor map = new GradCam(layer).attribute(trace, objective, run).relu();
    Tensor guided = trace.gradient(Trace.PIXELS, objective, BackwardRules.GUIDED);
    return enlargement.to(map, guided.size(2), guided.size(3)).mul(guided);
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.MAX_ABSOLUTE;
  }
}
