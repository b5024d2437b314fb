package io.adversight.training.loss;

import io.adversight.attack.problem.Problem;
import io.adversight.describe.Check;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * TRADES (Zhang et al. 2019, equation 5): J(x, y) + beta KL(p(x) || p(x')), where x' is the image
 * of the ball whose prediction an attack brings furthest from that of x. The attack starts as
 * {@link InnerAttack} says; the authors' code starts at x plus normal noise of 0.001. At x itself
 * the gradient is 0, so that a random start is needed.
 *
 * @param loss J
 * @param beta weight of the divergence; the paper's are 1 and 6
 */
public record Trades(PassLoss loss, double beta, InnerAttack attack) implements TrainingLoss {
  public Trades {
    Check.positive(beta, "beta");
    if (!attack.randomStart()) {
      throw new IllegalArgumentException(
          "the attack of TRADES needs randomStart: the divergence has no gradient at the image");
    }
  }

  @Override
  public boolean attacksImages() {
    return true;
  }

  @Override
  public Evaluation evaluate(TrainingBatch batch) {
    TrainingPass robust = batch.pass(attack.perturb(diverging(batch.problem()), batch));
    TrainingPass clean = batch.pass(batch.images());
    Tensor apart =
        Divergence.between(clean.logits().logSoftmax(1), robust.logits().logSoftmax(1)).mean();
    LossTerms terms =
        new LossTerms(
            List.of(
                new LossTerms.Term("clean", 1, loss.of(clean, batch.labels())),
                new LossTerms.Term("divergence", beta, apart)));
    return new Evaluation(terms, robust.logits());
  }

  /** The problem of bringing predictions far from those of the images as they are. */
  private static Problem diverging(Problem problem) {
    try (Gradients.Off off = Gradients.off()) {
      Tensor logits = problem.classifier().logits(problem.pixels());
      return problem.with(new Divergence(logits.logSoftmax(1)));
    }
  }
}
