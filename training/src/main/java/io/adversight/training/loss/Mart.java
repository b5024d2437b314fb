package io.adversight.training.loss;

import io.adversight.describe.Check;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * MART (Wang et al. 2020, equation 13): the boosted cross-entropy of attacked images, -log p_y(x')
 * - log(1 - max over k other than y of p_k(x')), plus lambda KL(p(x) || p(x')) (1 - p_y(x)), which
 * weighs images by how unsure the network is of them when clean. x' increases the cross-entropy.
 *
 * @param lambda weight of the second part; the paper's is 5
 */
public record Mart(double lambda, InnerAttack attack) implements TrainingLoss {
  /** Keeps the logarithm finite; that of the authors' code. */
  private static final double ALMOST_ONE = 1.0001;

  public Mart {
    Check.positive(lambda, "lambda");
  }

  @Override
  public boolean attacksImages() {
    return true;
  }

  @Override
  public Evaluation evaluate(TrainingBatch batch) {
    TrainingPass robust = batch.pass(attack.perturb(batch.problem(), batch));
    TrainingPass clean = batch.pass(batch.images());
    return new Evaluation(terms(clean.logits(), robust.logits(), batch.labels()), robust.logits());
  }

  /** The loss of logits (N, classes) of clean and attacked images with labels (N, 1). */
  private LossTerms terms(Tensor clean, Tensor robust, Tensor labels) {
    Tensor p = clean.logSoftmax(1);
    Tensor q = robust.logSoftmax(1);
    Tensor numbers = q.detach().fullLike(1).cumulativeSum(1).sub(1);
    Tensor own = numbers.eq(labels.asFloat().like(q));
    Tensor wrong = own.choose(q.fullLike(0), q.exp()).max(1).reshape(q.size(0));
    Tensor boosted =
        q.gather(1, labels).neg().reshape(q.size(0)).sub(wrong.neg().add(ALMOST_ONE).log());
    Tensor unsure = p.gather(1, labels).exp().neg().add(1).reshape(p.size(0));
    Tensor apart = Divergence.between(p, q).mul(unsure);
    return new LossTerms(
        List.of(
            new LossTerms.Term("boosted", 1, boosted.mean()),
            new LossTerms.Term("divergence", lambda, apart.mean()))); // eq. 13
  }
}
