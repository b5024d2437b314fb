package io.adversight.evaluation.robustness;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.Set;

/**
 * A transfer attack: the adversarial examples of a surrogate, shown to the attacked network, of
 * which nothing is asked (Szegedy et al. 2014, section 4.2).
 *
 * @param surrogate a network with the same classes and input size
 * @param attack made on the surrogate
 */
public record SurrogateAttack(Classifier surrogate, BoundedAttack attack) implements BoundedAttack {
  @Override
  public Set<Norm> norms() {
    return attack.norms();
  }

  @Override
  public boolean isPerImage() {
    return attack.isPerImage();
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    return attack.perturb(
        Problem.of(surrogate, problem.pixels(), problem.labels()).with(problem.goal()), ball, run);
  }
}
