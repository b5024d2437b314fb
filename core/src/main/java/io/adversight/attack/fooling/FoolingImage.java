package io.adversight.attack.fooling;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An image made for a class.
 *
 * @param image pixels in [0, 1]
 * @param target the class
 * @param prediction what the network says of it
 * @param lineage the images it descends from, oldest first; empty if it was not bred
 */
public record FoolingImage(
    Raster image, int target, Prediction prediction, List<Ancestor> lineage) {
  private static final int IMAGES_AT_ONCE = 32;

  public FoolingImage {
    lineage = List.copyOf(lineage);
  }

  /**
   * An image on the way to another.
   *
   * @param generation in which it was born
   * @param niche the class whose best image it became first
   * @param confidence in that class
   * @param image kept for a few ancestors only
   */
  public record Ancestor(int generation, int niche, double confidence, Optional<Raster> image) {}

  /** How sure the network is of the target. */
  public double confidence() {
    return prediction.probability(target);
  }

  /** Images without ancestors, with what a classifier says of them. */
  static List<FoolingImage> of(
      Classifier classifier, List<Raster> images, List<Integer> targets, Run run) {
    List<Prediction> predictions = predictions(classifier, images, run);
    return IntStream.range(0, images.size())
        .mapToObj(
            i -> new FoolingImage(images.get(i), targets.get(i), predictions.get(i), List.of()))
        .toList();
  }

  /** What a classifier says of images, a few at a time. */
  static List<Prediction> predictions(Classifier classifier, List<Raster> images, Run run) {
    List<Prediction> predictions = new ArrayList<>();
    for (int from = 0; from < images.size(); from += IMAGES_AT_ONCE) {
      int to = Math.min(from + IMAGES_AT_ONCE, images.size());
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        predictions.addAll(
            classifier.predict(Batches.of(images.subList(from, to)).to(classifier.device())));
      }
      for (int i = from; i < to; i++) {
        run.countForward();
      }
    }
    return predictions;
  }
}
