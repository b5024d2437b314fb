package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Adversarial training: alpha J(x, y) + (1 - alpha) J(x', y), where x' is what an attack makes of x
 * (Goodfellow et al. 2015, section 6, with FGSM and alpha 1/2; Madry et al. 2018, equation 2.1,
 * with PGD and alpha 0; Wong et al. 2020, algorithm 3, with one step from a random start and alpha
 * 0). The gradient for the weights takes x' as given. Clean and attacked images are separate
 * passes.
 *
 * @param loss J
 * @param cleanShare alpha, in [0, 1)
 */
public record AdversarialLoss(PassLoss loss, double cleanShare, InnerAttack attack)
    implements TrainingLoss {
  public AdversarialLoss {
    Check.within(0.0, 0.99, cleanShare, "cleanShare");
  }

  @Override
  public boolean attacksImages() {
    return true;
  }

  @Override
  public Evaluation evaluate(TrainingBatch batch) {
    Tensor attacked = attack.perturb(batch.problem(), batch);
    TrainingPass pass = batch.pass(attacked);
    if (cleanShare == 0) {
      return new Evaluation(loss.terms(pass, batch.labels()), pass.logits());
    }
    Tensor robust = loss.of(pass, batch.labels());
    Tensor clean = loss.of(batch.pass(batch.images()), batch.labels());
    LossTerms terms =
        new LossTerms(
            List.of(
                new LossTerms.Term("clean", cleanShare, clean),
                new LossTerms.Term("attacked", 1 - cleanShare, robust)));
    return new Evaluation(terms, pass.logits());
  }
}
