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
import io.adversight.tensor.Carried;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A baseline: the sum of the nearest adversarial perturbations of all pictures, scaled to the
 * ball's radius (Moosavi-Dezfooli et al. 2017, figure 8).
 *
 * @param inner finds the nearest adversarial image
 */
@Doc("Sum of single perturbations")
@Paper("moosavi2017")
public record PerturbationSum(@Doc("finds the nearest adversarial image") MinimalAttack inner)
    implements UniversalAttack {
  /** DeepFool's perturbations. */
  public PerturbationSum() {
    this(new DeepFool());
  }

  @Override
  public void check(Norm norm) {
    Crafting.innerNorm(inner, norm);
  }

  @Override
  public Universal craft(
      Classifier classifier, DataSet pictures, Ball ball, Checkpoint checkpoint, Run run) {
    Norm norm = Crafting.innerNorm(inner, ball.norm());
    try (Scope scope = Scope.open()) {
      Tensor nothing = Crafting.nothing(classifier, pictures);
      List<Integer> clean = Crafting.classes(classifier, pictures, nothing, run);
      Optional<Checkpoint.State> last = checkpoint.last();
      Carried sum = new Carried(Crafting.resumed(last, nothing));
      int first = last.map(state -> (int) state.done()).orElse(0);
      for (int i = first; i < pictures.size(); i++) {
        try (Scope step = Scope.open()) {
          Tensor x = Crafting.batch(classifier, pictures, i);
          Problem problem = Problem.of(classifier, x, List.of(clean.get(i)));
          sum.set(sum.value().add(inner.perturb(problem, norm, run.split(i)).sub(x)));
        }
        Crafting.saveNowAndThen(checkpoint, i + 1, sum.value());
        run.report(i + 1, pictures.size(), "pictures");
      }
      return Crafting.result(Crafting.scaled(sum.value(), ball));
    }
  }
}
