package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.Set;

/**
 * The gradient of the mean loss over the copies x / 2^i, i = 0, ..., m - 1 (Lin et al. 2020, eq.
 * 9). Darker copies count less, since the gradient is with respect to x.
 *
 * @param copies m
 */
@Doc("Scale invariance by darker copies")
@Paper("lin2020")
public record ScaleInvariance(@Doc("copies, each half as bright as the one before it") int copies)
    implements GradientTransform {
  /** The paper's setting: five copies. */
  public ScaleInvariance() {
    this(5);
  }

  public ScaleInvariance {
    Check.within(1, 20, copies, "copies");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.REPEATS);
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    return MeanGradient.of(copies, i -> inner.gradient(copy(query, i).split(i))); // eq. 9
  }

  /** The query for x / 2^i; for i = 0 that is the image itself, whose gradient may be known. */
  private static GradientQuery copy(GradientQuery query, int i) {
    double scale = Math.scalb(1.0, -i);
    return i == 0 ? query : query.through(x -> x.mul(scale));
  }
}
