package io.adversight.attack.universal;

import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.describe.Doc;
import io.adversight.model.Classifier;
import io.adversight.run.Checkpoint;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/** A baseline: random noise of the ball's norm; signs for LINF, a normal direction otherwise. */
@Doc("Universal random noise")
public record UniversalNoise() implements UniversalAttack {
  @Override
  public Universal craft(
      Classifier classifier, DataSet images, Ball ball, Checkpoint checkpoint, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor normal = run.normal(UniversalSteps.nothing(classifier, images), 0);
      Tensor noise = ball.norm() == Norm.LINF ? normal.sign() : normal;
      return UniversalSteps.result(UniversalSteps.scaled(noise, ball));
    }
  }
}
