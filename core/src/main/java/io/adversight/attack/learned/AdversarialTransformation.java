package io.adversight.attack.learned;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.Set;

/**
 * One forward pass of a generator that was trained against the network, x + epsilon G(x) (the
 * perturbation of an adversarial transformation network, Baluja and Fischer 2018, equation 1, with
 * the ball in the place of their penalty on the change). The attacked network is not asked. For an
 * epsilon other than that of the training the same directions are scaled.
 *
 * @param transformation the file of a generator; the one that comes with the attacked network if
 *     empty
 */
@Doc("Adversarial transformation network")
@Paper("baluja2018")
public record AdversarialTransformation(
    @Doc("ONNX file of the generator (empty: the one that comes with the network)")
        String transformation)
    implements BoundedAttack {
  /** The generator that comes with the attacked network. */
  public AdversarialTransformation() {
    this("");
  }

  @Override
  public Set<Norm> norms() {
    return Set.of(Norm.LINF);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    run.checkCancelled();
    Classifier attacked = problem.classifier();
    Generator trained =
        transformation.isEmpty()
            ? Generator.embedded(attacked)
            : Generator.read(Path.of(transformation), attacked);
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor direction = trained.towards(problem.goal(), problem.pixels());
      Tensor step = direction.mul(ball.epsilon()); // g(x) = x + G(x), equation 1
      return scope.keep(problem.clip(problem.pixels().add(step)));
    }
  }
}
