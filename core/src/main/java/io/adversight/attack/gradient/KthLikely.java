package io.adversight.attack.gradient;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;

/**
 * Steps towards the k-th likely class: the network's k-th choice at the original image among the
 * classes other than the label.
 *
 * @param rank 1 for the likeliest class other than the label, 2 for the next, ...
 * @param paperSteps see {@link Bim}
 * @param steps see {@link Bim}
 * @param relativeStep see {@link Bim}
 */
@Doc("Iterative k-th likely class")
@Paper("kurakin2017")
public record KthLikely(
    @Doc("1 for the likeliest class other than the label, 2 for the next, and so on") int rank,
    @Doc("steps of one grey level, min(e + 4, 1.25 e) of them for e grey levels")
        boolean paperSteps,
    @Doc("gradient steps, unless the paper's number is used") int steps,
    @Doc("step length as a fraction of epsilon, unless the paper's steps are used")
        double relativeStep)
    implements RankedTarget {
  /** Towards the second choice of a network that is right, with the steps of the paper. */
  public KthLikely() {
    this(1, true, 10, 0.1);
  }

  public KthLikely {
    RankedTarget.check(rank, steps, relativeStep);
  }

  @Override
  public int likelier(int classes) {
    return rank - 1;
  }
}
