package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attack;
import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.Cam;
import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Objective;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/**
 * A photo as the tool of the first study treats it: attacks lead away from the class that the
 * network predicts, and the CAM explains that class.
 *
 * @param network that sees it
 * @param view the photo at the network's size
 * @param predicted the class of the clean photo
 * @param rng of attacks that draw random numbers
 */
record Photo(GraphClassifier network, Raster view, int predicted, Rng rng) {
  /** The {@code i}-th of some photos. */
  static Photo of(GraphClassifier network, DataSet photos, int i, Rng rng) {
    Raster view = NetworkView.of(photos.image(i), network.card());
    return new Photo(network, view, predict(network, List.of(view)).get(0).top(), rng);
  }

  /** What a network says of images of its size. */
  static List<Prediction> predict(GraphClassifier network, List<Raster> images) {
    try (Scope scope = Scope.open()) {
      return network.predict(Batches.of(images));
    }
  }

  /**
   * The results of FGSM.
   *
   * @param levels epsilons in grey levels, of 255
   */
  List<Adversarial> fgsm(List<Double> levels) {
    return attack(new Fgsm(), Norm.LINF, levels.stream().map(level -> level / 255).toList());
  }

  /**
   * The result of DeepFool in L2.
   *
   * @param candidates classes whose boundaries are looked at; the time is proportional to them
   */
  Adversarial deepFool(int candidates) {
    DeepFool paper = new DeepFool();
    DeepFool attack =
        new DeepFool(paper.steps(), paper.overshoot(), candidates, DeepFool.Variant.PAPER);
    return attack(attack, Norm.L2, List.of()).get(0);
  }

  /** The results of an attack, one per epsilon; one for an attack that has none. */
  List<Adversarial> attack(Attack attack, Norm norm, List<Double> epsilons) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(view));
      Problem problem = Problem.of(network, pixels, List.of(predicted));
      return Attacks.runAny(
          attack,
          problem,
          norm,
          epsilons,
          Attacks.Settings.of(Attacks.Rounding.SKIP),
          Run.of(rng, pixels));
    }
  }

  /** The gradient of the cross-entropy of the predicted class at the clean photo. */
  Raster gradient() {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(view));
      Problem problem = Problem.of(network, pixels, List.of(predicted));
      return Batches.rasters(
              problem
                  .startingGradient(problem.objective(Loss.CROSS_ENTROPY), Run.of(rng, pixels))
                  .gradient())
          .get(0);
    }
  }

  /** The CAM of the predicted class for several images, scaled to [0, 1] by its extremes. */
  List<Raster> cams(List<Raster> images) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(images);
      Objective objective = new Objective.Logit(Collections.nCopies(images.size(), predicted));
      return Attributions.run(List.of(new Cam()), network, pixels, objective, Run.of(rng, pixels))
          .get(0)
          .stream()
          .map(map -> scaled(map.map()))
          .toList();
    }
  }

  private static Raster scaled(Raster map) {
    double low = map.min();
    double range = map.max() - low;
    return Raster.generate(
        1,
        map.height(),
        map.width(),
        (c, y, x) -> range == 0 ? 0 : (map.at(c, y, x) - low) / range);
  }
}
