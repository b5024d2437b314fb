package io.adversight.attack.problem;

import io.adversight.graph.derivative.GraphObjective;
import io.adversight.model.Activations;
import io.adversight.model.Objective;
import io.adversight.model.SymbolicObjective;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The targeted difference of logits ratio of Croce and Hein 2020, eq. 7: (z_t - z_y) / (z_1st -
 * (z_3rd + z_4th) / 2). With fewer than four classes there is no fourth: the numerator alone.
 *
 * @param labels y, one per image
 * @param targets t, one per image
 */
public record TargetedDlr(List<Integer> labels, List<Integer> targets) implements Objective {
  public TargetedDlr {
    labels = List.copyOf(labels);
    targets = List.copyOf(targets);
  }

  @Override
  public Objective select(int... images) {
    return new TargetedDlr(Selection.of(labels, images), Selection.of(targets, images));
  }

  @Override
  public Optional<SymbolicObjective> symbolic() {
    return new Logit(targets)
        .plus(new Logit(labels).negate())
        .symbolic()
        .map(ahead -> ahead.in(GraphObjective.TARGETED_DLR));
  }

  @Override
  public Tensor values(Activations activations) {
    Tensor logits = activations.logits();
    Tensor ahead =
        new Logit(targets).values(activations).sub(new Logit(labels).values(activations));
    if (logits.size(1) < 4) {
      return ahead;
    }
    Tensor sorted = logits.top(4, 1).values();
    Tensor lower = sorted.narrow(1, 2, 1).add(sorted.narrow(1, 3, 1)).div(2);
    Tensor scale = sorted.narrow(1, 0, 1).sub(lower).add(Dlr.TINY);
    return ahead.div(scale.reshape(logits.size(0))); // eq. 7
  }
}
