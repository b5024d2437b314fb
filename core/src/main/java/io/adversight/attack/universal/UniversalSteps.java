package io.adversight.attack.universal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What attacks on a whole set of images need of it. */
final class UniversalSteps {
  private static final int IMAGES_AT_ONCE = 16;
  private static final int STEPS_BETWEEN_SAVES = 10;

  private UniversalSteps() {}

  /** The given images as a batch on the classifier's device. */
  static Tensor batch(Classifier classifier, DataSet images, int... indices) {
    return Batches.of(Arrays.stream(indices).mapToObj(images::image).toList())
        .to(classifier.device());
  }

  /** The classes that the network sees in all images, changed by {@code delta} (1, C, H, W). */
  static List<Integer> classes(Classifier classifier, DataSet images, Tensor delta, Run run) {
    List<Integer> classes = new ArrayList<>();
    for (int from = 0; from < images.size(); from += IMAGES_AT_ONCE) {
      int to = Math.min(from + IMAGES_AT_ONCE, images.size());
      run.checkCancelled();
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels = batch(classifier, images, IntStream.range(from, to).toArray());
        Tensor logits = classifier.logits(Bounds.PIXELS.clip(pixels.add(delta)));
        for (long top : logits.argmax(1).toLongs()) {
          classes.add((int) top);
        }
      }
      for (int i = from; i < to; i++) {
        run.countForward();
      }
    }
    return classes;
  }

  /** The norm in which single perturbations are smallest: L2, as in the paper, where it can be. */
  static Norm innerNorm(MinimalAttack inner, Norm ball) {
    if (inner.norms().contains(Norm.L2)) {
      return Norm.L2;
    }
    if (!inner.norms().contains(ball)) {
      throw new InputException(
          "the inner attack knows neither L2 nor %s, only %s"
              .formatted(ball, inner.norms().stream().sorted().toList()));
    }
    return ball;
  }

  /** A perturbation of zeros, (1, C, H, W). */
  static Tensor nothing(Classifier classifier, DataSet images) {
    return batch(classifier, images, 0).fullLike(0);
  }

  /** The change of the last state, or {@code fresh} without one. */
  static Tensor resumed(Optional<Checkpoint.State> last, Tensor fresh) {
    return last.map(state -> Batches.of(List.of(state.values().get(0))).like(fresh)).orElse(fresh);
  }

  /** Keeps a change after every tenth step. */
  static void saveNowAndThen(Checkpoint checkpoint, long done, Tensor delta) {
    if (done % STEPS_BETWEEN_SAVES == 0) {
      save(checkpoint, done, delta);
    }
  }

  /** Keeps a change. */
  static void save(Checkpoint checkpoint, long done, Tensor delta) {
    checkpoint.save(new Checkpoint.State(done, Batches.rasters(delta)));
  }

  /** A perturbation scaled to the radius of a ball. */
  static Tensor scaled(Tensor delta, Ball ball) {
    Tensor size = ball.norm().of(delta);
    Tensor safe = size.eq(0).choose(size.fullLike(1), size);
    return ball.project(delta.mul(ball.epsilon()).div(safe), delta.fullLike(0));
  }

  static UniversalPerturbation result(Tensor delta) {
    return new UniversalPerturbation(Batches.rasters(delta).get(0));
  }
}
