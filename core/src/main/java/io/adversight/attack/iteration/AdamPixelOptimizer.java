package io.adversight.attack.iteration;

import io.adversight.model.Batches;
import io.adversight.run.Checkpoint;
import io.adversight.tensor.Adam;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Optimizer;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** One variable per image that goes down its gradient by Adam, in the scope it was made in. */
public final class AdamPixelOptimizer implements PixelOptimizer {
  private final Optimizer rule = new Adam();
  private final double rate;
  private final LoopVariable value;
  private final LoopVariable mean;
  private final LoopVariable square;
  private long steps;

  public AdamPixelOptimizer(Tensor start, double rate) {
    this.rate = rate;
    this.value = new LoopVariable(start);
    this.mean = new LoopVariable(start.fullLike(0));
    this.square = new LoopVariable(start.fullLike(0));
  }

  @Override
  public Tensor value() {
    return value.value();
  }

  @Override
  public void step(Tensor gradient) {
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

  @Override
  public void move(Tensor next) {
    value.set(next);
  }

  /** How far it has come; for one image. */
  public Checkpoint.State saved() {
    return new Checkpoint.State(
        steps,
        Arrays.stream(state()).map(carried -> Batches.rasters(carried.value()).get(0)).toList());
  }

  /** Goes on where {@link #saved} was. */
  public void restore(Checkpoint.State saved) {
    steps = saved.done();
    LoopVariable[] all = state();
    for (int i = 0; i < all.length; i++) {
      all[i].set(Batches.of(List.of(saved.values().get(i))).like(all[i].value()));
    }
  }

  @Override
  public LoopVariable[] state() {
    return new LoopVariable[] {value, mean, square};
  }
}
