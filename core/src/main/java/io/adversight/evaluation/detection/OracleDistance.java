package io.adversight.evaluation.detection;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.cam.GradCam;
import io.adversight.describe.Doc;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One minus the similarity of the explanation of the image's prediction and that of its clean
 * original's. It needs the original, which a deployed detector does not have: it shows how much the
 * attack moves explanations, not what can be detected.
 *
 * @param method the explanation
 * @param similarity how maps are compared
 */
@Doc("Distance from the explanation of the clean image (oracle)")
public record OracleDistance(
    @Doc("explanation") Attribution method, @Doc("similarity of maps") MapSimilarity similarity)
    implements DetectionScore {
  /** Grad-CAM and rank correlation. */
  public OracleDistance() {
    this(new GradCam(), new Spearman());
  }

  @Override
  public List<Double> scores(DetectorInputs suspects, Run run) {
    try (Scope scope = Scope.open()) {
      List<Heatmap> found = maps(suspects, suspects.pixels(), run);
      List<Heatmap> clean = maps(suspects, suspects.originals(), run);
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        scores.add(1 - similarity.similarity(found.get(i).map(), clean.get(i).map()));
      }
      return scores;
    }
  }

  private List<Heatmap> maps(DetectorInputs suspects, Tensor pixels, Run run) {
    Objective objective =
        new Objective.Logit(PredictedClasses.classes(suspects.classifier(), pixels));
    return Attributions.run(List.of(method), suspects.classifier(), pixels, objective, run).get(0);
  }
}
