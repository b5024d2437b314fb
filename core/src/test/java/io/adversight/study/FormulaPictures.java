package io.adversight.study;

import io.adversight.attack.AttackNetworks;
import io.adversight.data.PictureList;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.Prediction;
import io.adversight.study.picture.LabelledPictures;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Pictures for the formula network F8, all but the last with the class that it predicts. */
public final class FormulaPictures {
  private FormulaPictures() {}

  /** {@code count} pictures: its input, paler and mirrored. */
  public static LabelledPictures of(Classifier classifier, int count) {
    List<Raster> pictures = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (Scope scope = Scope.open()) {
      Tensor input = AttackNetworks.f8Input();
      for (int i = 0; i < count; i++) {
        Tensor one = input.mul(1 - 0.07 * i);
        one = i % 2 == 0 ? one : one.flip(3);
        pictures.addAll(Batches.rasters(one));
        int predicted = Prediction.of(AttackNetworks.f8().logits(one)).get(0).top();
        labels.add(i + 1 < count ? predicted : (predicted + 1) % 4);
      }
    }
    return LabelledPictures.of(classifier, new PictureList("formula", pictures, labels, List.of()));
  }
}
