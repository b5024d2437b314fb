package io.adversight.evaluation;

import io.adversight.attribution.Variants;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * How the confidence changes when only what a map marks is seen: the picture times the map scaled
 * to [0, 1] (Chattopadhay et al. 2018, section 4.1).
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
      double drop = 0;
      long more = 0;
      for (int i = 0; i < images; i++) {
        double before = values[i];
        double after = values[images + i];
        drop += before > 0 ? Math.max(0, before - after) / before : 0;
        more += after > before ? 1 : 0;
      }
      return new ConfidenceChange(drop / images, new Proportion(more, images));
    }
  }
}
