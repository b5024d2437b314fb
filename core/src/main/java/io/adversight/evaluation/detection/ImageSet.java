package io.adversight.evaluation.detection;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Images to be scored, in batches of sixteen.
 *
 * @param classifier the network
 * @param images of one size
 * @param originals what they were made from; the images themselves for clean ones
 * @param seed of the scores' randomness
 */
public record ImageSet(
    Classifier classifier, List<Raster> images, List<Raster> originals, long seed) {
  private static final int BATCH = 16;

  /** Copies the images. */
  public ImageSet {
    images = List.copyOf(images);
    originals = List.copyOf(originals);
    if (images.size() != originals.size()) {
      throw new IllegalArgumentException(
          "%s images need as many originals, but there are %s"
              .formatted(images.size(), originals.size()));
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a set needs at least one image");
    }
  }

  /** Clean images. */
  public static ImageSet clean(Classifier classifier, List<Raster> images, long seed) {
    return new ImageSet(classifier, images, images, seed);
  }

  /** The score of every image. */
  public List<Double> scores(DetectionScore score) {
    List<Double> all = new ArrayList<>();
    for (int first = 0; first < images.size(); first += BATCH) {
      int end = Math.min(first + BATCH, images.size());
      try (Scope scope = Scope.open()) {
        DetectorInputs suspects =
            new DetectorInputs(
                classifier,
                Batches.of(images.subList(first, end)).to(classifier.device()),
                Batches.of(originals.subList(first, end)).to(classifier.device()));
        all.addAll(score.scores(suspects, Run.of(new Rng(seed), images.subList(first, end))));
      }
    }
    return all;
  }
}
