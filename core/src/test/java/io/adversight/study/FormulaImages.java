package io.adversight.study;

import io.adversight.attack.AttackNetworks;
import io.adversight.data.ImageList;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Images for the formula network F8, all but the last with the class that it predicts. */
public final class FormulaImages {
  private FormulaImages() {}

  /** {@code count} images: its input, paler and mirrored. */
  public static LabelledImages of(Classifier classifier, int count) {
    List<Raster> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Tensor input = AttackNetworks.f8Input();
      for (int i = 0; i < count; i++) {
        Tensor one = input.mul(1 - 0.07 * i);
        one = i % 2 == 0 ? one : one.flip(3);
        images.addAll(Batches.rasters(one));
        int predicted = Prediction.of(AttackNetworks.f8().logits(one)).get(0).top();
        labels.add(i + 1 < count ? predicted : (predicted + 1) % 4);
      }
    }
    return LabelledImages.of(classifier, new ImageList("formula", images, labels, List.of()));
  }
}
