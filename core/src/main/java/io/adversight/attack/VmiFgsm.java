package io.adversight.attack;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Momentum iterative FGSM with variance tuning: the gradient is corrected by how the gradients of
 * random neighbours differed from it at the step before (Wang and He 2021, algorithm 1).
 *
 * @param steps gradient steps
 * @param relativeStep step length / epsilon
 * @param decay of the momentum
 * @param samples neighbours per step, N
 * @param relativeRadius of the neighbourhood, beta, as a multiple of epsilon
 * @param loss what is increased
 */
@Doc("Variance-tuned momentum iterative FGSM")
@Paper("wang2021")
public record VmiFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("decay of the momentum") double decay,
    @Doc("random neighbours per step") int samples,
    @Doc("radius of the neighbourhood as a multiple of epsilon") double relativeRadius,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting: 10 steps, decay 1, 20 neighbours within 1.5 epsilon. */
  public VmiFgsm() {
    this(10, 0.1, 1, 20, 1.5, Loss.CROSS_ENTROPY);
  }

  public VmiFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    Check.atLeast(0.0, decay, "decay");
    Check.atLeast(1, samples, "samples");
    Check.positive(relativeRadius, "relativeRadius");
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    double length = relativeStep * ball.epsilon();
    return Ascent.climb(
        problem,
        ball,
        problem.pixels(),
        steps,
        run,
        Ascent.Look.at(loss),
        (place, slope) -> {
          Tensor gradient = slope.gradient();
          List<Tensor> memory = place.memory();
          Tensor tuned = memory.isEmpty() ? gradient : gradient.add(memory.get(1));
          Tensor momentum = Accumulation.L1.add(memory, decay, tuned, ball.norm()); // eq. 5
          Tensor step = ball.norm().steepest(momentum).mul(length);
          Tensor variance = neighbours(place, ball).sub(gradient);
          return new Ascent.Move(step, List.of(momentum, variance));
        });
  }

  /** The mean gradient of random neighbours (eq. 4, first term). */
  private Tensor neighbours(Ascent.Place place, Ball ball) {
    Ball around = new Ball(ball.norm(), relativeRadius * ball.epsilon());
    Run run = place.run().split(place.step());
    Tensor sum = place.x().fullLike(0);
    for (int j = 0; j < samples; j++) {
      try (Scope scope = Scope.open()) {
        Tensor neighbour = around.random(place.x(), run, j);
        Slope slope = place.problem().slope(neighbour, place.objective(loss), run);
        sum = scope.replace(sum, sum.add(slope.gradient()));
      }
    }
    return sum.div(samples);
  }
}
