package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import java.util.Set;

/**
 * The gradient through a copy that is, with probability p, shrunk at random and placed at random on
 * black (Xie et al. 2019, eq. 5). The paper enlarges its 299 pixel images to 330; here the image
 * keeps its size, and what it holds shrinks by up to the same ratio.
 *
 * @param probability p, of a changed input
 * @param smallest the smallest side after shrinking, as a fraction of the image's
 */
@Doc("Input diversity")
@Paper("xie2019")
public record InputDiversity(
    @Doc("probability of a changed input") double probability,
    @Doc("smallest side after shrinking, as a fraction of the image's") double smallest)
    implements GradientTransform {
  /** How far the paper's resizing goes. */
  static final double SMALLEST = 299.0 / 330;

  /** The paper's setting: p = 0.5, sides down to 299 / 330. */
  public InputDiversity() {
    this(0.5, SMALLEST);
  }

  public InputDiversity {
    Check.within(0.0, 1.0, probability, "probability");
    Check.within(0.01, 1.0, smallest, "smallest");
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.ELSEWHERE);
  }

  @Override
  public GradientEvaluation gradient(
      GradientQuery query, GradientOracle inner, GradientMemory memory) {
    RandomPlacement drawn =
        RandomPlacement.draw(query.images(), probability, smallest, query.run());
    return inner.gradient(query.through(drawn::of).split(1)); // eq. 5; the draw is number 0
  }
}
