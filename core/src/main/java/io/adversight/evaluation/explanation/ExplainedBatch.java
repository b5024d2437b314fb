package io.adversight.evaluation.explanation;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Heatmap;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.Objective;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Explanations whose faithfulness is asked for.
 *
 * @param method that made them
 * @param classifier that is explained
 * @param pixels (N, C, H, W)
 * @param heatmaps one per image
 * @param classes that are explained, one per image
 */
public record ExplainedBatch(
    Attribution method,
    Classifier classifier,
    Tensor pixels,
    List<Heatmap> heatmaps,
    List<Integer> classes) {
  /** Copies the lists. */
  public ExplainedBatch {
    heatmaps = List.copyOf(heatmaps);
    classes = List.copyOf(classes);
  }

  /** One map per image, of its size. */
  List<Raster> maps() {
    return heatmaps.stream().map(Heatmap::map).toList();
  }

  Objective probability() {
    return new Objective.Probability(classes);
  }

  Objective logit() {
    return new Objective.Logit(classes);
  }
}
