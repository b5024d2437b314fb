package io.adversight.attack.gradient;

import io.adversight.tensor.Tensor;
import java.util.Optional;

/** What one {@link GradientTransform} keeps of one step for the next: a tensor with N rows. */
public final class GradientMemory {
  private final Optional<Tensor> last;
  private Optional<Tensor> next = Optional.empty();

  GradientMemory(Optional<Tensor> last) {
    this.last = last;
  }

  /** What was kept at the step before; empty at the first. */
  public Optional<Tensor> last() {
    return last;
  }

  /** Keeps a tensor for the next step. */
  public void keep(Tensor tensor) {
    next = Optional.of(tensor);
  }

  /** What is kept for the next step. */
  Optional<Tensor> next() {
    return next;
  }
}
