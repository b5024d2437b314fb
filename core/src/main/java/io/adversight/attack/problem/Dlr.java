package io.adversight.attack.problem;

import io.adversight.graph.derivative.GraphObjective;
import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.model.SymbolicObjective;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The difference of logits ratio of Croce and Hein 2020, eq. 6: (max over i other than y of z_i -
 * z_y) / (z_1st - z_3rd); it does not depend on shift or scale of the logits. With fewer than three
 * classes there is no third: the numerator alone.
 *
 * @param classes y, one per image or one for all
 */
record Dlr(List<Integer> classes) implements Objective {
  static final double TINY = 1e-12;

  Dlr {
    classes = List.copyOf(classes);
  }

  @Override
  public Objective select(int... images) {
    return new Dlr(Selection.of(classes, images));
  }

  @Override
  public Optional<SymbolicObjective> symbolic() {
    return Optional.of(SymbolicObjective.of(GraphObjective.DLR, classes));
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor logits = activations.logits();
    Tensor behind = new Margin(classes).values(activations).neg();
    if (logits.size(1) < 3) {
      return behind;
    }
    Tensor sorted = logits.top(3, 1).values();
    Tensor scale = sorted.narrow(1, 0, 1).sub(sorted.narrow(1, 2, 1)).add(TINY);
    return behind.div(scale.reshape(logits.size(0))); // eq. 6
  }
}
