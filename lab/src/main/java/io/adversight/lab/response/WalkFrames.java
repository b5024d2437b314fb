package io.adversight.lab.response;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.WalkObserver;
import io.adversight.image.Raster;
import io.adversight.lab.live.Blob;
import io.adversight.lab.live.Frame;
import io.adversight.model.Batches;
import io.adversight.model.Prediction;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Sends points of a walk: the first image of the batch, and the rates that follow from the rest.
 */
final class WalkFrames implements LatentWalk.Listener {
  private static final int FRAMES = 25;

  private final WalkObserver observer;
  private final List<String> oracles;
  private final RocDigits digits;
  private final List<Integer> targets;
  private final List<Prediction> positives;
  private final List<Prediction> negatives;
  private final Tensor pixels;
  private final int steps;
  private final Consumer<Frame> frames;

  /** What an oracle sees. */
  record Oracle(String model, ClassName.Predicted seen) {}

  /**
   * A point of the walk.
   *
   * @param step how many were made
   * @param steps of the whole walk
   * @param network what the attacked network predicts of the decoded image
   * @param label its probability of the class of the start
   * @param oracles the networks that had no part in it
   * @param agreed whether most oracles see the target
   * @param realness probability, by the discriminator, that the encoder makes such a code
   * @param pixelDistance L2 distance from the start
   * @param codeDistance the same between the codes
   * @param replaced how many negatives are replaced by images on their way in which most oracles
   *     see the digit of the negative
   * @param rates with those
   */
  record Fields(
      int step,
      int steps,
      ClassName.Predicted network,
      double label,
      List<Oracle> oracles,
      boolean agreed,
      double realness,
      double pixelDistance,
      double codeDistance,
      int replaced,
      RocDigits.Rates rates) {}

  /**
   * Of a walk.
   *
   * @param oracles names of the observer's oracles
   * @param targets one per image of the batch, those after the first the digits of the negatives
   * @param positives what the network predicts of the positives
   * @param negatives the same of the negatives
   * @param pixels the batch, which must live as long as the walk
   */
  WalkFrames(
      WalkObserver observer,
      List<String> oracles,
      RocDigits digits,
      List<Integer> targets,
      List<Prediction> positives,
      List<Prediction> negatives,
      Tensor pixels,
      int steps,
      Consumer<Frame> frames) {
    this.observer = observer;
    this.oracles = oracles;
    this.digits = digits;
    this.targets = targets;
    this.positives = positives;
    this.negatives = negatives;
    this.pixels = pixels;
    this.steps = steps;
    this.frames = frames;
  }

  @Override
  public void at(LatentWalk.Point point) {
    if (point.step() % Math.max(1, steps / FRAMES) != 0 && point.step() != steps) {
      return;
    }
    List<Prediction> predictions = Prediction.of(point.logits());
    Prediction own = predictions.get(0);
    Raster map = observer.maps(point.images().narrow(0, 0, 1), List.of(own.top())).get(0);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      List<Integer> seen = observer.oracles().seen(point.images());
      List<Prediction> fooling = new ArrayList<>();
      int replaced = 0;
      for (int i = 0; i < negatives.size(); i++) {
        boolean isReplaced = seen.get(i + 1).equals(targets.get(i + 1));
        replaced += isReplaced ? 1 : 0;
        fooling.add(isReplaced ? predictions.get(i + 1) : negatives.get(i));
      }
      Tensor first = point.images().narrow(0, 0, 1);
      Tensor start = pixels.narrow(0, 0, 1);
      Labels labels = observer.model().labels();
      List<Prediction> judged = observer.oracles().predict(first).get(0);
      Fields fields =
          new Fields(
              point.step(),
              steps,
              ClassName.Predicted.top(own, labels),
              own.probability(digits.positive()),
              IntStream.range(0, judged.size())
                  .mapToObj(
                      i ->
                          new Oracle(
                              oracles.get(i), ClassName.Predicted.top(judged.get(i), labels)))
                  .toList(),
              seen.get(0).equals(targets.get(0)),
              point.authenticity().narrow(0, 0, 1).sigmoid().toDoubles()[0],
              first.sub(start).l2PerImage().toDoubles()[0],
              point
                  .codes()
                  .narrow(0, 0, 1)
                  .sub(observer.model().encode(start))
                  .l2PerImage()
                  .toDoubles()[0],
              replaced,
              digits.rates(positives, fooling));
      List<Blob> blobs =
          List.of(Blob.image("image", Batches.rasters(first).get(0)), Blob.values("map", map));
      frames.accept(point.step() == steps ? Frame.last(fields, blobs) : Frame.part(fields, blobs));
    }
  }
}
