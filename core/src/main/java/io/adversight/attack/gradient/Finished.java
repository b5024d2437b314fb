package io.adversight.attack.gradient;

import io.adversight.attack.iteration.ActiveImages;
import io.adversight.attack.problem.Problem;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;

/** The images that left a loop because they reached the goal, each as it was then. */
public final class Finished {
  private final LoopVariable images;

  /** No image is finished yet; {@code start} is the whole batch. */
  public Finished(Tensor start) {
    images = new LoopVariable(start);
  }

  /** Takes the images that reach the goal; returns the places of those that go on. */
  public int[] take(ActiveImages here, Tensor x, boolean[] reached) {
    int[] hits = Problem.indices(reached, true);
    if (hits.length > 0) {
      int[] places = Arrays.stream(hits).map(here::image).toArray();
      try (Scope scope = Scope.open()) {
        images.set(images.value().withRows(places, x.rows(hits)));
      }
    }
    return Problem.indices(reached, false);
  }

  /** The whole batch: those that left, and the others as they are in {@code x}. */
  public Tensor with(ActiveImages here, Tensor x) {
    if (here.isEmpty()) {
      return images.value();
    }
    return here.size() == images.value().size(0) ? x : images.value().withRows(here.images(), x);
  }
}
