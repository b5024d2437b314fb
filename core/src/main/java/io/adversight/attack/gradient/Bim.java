package io.adversight.attack.gradient;

import io.adversight.attack.BoundedAttack;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Loss;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * The basic iterative method, or iterative FGSM: projected steps along the gradient's sign from the
 * original image (Kurakin et al. 2017, section 2.2).
 *
 * @param paperSteps whether steps are one grey level long and min(e + 4, 1.25 e) in number, with e
 *     = 255 epsilon, as in the paper; only for LINF
 * @param steps gradient steps otherwise
 * @param relativeStep step length as a fraction of epsilon otherwise
 * @param loss what is increased
 */
@Doc("Basic iterative method (I-FGSM)")
@Paper("kurakin2017")
public record Bim(
    @Doc("steps of one grey level, min(e + 4, 1.25 e) of them for e grey levels")
        boolean paperSteps,
    @Doc("gradient steps, unless the paper's number is used") int steps,
    @Doc("step length as a fraction of epsilon, unless the paper's steps are used")
        double relativeStep,
    @Doc("loss that is increased") Loss loss)
    implements BoundedAttack {
  /** The paper's setting. */
  public Bim() {
    this(true, 10, 0.1, Loss.CROSS_ENTROPY);
  }

  /** Steps of a given number and length. */
  public Bim(int steps, double relativeStep) {
    this(false, steps, relativeStep);
  }

  /** On the cross-entropy. */
  Bim(boolean paperSteps, int steps, double relativeStep) {
    this(paperSteps, steps, relativeStep, Loss.CROSS_ENTROPY);
  }

  public Bim {
    Check.atLeast(1, steps, "steps");
    Check.positive(relativeStep, "relativeStep");
  }

  @Override
  public Set<Norm> norms() {
    return paperSteps ? Set.of(Norm.LINF) : BoundedAttack.super.norms();
  }

  @Override
  public Tensor perturb(Problem problem, Ball ball, Run run) {
    int count = paperSteps ? paperSteps(ball.epsilon()) : steps;
    double length = paperSteps ? 1 / 255.0 : relativeStep * ball.epsilon();
    StepRule rule = new TransformedStep(List.of(), ball, length);
    return ProjectedAscent.optimize(problem, ball, problem.pixels(), count, run, loss, rule);
  }

  /** Kurakin et al. 2017, section 2.2: min(e + 4, 1.25 e), rounded up. */
  static int paperSteps(double epsilon) {
    double levels = 255 * epsilon;
    return (int) Math.max(1, Math.ceil(Math.min(levels + 4, 1.25 * levels) - 1e-6));
  }
}
