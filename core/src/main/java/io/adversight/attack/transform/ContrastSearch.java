package io.adversight.attack.transform;

import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * The smallest contrast reduction that succeeds: pixels are mixed with a grey.
 *
 * @param grey what an image without contrast shows
 * @param levels amounts tried
 * @param halvings how often the gap before the first that works is halved
 */
@Doc("Smallest contrast reduction that succeeds")
public record ContrastSearch(
    @Doc("grey value towards which contrast is reduced") double grey,
    @Doc("number of strengths tried") int levels,
    @Doc("bisection steps before the first success") int halvings)
    implements TransformAttack {
  /** Towards middle grey. */
  public ContrastSearch() {
    this(0.5, 20, 6);
  }

  public ContrastSearch {
    Check.within(0.0, 1.0, grey, "grey");
    Check.atLeast(1, levels, "levels");
    Check.atLeast(0, halvings, "halvings");
  }

  @Override
  public Tensor perturb(Problem problem, Run run) {
    return SmallestStrength.search(
        problem,
        levels,
        halvings,
        (images, amounts) -> images.add(images.neg().add(grey).mul(amounts)),
        run);
  }
}
