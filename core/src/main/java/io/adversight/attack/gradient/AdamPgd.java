package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.GradientEvaluation;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Projected gradient ascent whose steps are those of Adam, as Uesato et al. 2018 attack; each
 * image's gradient is scaled to a largest value of 1 first, so that saturated images move too.
 *
 * @param steps gradient steps
 * @param relativeStep learning rate / epsilon; 0 for 2.5 / steps
 * @param beta1 decay of the mean gradient
 * @param beta2 decay of the mean square
 * @param randomStart whether the first image is a random point of the ball
 * @param loss what is increased
 */
@Doc("Projected gradient descent with Adam")
@Paper("uesato2018")
public record AdamPgd(
    @Doc("gradient steps") int steps,
    @Doc("learning rate as a fraction of epsilon; 0 for 2.5 / steps") double relativeStep,
    @Doc("decay of the mean gradient") double beta1,
    @Doc("decay of the mean square") double beta2,
    @Doc("start at a random point of the ball") boolean randomStart,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  private static final double TINY = 1e-8;

  /** 40 steps of 2.5 epsilon / 40 with Adam's usual decays. */
  public AdamPgd() {
    this(40, 0, 0.9, 0.999, true, Loss.CROSS_ENTROPY);
  }

  public AdamPgd {
    Check.atLeast(1, steps, "steps");
    Check.atLeast(0.0, relativeStep, "relativeStep");
    Check.within(0.0, 0.999999, beta1, "beta1");
    Check.within(0.0, 0.999999, beta2, "beta2");
  }

  @Override
  public Optional<String> caution() {
    return randomStart ? StepLength.caution(relativeStep, steps) : Optional.empty();
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    Tensor center = problem.pixels();
    Tensor start = randomStart ? problem.clip(ball.random(center, run, 0)) : center;
    double length = StepLength.of(relativeStep, steps) * ball.epsilon();
    StepRule rule =
        StepRule.atTheImages(ball, (iterate, evaluation) -> step(iterate, evaluation, length));
    return ProjectedAscent.optimize(problem, ball, start, steps, run, loss, rule);
  }

  private Step step(
      Iterate iterate, GradientEvaluation evaluation, double length) { // Kingma and Ba, algorithm 1
    List<Tensor> memory = iterate.memory();
    Tensor g = scaled(evaluation.gradient());
    Tensor mean = g.mul(1 - beta1);
    Tensor square = g.square().mul(1 - beta2);
    if (!memory.isEmpty()) {
      mean = mean.add(memory.get(0).mul(beta1));
      square = square.add(memory.get(1).mul(beta2));
    }
    Tensor first = mean.div(1 - Math.pow(beta1, iterate.step() + 1));
    Tensor second = square.div(1 - Math.pow(beta2, iterate.step() + 1)).sqrt().add(TINY);
    return new Step(first.div(second).mul(length), evaluation.loss(), List.of(mean, square));
  }

  /** Each image's gradient with a largest value of 1, without what is rounding error. */
  private static Tensor scaled(Tensor gradient) {
    Tensor largest = gradient.linfPerImage();
    Tensor g = gradient.div(largest.eq(0).choose(largest.fullLike(1), largest));
    return g.mul(Norm.LINF.steepest(gradient).abs());
  }
}
