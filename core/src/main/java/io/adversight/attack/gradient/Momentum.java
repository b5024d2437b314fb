package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * A sum of the gradients of all steps that fades: {@code g <- m g + grad / |grad|_1} (Dong et al.
 * 2018, eq. 6).
 *
 * @param decay m, what is left of the sum after a step
 * @param accumulation how a gradient is scaled before it is added
 */
@Doc("Momentum")
@Paper("dong2018")
public record Momentum(
    @Doc("decay of the accumulated gradient") double decay,
    @Doc("how a gradient is scaled before it is added") Accumulation accumulation)
    implements GradientTransform {
  /** The paper's setting: decay 1. */
  public Momentum() {
    this(1, Accumulation.L1);
  }

  public Momentum {
    Check.atLeast(0.0, decay, "decay");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.REMEMBERS, Trait.ACCUMULATES);
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    GradientEvaluation evaluation = inner.gradient(query);
    Norm norm = query.ball().norm();
    Tensor sum = accumulation.add(memory.last(), decay, evaluation.gradient(), norm); // eq. 6
    memory.keep(sum);
    return evaluation.with(sum);
  }
}
