package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Iterative FGSM along a transformed gradient: {@code x <- P(x + a sign T(grad L))}, with any
 * combination of the transforms that make attacks transfer to other networks.
 *
 * <p>The transforms are nested as they are listed, outermost first: each calls the one after it,
 * and the last evaluates the network. {@code momentum, translation-invariance, input-diversity} is
 * TI-DI-MI-FGSM: the gradient through a diverse input is smoothed, then added to the momentum. With
 * no transform this is the iterative FGSM with steps of a given length.
 *
 * @param steps gradient steps
 * @param relativeStep a / epsilon
 * @param transforms T, outermost first; each at most once, one that accumulates, and none that
 *     remembers after one that evaluates several gradients a step
 * @param loss L, what is increased
 */
@Doc("Iterative FGSM with a list of gradient transforms")
public record TransferFgsm(
    @Doc("gradient steps") int steps,
    @Doc("step length as a fraction of epsilon") double relativeStep,
    @Doc("gradient transforms, outermost first; the innermost evaluates the network")
        List<GradientTransform> transforms,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** TI-DI-MI-FGSM with every part in its own paper's setting: 10 steps of epsilon / 10. */
  public TransferFgsm() {
    this(
        10,
        0.1,
        List.of(new Momentum(), new TranslationInvariance(), new InputDiversity()),
        Loss.CROSS_ENTROPY);
  }

  public TransferFgsm {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
    transforms = List.copyOf(transforms);
    TransformedStep.check(transforms);
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    StepRule rule = new TransformedStep(transforms, ball, relativeStep * ball.epsilon());
    return ProjectedAscent.optimize(problem, ball, problem.pixels(), steps, run, loss, rule);
  }
}
