package io.adversight.evaluation.detection;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.cam.GradCam;
import io.adversight.describe.Doc;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The distance between the explanations of the two most likely classes: one minus their similarity,
 * or the similarity itself. Which of the two is higher for adversarial images depends on network
 * and attack, and is to be measured. One forward and two backward passes.
 *
 * @param method the explanation
 * @param similarity how maps are compared
 * @param alike whether likeness is suspicious instead of distance
 */
@Doc("Distance between the explanations of the top classes")
public record TopClassDistance(
    @Doc("explanation") Attribution method,
    @Doc("similarity of maps") MapSimilarity similarity,
    @Doc("similarity instead of distance indicates an adversarial image") boolean alike)
    implements DetectionScore {
  /** Grad-CAM, rank correlation, distance. */
  public TopClassDistance() {
    this(new GradCam(), new Spearman(), false);
  }

  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    Classifier classifier = suspects.classifier();
    if (classifier.card().classes() < 2) {
      throw new InputException(
          "two top classes need at least two classes, but \"%s\" has one"
              .formatted(classifier.card().name()));
    }
    try (Scope scope = Scope.open()) {
      run.countForward();
      Trace trace = classifier.trace(suspects.pixels(), method.gradientsAt(classifier));
      List<Heatmap> first = maps(trace, 0, run);
      List<Heatmap> second = maps(trace, 1, run);
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        double same = similarity.similarity(first.get(i).map(), second.get(i).map());
        scores.add(alike ? same : 1 - same);
      }
      return scores;
    }
  }

  @Override
  public Optional<SurrogateScore> standIn() {
    return Optional.of(
        (suspects, turn, run) -> {
          Classifier classifier = suspects.classifier();
          Tensor pixels = suspects.pixels();
          Tensor same =
              SmoothMaps.correlation(
                  SmoothMaps.gradCam(
                      classifier,
                      pixels,
                      PredictedClasses.classes(classifier, pixels.detach(), 0),
                      run),
                  SmoothMaps.gradCam(
                      classifier,
                      pixels,
                      PredictedClasses.classes(classifier, pixels.detach(), 1),
                      run));
          return alike ? same : same.neg().add(1);
        });
  }

  private List<Heatmap> maps(Trace trace, int rank, Run run) {
    long[] classes = trace.logits().top(rank + 1L, 1).indices().select(1, rank).toLongs();
    List<Integer> labels = new ArrayList<>();
    for (long label : classes) {
      labels.add(Math.toIntExact(label));
    }
    return Attributions.heatmaps(method, trace, new Objective.Logit(labels), run);
  }
}
