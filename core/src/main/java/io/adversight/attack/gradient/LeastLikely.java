package io.adversight.attack.gradient;

import io.adversight.describe.Doc;
import io.adversight.describe.Paper;

/**
 * The iterative least-likely class method: steps towards the class that the network holds for the
 * least likely at the original image (Kurakin et al. 2017, section 2.3).
 *
 * @param rank 1 for the least likely class other than the label, 2 for the one before it, ...
 * @param paperSteps see {@link Bim}
 * @param steps see {@link Bim}
 * @param relativeStep see {@link Bim}
 */
@Doc("Iterative least-likely class")
@Paper("kurakin2017")
public record LeastLikely(
    @Doc("1 for the least likely class, 2 for the one before it, and so on") int rank,
    @Doc("steps of one grey level, min(e + 4, 1.25 e) of them for e grey levels")
        boolean paperSteps,
    @Doc("gradient steps, unless the paper's number is used") int steps,
    @Doc("step length as a fraction of epsilon, unless the paper's steps are used")
        double relativeStep)
    implements RankedTarget {
  /** The paper's setting. */
  public LeastLikely() {
    this(1, true, 10, 0.1);
  }

  public LeastLikely {
    RankedTarget.check(rank, steps, relativeStep);
  }

  @Override
  public int likelier(int classes) {
    return classes - 1 - rank;
  }
}
