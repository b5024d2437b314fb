package io.adversight.study.detection;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.InputImage;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What detectors say of an image of unknown origin.
 *
 * @param predicted the class it is taken for
 * @param score of the first detector
 * @param threshold above which the first detector calls it adversarial
 * @param scores of all detectors by name; one that needs the clean original takes the image for it
 */
public record Detection(
    InputImage image, int predicted, double score, double threshold, Map<String, Double> scores) {
  /** Copies the scores. */
  public Detection {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** Whether the first detector calls it adversarial. */
  public boolean isAdversarial() {
    return score > threshold;
  }

  /** The verdicts on some images. */
  public static List<Detection> of(
      DetectorSet set, Classifier classifier, List<InputImage> images, AtomicBoolean cancel) {
    List<Raster> views = images.stream().map(InputImage::view).toList();
    Run run = Run.of(new Rng(set.seed()), views).with(cancel);
    List<Map<Algorithm, Double>> values =
        new ImageScores(classifier, set.scores()).of(views, views, run);
    List<Detection> detections = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      List<Prediction> predictions = classifier.predict(Batches.of(views).to(classifier.device()));
      for (int i = 0; i < images.size(); i++) {
        Map<Algorithm, Double> own = values.get(i);
        Map<String, Double> scores = new LinkedHashMap<>();
        set.detectors().forEach(detector -> scores.put(detector.name(), score(detector, own)));
        CalibratedDetector judge = set.detectors().get(0);
        detections.add(
            new Detection(
                images.get(i),
                predictions.get(i).top(),
                score(judge, own),
                judge.threshold(),
                scores));
      }
    }
    return detections;
  }

  private static double score(CalibratedDetector detector, Map<Algorithm, Double> values) {
    return detector.combine(
        detector.parts().stream().map(part -> values.get(part.algorithm())).toList());
  }
}
