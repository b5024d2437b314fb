package io.adversight.evaluation.detection;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.cam.GradCam;
import io.adversight.describe.Doc;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the explanation of the predicted class moves under small changes: one minus the mean
 * similarity of the maps before and after.
 *
 * @param method the explanation
 * @param similarity how maps are compared
 * @param changes the small changes
 */
@Doc("Stability of the explanation")
public record ExplanationStability(
    @Doc("explanation") Attribution method,
    @Doc("similarity of maps") MapSimilarity similarity,
    @Doc("number of small perturbations") List<SmallChange> changes)
    implements DetectionScore {
  /** Grad-CAM, rank correlation, all changes. */
  public ExplanationStability() {
    this(new GradCam(), new Spearman(), List.of(SmallChange.values()));
  }

  /** Copies the changes. */
  public ExplanationStability {
    changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("stability needs at least one small change");
    }
  }

  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    try (Scope scope = Scope.open()) {
      Classifier classifier = suspects.classifier();
      Objective objective =
          new Objective.Logit(PredictedClasses.classes(classifier, suspects.pixels()));
      List<Raster> own = maps(classifier, suspects.pixels(), objective, run);
      double[] sums = new double[own.size()];
      for (int k = 0; k < changes.size(); k++) {
        run.report(k, changes.size(), "changes");
        Tensor pixels = changed(suspects.pixels(), k, run);
        List<Raster> moved = maps(classifier, pixels, objective, run);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += similarity.similarity(own.get(i), moved.get(i));
        }
      }
      List<Double> scores = new ArrayList<>();
      for (double sum : sums) {
        scores.add(1 - sum / changes.size());
      }
      return scores;
    }
  }

  /** One change at a time, its gradient passed straight through. */
  @Override
  public Optional<SurrogateScore> standIn() {
    return Optional.of(
        (suspects, turn, run) -> {
          Tensor pixels = suspects.pixels();
          Classifier classifier = suspects.classifier();
          List<Integer> classes = PredictedClasses.classes(classifier, pixels.detach());
          Tensor passed =
              SmoothMaps.straightThrough(pixels, changed(pixels, turn % changes.size(), run));
          return SmoothMaps.correlation(
                  SmoothMaps.gradCam(classifier, pixels, classes, run),
                  SmoothMaps.gradCam(classifier, passed, classes, run))
              .neg()
              .add(1);
        });
  }

  private Tensor changed(Tensor pixels, int change, Run run) {
    List<Raster> images = Batches.rasters(pixels.detach());
    List<Raster> changed = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      changed.add(changes.get(change).of(images.get(i), run.rng(i).split(change).generator()));
    }
    return Batches.of(changed).like(pixels);
  }

  private List<Raster> maps(Classifier classifier, Tensor pixels, Objective objective, Run run) {
    run.countForward();
    return Attributions.run(List.of(method), classifier, pixels, objective, run).get(0).stream()
        .map(Heatmap::map)
        .toList();
  }
}
