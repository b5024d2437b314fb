package io.adversight.attack.transform;

import io.adversight.attack.TransformAttack;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Blur;
import io.adversight.tensor.Tensor;

/**
 * The weakest Gaussian blur that succeeds.
 *
 * @param largest the strongest, as a standard deviation in shares of the image's longer side
 * @param levels amounts tried
 * @param halvings how often the gap before the first that works is halved
 */
@Doc("Weakest blur that succeeds")
public record BlurSearch(
    @Doc("strongest blur, standard deviation as a share of the longer side") double largest,
    @Doc("number of strengths tried") int levels,
    @Doc("bisection steps before the first success") int halvings)
    implements TransformAttack {
  /** Up to a quarter of the side. */
  public BlurSearch() {
    this(0.25, 20, 6);
  }

  public BlurSearch {
    Check.positive(largest, "largest");
    Check.within(0.0, 1.0, largest, "largest");
    Check.atLeast(1, levels, "levels");
    Check.atLeast(0, halvings, "halvings");
  }

  @Override
  public Tensor perturb(Problem problem, Run run) {
    double side = Math.max(problem.pixels().size(2), problem.pixels().size(3));
    return SmallestStrength.search(
        problem,
        levels,
        halvings,
        (images, amounts) -> Blur.gaussian(images, amounts.mul(largest * side)),
        run);
  }
}
