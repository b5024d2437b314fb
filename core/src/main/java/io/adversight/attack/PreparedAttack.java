package io.adversight.attack;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Optional;

/** One attack of any kind, with its ball if it has one. */
record PreparedAttack(Attempt attempt, Optional<Ball> ball) {
  /** What the attack does. */
  @FunctionalInterface
  interface Attempt {
    Tensor perturb(Problem problem, Run run);
  }

  static PreparedAttack within(BoundedAttack attack, Ball ball) {
    return new PreparedAttack(
        (problem, run) -> attack.perturb(problem, ball, run), Optional.of(ball));
  }

  static PreparedAttack nearest(MinimalAttack attack, Norm norm) {
    return new PreparedAttack(
        (problem, run) -> attack.perturb(problem, norm, run), Optional.empty());
  }

  static PreparedAttack transforming(TransformAttack attack) {
    return new PreparedAttack(
        (problem, run) -> attack.perturb(problem.with(attack.goal(problem.goal())), run),
        Optional.empty());
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
    return quantize ? new EightBitLattice(problem, ball).nearest(inside, run) : inside;
  }
}
