package io.adversight.attribution;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Grad-CAM: a layer's channels, weighted by the spatial mean of their gradients: sum over k of
 * alpha_k A^k. The ReLU of the paper's equation 2 is the reduction.
 *
 * @param layer whose activations are weighted; empty for the last spatial layer
 */
@Doc("Grad-CAM")
@Paper("selvaraju2017")
public record GradCam(@Doc("layer; empty for the last spatial one") String layer)
    implements Attribution {
  /** The paper's setting: the last spatial layer. */
  public GradCam() {
    this("");
  }

  @Override
  public Tensor attribute(Trace trace, Objective objective, Run run) {
    String place = trace.classifier().layer(layer).name();
    Tensor activation = trace.activation(place);
    Tensor gradient = trace.gradient(place, objective);
    Tensor alpha = activation.rank() == 4 ? gradient.mean(2, 3) : gradient; // equation 1
    return alpha.mul(activation).sum(1); // equation 2, before its ReLU
  }

  @Override
  public Reduction reduction() {
    return Reduction.POSITIVE;
  }

  @Override
  public List<String> gradientsAt(Classifier classifier) {
    return List.of(classifier.layer(layer).name());
  }
}
