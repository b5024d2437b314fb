package io.adversight.evaluation.robustness;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Prediction;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The way of the codes of a batch towards their target classes, frame by frame. */
public final class TransitionPath implements LatentWalk.Listener {
  private final WalkObserver observer;
  private final Tensor pixels;
  private final int steps;
  private final int every;
  private final List<List<TransitionFrame>> frames = new ArrayList<>();

  TransitionPath(WalkObserver observer, Tensor pixels, int steps, int every) {
    this.observer = observer;
    this.pixels = pixels;
    this.steps = steps;
    this.every = every;
    for (int i = 0; i < pixels.size(0); i++) {
      frames.add(new ArrayList<>());
    }
  }

  /** The frames of one image of the batch, in order. */
  public List<TransitionFrame> of(int image) {
    return List.copyOf(frames.get(image));
  }

  @Override
  public void at(LatentWalk.Point point) {
    if (point.step() % every != 0 && point.step() != steps) {
      return;
    }
    List<Prediction> predictions = Prediction.of(point.logits());
    List<Raster> maps =
        observer.maps(point.images(), predictions.stream().map(Prediction::top).toList());
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      List<List<Prediction>> judged = observer.oracles().predict(point.images());
      List<Raster> images = Batches.rasters(point.images());
      double[] realness = point.authenticity().sigmoid().toDoubles();
      double[] moved = point.images().sub(pixels).l2PerImage().toDoubles();
      Tensor start = observer.model().encode(pixels);
      double[] codes = point.codes().sub(start).l2PerImage().toDoubles();
      for (int i = 0; i < predictions.size(); i++) {
        frames
            .get(i)
            .add(
                new TransitionFrame(
                    point.step(),
                    images.get(i),
                    maps.get(i),
                    predictions.get(i),
                    judged.get(i),
                    realness[i],
                    moved[i],
                    codes[i]));
      }
    }
  }
}
