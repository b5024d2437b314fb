package io.adversight.evaluation.explanation;

import io.adversight.attribution.Variants;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How the confidence changes when only what a map marks is seen: the image times the map scaled to
 * [0, 1] (Chattopadhay et al. 2018, section 4.1).
 *
 * @param averageDrop the mean over the images of max(0, Y - O) / Y, in [0, 1]: small is good
 * @param increase the share of images with O above Y: large is good
 */
public record ConfidenceChange(double averageDrop, Proportion increase) {
  /**
   * The change over a batch.
   *
   * @param maps one per image, of its size
   * @param confidence usually {@link Objective.Probability}
   */
  public static ConfidenceChange of(
      Classifier classifier, Tensor pixels, List<Raster> maps, Objective confidence, Run run) {
    List<Confidence> confidences = confidences(classifier, pixels, maps, confidence, run);
    double drop = confidences.stream().mapToDouble(Confidence::drop).average().orElse(0);
    long more = confidences.stream().filter(one -> one.after() > one.before()).count();
    return new ConfidenceChange(drop, new Proportion(more, confidences.size()));
  }

  /**
   * The confidence of one image.
   *
   * @param before Y, of the whole image
   * @param after O, of what the map marks
   */
  record Confidence(double before, double after) {
    /** max(0, Y - O) / Y. */
    double drop() {
      return before > 0 ? Math.max(0, before - after) / before : 0;
    }
  }

  /** The confidence of every image, whole and as its map marks it. */
  static List<Confidence> confidences(
      Classifier classifier, Tensor pixels, List<Raster> maps, Objective confidence, Run run) {
    PixelOrder.check(pixels, maps);
    int images = maps.size();
    List<Raster> scaled =
        maps.stream().map(map -> Plane.channel(map, 0).normalized().toRaster()).toList();
    try (Scope scope = Scope.open()) {
      Tensor seen = pixels.mul(Batches.of(scaled).like(pixels));
      double[] values =
          new Variants(classifier, confidence, images, run)
              .values(2, k -> k == 0 ? pixels : seen)
              .toDoubles();
      List<Confidence> confidences = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        confidences.add(new Confidence(values[i], values[images + i]));
      }
      return confidences;
    }
  }
}
