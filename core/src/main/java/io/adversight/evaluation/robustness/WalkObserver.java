package io.adversight.evaluation.robustness;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.LatentModel;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * What is looked at while codes move.
 *
 * @param model the generative model
 * @param attacked the network whose label may be kept
 * @param oracles say what the images show
 * @param method explains what the attacked network predicts
 */
public record WalkObserver(
    LatentModel model, Classifier attacked, OraclePanel oracles, Attribution method) {
  /**
   * The frames of a walk of images, to be handed to it as listener.
   *
   * @param pixels the images, (N, C, H, W), which must live as long as the walk
   * @param every steps between two frames; the first and the last point are always frames
   */
  public TransitionPath path(LatentWalk walk, Tensor pixels, int every) {
    return new TransitionPath(this, pixels, walk.steps(), every);
  }

  /**
   * Explanations of one class of each image, at the images' size.
   *
   * @param images (N, C, H, W)
   */
  public List<Raster> maps(Tensor images, List<Integer> classes) {
    Run run = Run.of(new Rng(0), images);
    return Attributions.run(List.of(method), attacked, images, new Objective.Logit(classes), run)
        .get(0)
        .stream()
        .map(Heatmap::map)
        .toList();
  }
}
