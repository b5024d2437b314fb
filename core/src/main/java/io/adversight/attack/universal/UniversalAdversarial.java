package io.adversight.attack.universal;

import io.adversight.attack.MinimalAttack;
import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Bounds;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
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
 * Goes through the images in random order; where the perturbation so far does not fool the network,
 * the nearest adversarial image in L2 is found and its step added, and the sum is projected onto
 * the ball (Moosavi-Dezfooli et al. 2017, algorithm 1). The ball's radius is the paper's xi.
 *
 * @param foolingRate 1 - delta: the share of fooled images at which to stop
 * @param passes at most so many passes through the images
 * @param inner finds the nearest adversarial image
 */
@Doc("Universal adversarial perturbation")
@Paper("moosavi2017")
public record UniversalAdversarial(
    @Doc("fooling rate at which to stop") double foolingRate,
    @Doc("maximum passes over the images") int passes,
    @Doc("minimum-norm attack") MinimalAttack inner)
    implements UniversalAttack {
  /** The paper's setting: 80 % of the images, DeepFool. */
  public UniversalAdversarial() {
    this(0.8, 10, new DeepFool());
  }

  public UniversalAdversarial {
    Check.within(0.0, 1.0, foolingRate, "foolingRate");
    Check.atLeast(1, passes, "passes");
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
      LoopVariable v = new LoopVariable(UniversalSteps.resumed(last, nothing));
      long done = last.map(Checkpoint.State::done).orElse(0L);
      for (int pass = (int) (done / images.size()); pass < passes; pass++) {
        int[] order = run.rng(0).split(pass).permutation(images.size());
        for (int i = (int) (done - (long) pass * order.length); i < order.length; i++) {
          try (Scope step = Scope.open()) {
            Tensor image = UniversalSteps.batch(classifier, images, order[i]);
            Tensor x = Bounds.PIXELS.clip(image.add(v.value()));
            Problem problem = Problem.of(classifier, x, List.of(clean.get(order[i])));
            Tensor changed = inner.perturb(problem, norm, run.split(order[i]));
            Tensor sum = v.value().add(changed.sub(x)); // equation 1
            v.set(ball.project(sum, sum.fullLike(0)));
          }
          done++;
          if (i + 1 < order.length) { // a whole pass is kept only after its fooling rate is known
            UniversalSteps.saveNowAndThen(checkpoint, done, v.value());
          }
          run.report(done, (long) passes * order.length, "images");
        }
        List<Integer> fooled = UniversalSteps.classes(classifier, images, v.value(), run);
        long count = 0;
        for (int i = 0; i < fooled.size(); i++) {
          count += fooled.get(i).equals(clean.get(i)) ? 0 : 1;
        }
        if (count >= foolingRate * fooled.size()) {
          break;
        }
        UniversalSteps.save(checkpoint, done, v.value());
      }
      return UniversalSteps.result(v.value());
    }
  }
}
