package io.adversight.attack.transform;

import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * The smallest loss of contrast that reaches the goal: pixels are mixed with a grey.
 *
 * @param grey what an image without contrast shows
 * @param levels amounts tried
 * @param halvings how often the gap before the first that works is halved
 */
@Doc("Smallest loss of contrast that reaches the goal")
public record ContrastSearch(
    @Doc("the grey that pixels are mixed with") double grey,
    @Doc("amounts tried") int levels,
    @Doc("how often the gap before the first that works is halved") int halvings)
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
