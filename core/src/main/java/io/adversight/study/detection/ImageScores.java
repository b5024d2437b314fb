package io.adversight.study.detection;

import io.adversight.catalog.Kind;
import io.adversight.evaluation.detection.DetectionScore;
import io.adversight.evaluation.detection.DetectorInputs;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several scores of the images of a batch. */
final class ImageScores {
  private final Classifier classifier;
  private final Map<Algorithm, DetectionScore> scores = new LinkedHashMap<>();

  ImageScores(Classifier classifier, List<Algorithm> algorithms) {
    this.classifier = classifier;
    algorithms.forEach(a -> scores.put(a, a.create(DetectionScore.class, Kind.DETECTION_SCORE)));
  }

  /** For each image, its scores. */
  List<Map<Algorithm, Double>> of(List<Raster> images, List<Raster> originals, Run run) {
    List<Map<Algorithm, Double>> all = new ArrayList<>();
    images.forEach(image -> all.add(new LinkedHashMap<>()));
    try (Scope scope = Scope.open()) {
      DetectorInputs suspects =
          new DetectorInputs(
              classifier,
              Batches.of(images).to(classifier.device()),
              Batches.of(originals).to(classifier.device()));
      scores.forEach(
          (algorithm, score) -> {
            run.checkCancelled();
            List<Double> values = score.scores(suspects, run);
            for (int i = 0; i < all.size(); i++) {
              all.get(i).put(algorithm, values.get(i));
            }
          });
    }
    return all;
  }
}
