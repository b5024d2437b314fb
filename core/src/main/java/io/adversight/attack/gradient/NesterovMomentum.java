package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * Momentum whose gradient is taken ahead, where the sum so far leads: at x + a m g, with steps of
 * length a (Lin et al. 2020, eqs. 6 and 7).
 *
 * @param decay m, what is left of the sum after a step
 * @param accumulation how a gradient is scaled before it is added; this also sets how far ahead the
 *     gradient is taken
 */
@Doc("Nesterov momentum")
@Paper("lin2020")
public record NesterovMomentum(
    @Doc("decay of the accumulated gradient") double decay,
    @Doc("how a gradient is scaled before it is added") Accumulation accumulation)
    implements GradientTransform {
  /** The paper's setting: decay 1. */
  public NesterovMomentum() {
    this(1, Accumulation.L1);
  }

  public NesterovMomentum {
    Check.atLeast(0.0, decay, "decay");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.REMEMBERS, Trait.ACCUMULATES, Trait.ELSEWHERE);
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    double way = query.length() * decay;
    Tensor x = query.images();
    Tensor ahead = memory.last().map(sum -> x.add(sum.mul(way))).orElse(x); // eq. 6
    return new Momentum(decay, accumulation).gradient(query.at(ahead), inner, memory); // eq. 7
  }
}
