package io.adversight.evaluation.detection;

import io.adversight.graph.Layer;
import io.adversight.graph.backward.SmoothRules;
import io.adversight.model.Activations;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Signed Grad-CAM at the default layer through smooth rectifiers, recorded so that it has gradients
 * itself. It stands for explanations whose own gradients vanish.
 */
final class SmoothMaps {
  private static final double BETA = 30;
  private static final double SMALL = 1e-12;

  private SmoothMaps() {}

  /** The map of each image, (N, 1, h, w), recorded from {@code x}. */
  static Tensor gradCam(Classifier classifier, Tensor x, List<Integer> classes, Run run) {
    run.countForward();
    Activations activations = classifier.forward(x, new SmoothRules(BETA));
    Layer layer = classifier.layerOfMaps("");
    Tensor value = activations.layer(layer.name());
    run.countBackward();
    Tensor gradient =
        Gradients.of(
                new Objective.Logit(classes).values(activations),
                List.of(value),
                Gradients.Recording.CREATE)
            .get(0);
    return layer.maps(gradient).mean(2, 3).mul(layer.maps(value)).sum(1);
  }

  /** Pearson's correlation of two maps (N, 1, h, w) per image, shape (N). */
  static Tensor correlation(Tensor a, Tensor b) {
    Tensor first = centred(a);
    Tensor second = centred(b);
    Tensor product = first.mul(second).sumPerImage();
    Tensor lengths =
        first.square().sumPerImage().mul(second.square().sumPerImage()).add(SMALL).sqrt();
    return product.div(lengths).reshape(a.size(0));
  }

  private static Tensor centred(Tensor map) {
    return map.sub(map.mean(1, 2, 3));
  }

  /** {@code changed} as a value, with the gradient of {@code original}: straight through. */
  static Tensor straightThrough(Tensor original, Tensor changed) {
    return original.add(changed.sub(original).detach());
  }
}
