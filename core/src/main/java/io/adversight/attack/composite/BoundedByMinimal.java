package io.adversight.attack.composite;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.MinimalAttack;
import io.adversight.attack.minimal.Fab;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * An attack that looks for the nearest adversarial image, used inside a ball: images whose nearest
 * one lies outside stay as they were.
 *
 * @param attack that looks for the nearest image
 */
@Doc("Minimum-norm attack, bounded to the ball")
public record BoundedByMinimal(@Doc("minimum-norm attack") MinimalAttack attack)
    implements BoundedAttack {
  /** The fast adaptive boundary attack. */
  public BoundedByMinimal() {
    this(new Fab());
  }

  /** Room for rounding errors, relative to epsilon. */
  private static final double ROOM = 1e-6;

  @Override
  public boolean isPerImage() {
    return attack.isPerImage();
  }

  @Override
  public void check(int classes, boolean targeted) {
    attack.check(classes, targeted);
  }

  @Override
  public Set<Norm> norms() {
    return attack.norms();
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    Tensor found = attack.perturb(problem, ball.norm(), run);
    Tensor size = ball.norm().of(found.sub(problem.pixels()));
    return size.le(ball.epsilon() * (1 + ROOM)).choose(found, problem.pixels());
  }
}
