package io.adversight.attack;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/** One attack of any kind, with its ball if it has one. */
record Search(Attempt attempt, Optional<Ball> ball) {
  /** What the attack does. */
  @FunctionalInterface
  interface Attempt {
    Tensor perturb(Problem problem, Run run);
  }

  static Search within(BoundedAttack attack, Ball ball) {
    return new Search((problem, run) -> attack.perturb(problem, ball, run), Optional.of(ball));
  }

  static Search nearest(MinimalAttack attack, Norm norm) {
    return new Search((problem, run) -> attack.perturb(problem, norm, run), Optional.empty());
  }

  static Search transforming(TransformAttack attack) {
    return new Search(attack::perturb, Optional.empty());
  }

  /** The size of the ball; NaN without one. */
  double epsilon() {
    return ball.map(Ball::epsilon).orElse(Double.NaN);
  }

  /** Changed images inside the ball and the bounds. */
  Tensor run(Problem problem, Run run, boolean quantize) {
    Tensor changed = attempt.perturb(problem, run);
    Tensor inside =
        problem.clip(ball.map(b -> b.project(changed, problem.pixels())).orElse(changed));
    return quantize ? new Lattice(problem, ball).nearest(inside, run) : inside;
  }
}
