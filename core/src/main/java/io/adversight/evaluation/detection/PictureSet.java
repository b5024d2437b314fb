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
 * Pictures to be scored, in batches of sixteen.
 *
 * @param classifier the network
 * @param pictures of one size
 * @param originals what they were made from; the pictures themselves for clean ones
 * @param seed of the scores' randomness
 */
public record PictureSet(
    Classifier classifier, List<Raster> pictures, List<Raster> originals, long seed) {
  private static final int BATCH = 16;

  /** Copies the pictures. */
  public PictureSet {
    pictures = List.copyOf(pictures);
    originals = List.copyOf(originals);
    if (pictures.size() != originals.size()) {
      throw new IllegalArgumentException(
          "%s pictures need as many originals, but there are %s"
              .formatted(pictures.size(), originals.size()));
    }
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("a set needs at least one picture");
    }
  }

  /** Clean pictures. */
  public static PictureSet clean(Classifier classifier, List<Raster> pictures, long seed) {
    return new PictureSet(classifier, pictures, pictures, seed);
  }

  /** The score of every picture. */
  public List<Double> scores(DetectionScore score) {
    List<Double> all = new ArrayList<>();
    for (int first = 0; first < pictures.size(); first += BATCH) {
      int end = Math.min(first + BATCH, pictures.size());
      try (Scope scope = Scope.open()) {
        DetectorInputs suspects =
            new DetectorInputs(
                classifier,
                Batches.of(pictures.subList(first, end)).to(classifier.device()),
                Batches.of(originals.subList(first, end)).to(classifier.device()));
        all.addAll(score.scores(suspects, Run.of(new Rng(seed), pictures.subList(first, end))));
      }
    }
    return all;
  }
}
