package io.adversight.attack.universal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import io.adversight.tensor.LoopVariable;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A baseline: the sum of the nearest adversarial perturbations of all images, scaled to the ball's
 * radius (Moosavi-Dezfooli et al. 2017, figure 8).
 *
 * @param inner finds the nearest adversarial image
 */
@Doc("Sum of single perturbations")
@Paper("moosavi2017")
public record PerturbationSum(@Doc("minimum-norm attack") MinimalAttack inner)
    implements UniversalAttack {
  /** DeepFool's perturbations. */
  public PerturbationSum() {
    this(new DeepFool());
  }

  @Override
  public void check(Norm norm) {
    UniversalSteps.innerNorm(inner, norm);
  }

  @Override
  public Universal craft(
      Classifier classifier, DataSet images, Ball ball, Checkpoint checkpoint, Run run) {
    Norm norm = UniversalSteps.innerNorm(inner, ball.norm());
    try (Scope scope = Scope.open()) {
      Tensor nothing = UniversalSteps.nothing(classifier, images);
      List<Integer> clean = UniversalSteps.classes(classifier, images, nothing, run);
      Optional<Checkpoint.State> last = checkpoint.last();
      LoopVariable sum = new LoopVariable(UniversalSteps.resumed(last, nothing));
      int first = last.map(state -> (int) state.done()).orElse(0);
      for (int i = first; i < images.size(); i++) {
        try (Scope step = Scope.open()) {
          Tensor x = UniversalSteps.batch(classifier, images, i);
          Problem problem = Problem.of(classifier, x, List.of(clean.get(i)));
          sum.set(sum.value().add(inner.perturb(problem, norm, run.split(i)).sub(x)));
        }
        UniversalSteps.saveNowAndThen(checkpoint, i + 1, sum.value());
        run.report(i + 1, images.size(), "images");
      }
      return UniversalSteps.result(UniversalSteps.scaled(sum.value(), ball));
    }
  }
}
