package io.adversight.evaluation.robustness;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.LatentModel;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The way of one image's code towards a target class, frame by frame. */
public final class TransitionPath {
  private final LatentModel model;
  private final Classifier attacked;
  private final List<Classifier> oracles;
  private final Attribution method;

  /**
   * What is looked at on the way.
   *
   * @param model the generative model
   * @param attacked the network whose label may be kept
   * @param oracles networks that judge what the image shows
   * @param method explains what the attacked network predicts for each frame
   */
  public TransitionPath(
      LatentModel model, Classifier attacked, List<Classifier> oracles, Attribution method) {
    this.model = model;
    this.attacked = attacked;
    this.oracles = List.copyOf(oracles);
    this.method = method;
  }

  /**
   * One frame.
   *
   * @param step how many steps were made
   * @param image decoded
   * @param map explanation of the attacked network's prediction
   * @param prediction of the attacked network
   * @param oracles the predictions of the oracles
   * @param realness probability, by the discriminator, that the encoder makes such a code
   * @param pixelDistance L2 distance of the image from the original
   * @param latentDistance L2 distance of the code from the original's
   */
  public record Frame(
      int step,
      Raster image,
      Raster map,
      Prediction prediction,
      List<Prediction> oracles,
      double realness,
      double pixelDistance,
      double latentDistance) {
    public Frame {
      oracles = List.copyOf(oracles);
    }

    /** How many oracles predict a class. */
    public int votes(int index) {
      return (int) oracles.stream().filter(oracle -> oracle.top() == index).count();
    }

    /** The mean probability that the oracles give a class. */
    public double oracle(int index) {
      return oracles.stream()
          .mapToDouble(prediction -> prediction.probability(index))
          .average()
          .orElse(Double.NaN);
    }
  }

  /**
   * The frames of a walk, the first and the last among them.
   *
   * @param label the class whose prediction a penalty keeps
   * @param every steps between two frames
   */
  public List<Frame> of(LatentWalk walk, Raster image, int label, int target, int every) {
    List<Frame> frames = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image)).to(attacked.device());
      Problem problem = Problem.of(attacked, pixels, List.of(label));
      Tensor start = model.encode(pixels);
      walk.run(
          model,
          problem,
          List.of(target),
          Run.of(1),
          point -> {
            if (point.step() % every == 0 || point.step() == walk.steps()) {
              frames.add(frame(point, pixels, start));
            }
          });
    }
    return frames;
  }

  private Frame frame(LatentWalk.Point point, Tensor pixels, Tensor start) {
    Prediction prediction = Prediction.of(point.logits()).get(0);
    Raster map =
        Attributions.run(
                List.of(method),
                attacked,
                point.images(),
                Objective.Logit.of(prediction.top()),
                Run.of(1))
            .get(0)
            .get(0)
            .map();
    return new Frame(
        point.step(),
        Batches.rasters(point.images()).get(0),
        map,
        prediction,
        oracles.stream().map(oracle -> oracle.predict(point.images()).get(0)).toList(),
        point.authenticity().sigmoid().sum().item(),
        point.images().sub(pixels).l2PerImage().sum().item(),
        point.codes().sub(start).l2PerImage().sum().item());
  }
}
