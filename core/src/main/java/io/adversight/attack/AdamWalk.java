package io.adversight.attack;

import io.adversight.tensor.Adam;
import io.adversight.tensor.Carried;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/** One variable per image that goes down its gradient by Adam, in the scope it was made in. */
final class AdamWalk {
  private final Optimizer rule = new Adam();
  private final double rate;
  private final Carried value;
  private final Carried mean;
  private final Carried square;
  private long steps;

  AdamWalk(Tensor start, double rate) {
    this.rate = rate;
    this.value = new Carried(start);
    this.mean = new Carried(start.fullLike(0));
    this.square = new Carried(start.fullLike(0));
  }

  Tensor value() {
    return value.value();
  }

  void step(Tensor gradient) {
    try (Scope scope = Scope.open()) {
      Optimizer.State state =
          new Optimizer.State(List.of(value.value()), List.of(mean.value(), square.value()), steps);
      Optimizer.State next = rule.step(state, List.of(gradient), rate);
      value.set(next.values().get(0));
      mean.set(next.memory().get(0));
      square.set(next.memory().get(1));
      steps = next.steps();
    }
  }

  /** Goes on from another value, such as a projected one. */
  void move(Tensor next) {
    value.set(next);
  }

  /** What is carried for each image. */
  Carried[] state() {
    return new Carried[] {value, mean, square};
  }
}
