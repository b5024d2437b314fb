package io.adversight.examples;

import io.adversight.Adversarial;
import io.adversight.Adversight;
import io.adversight.Image;
import io.adversight.Model;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Writes an attack of one's own and compares it with PGD.
 *
 * <p>You will see the result of steps along the sign of the gradient that begin at the image
 * itself. The attack need not stay inside the ball, classify, or count passes: that is done for
 * every attack.
 *
 * <pre>{@code
 * own attack: 8 92.8 % -> 3 72.1 %, success, Linf 0.2000
 * PGD:        8 92.8 % -> 3 99.2 %, success, Linf 0.2000
 * }</pre>
 */
public final class Example04OwnAttack {
  private Example04OwnAttack() {}

  /**
   * Steps of equal length, epsilon / steps, up the cross-entropy.
   *
   * @param steps at least 1
   */
  record EqualSteps(int steps) implements BoundedAttack {
    @Override
    public Tensor perturb(Problem problem, Ball ball, Run run) {
      Tensor x = problem.pixels();
      for (int i = 0; i < steps; i++) {
        Tensor gradient =
            problem.gradient(x, problem.objective(Loss.CROSS_ENTROPY), run).gradient();
        x = problem.clip(x.add(ball.norm().steepest(gradient).mul(ball.epsilon() / steps)));
      }
      return x;
    }
  }

  /** Runs the example. */
  public static void main(String... arguments) {
    try (Model model = Adversight.open("digits")) {
      Image eight = new Image(Adversight.data("drawn-digits").image(8));
      Adversarial own = model.attack(new EqualSteps(5), eight, 0.2);
      Adversarial pgd = model.attack(new Pgd(), eight, 0.2);
      System.out.println("own attack: " + own);
      System.out.println("PGD:        " + pgd);
    }
  }
}
