package io.adversight.attack.minimal;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.input.InputException;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * The fast adaptive boundary attack: projects onto linear approximations of the decision boundary,
 * staying near the original image, and steps back whenever it has crossed (Croce and Hein 2020b,
 * algorithm 1).
 *
 * @param steps projections per target
 * @param restarts tries, all but the first from a random start
 * @param targets how many of the likeliest other classes are approached one after the other; 0 for
 *     the nearest boundary of all classes at each step, as in the paper
 * @param alphaMax the largest pull towards the original image
 * @param overshoot eta, how far a step goes beyond the boundary
 * @param backward beta, where between the original image and a crossing the search goes on
 */
@Doc("Fast adaptive boundary attack")
@Paper("croce2020b")
public record Fab(
    @Doc("projections per target") int steps,
    @Doc("tries, all but the first from a random start") int restarts,
    @Doc(
            "number of most probable classes used as targets in turn; 0 for the nearest class at"
                + " each step")
        int targets,
    @Doc("largest pull towards the original image") double alphaMax,
    @Doc("overshoot: 1 ends on the boundary, more beyond it") double overshoot,
    @Doc("where between the original (0) and the crossing (1) the search continues")
        double backward)
    implements MinimalAttack {
  private static final int MOST_CLASSES = 2000;

  /** The paper's setting. */
  public Fab() {
    this(100, 1, 0, 0.1, 1.05, 0.9);
  }

  /** The targeted form, towards each of the likeliest other classes. */
  public Fab(int targets) {
    this(100, 1, targets, 0.1, 1.05, 0.9);
  }

  public Fab {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(1, restarts, "restarts");
    Check.atLeast(0, targets, "targets");
    Check.within(0.0, 1.0, alphaMax, "alphaMax");
    Check.atLeast(1.0, overshoot, "overshoot");
    Check.within(0.0, 1.0, backward, "backward");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF, Norm.L2, Norm.L1);
  }

  @Override
  public Tensor perturb(Problem problem, Norm norm, Run run) {
    if (targets == 0 && problem.classes() > MOST_CLASSES) {
      throw new InputException(
          "fab looks at the boundaries of all classes at each step, at most %s, but there are %s; name a number of targets, such as targets=9, for the most probable ones"
              .formatted(MOST_CLASSES, problem.classes()));
    }
    return new FabSearch(this, norm, 0).best(problem, run);
  }

  /** This attack inside a ball: images leave as soon as one inside is found. */
  public BoundedAttack inside() {
    Fab fab = this;
    return (problem, ball, run) -> {
      Tensor found = new FabSearch(fab, ball.norm(), ball.epsilon()).best(problem, run);
      Tensor size = ball.norm().of(found.sub(problem.pixels()));
      return size.le(ball.epsilon() * (1 + 1e-6)).choose(found, problem.pixels());
    };
  }
}
