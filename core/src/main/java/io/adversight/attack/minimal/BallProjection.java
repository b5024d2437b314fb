package io.adversight.attack.minimal;

import io.adversight.attack.problem.Norm;
import io.adversight.tensor.Tensor;

/** Projection onto balls whose radius differs from image to image. */
final class BallProjection {
  private BallProjection() {}

  /**
   * The nearest perturbations in the balls.
   *
   * @param perturbation (N, ...)
   * @param radii (N, 1, ...), possibly infinite
   */
  static Tensor onto(Norm norm, Tensor perturbation, Tensor radii) {
    return switch (norm) {
      case LINF -> perturbation.clamp(radii.neg(), radii);
      case L2 -> {
        Tensor length = perturbation.l2PerImage();
        Tensor factor = radii.div(length.clamp(1e-30, Double.MAX_VALUE));
        yield perturbation.mul(length.gt(radii).choose(factor, length.fullLike(1)));
      }
      case L1 -> ontoL1(perturbation, radii);
      case L0 -> {
        Tensor flat = flat(perturbation).abs();
        Tensor ranks = flat.sort(1, true).indices().asFloat().sort(1, false).indices();
        Tensor kept = ranks.asFloat().lt(flat(radii).asFloat());
        yield kept.reshape(perturbation.shape().toArray())
            .choose(perturbation, perturbation.fullLike(0));
      }
    };
  }

  /** By sorting (Duchi et al. 2008, figure 1); a perturbation already inside stays. */
  private static Tensor ontoL1(Tensor perturbation, Tensor radii) {
    Tensor flat = flat(perturbation);
    Tensor radius = flat(radii);
    Tensor sorted = flat.abs().sort(1, true).values();
    Tensor ranks = sorted.fullLike(1).cumulativeSum(1);
    Tensor thresholds = sorted.cumulativeSum(1).sub(radius).div(ranks);
    Tensor count = sorted.gt(thresholds).asFloat().sum(1).clamp(1, Integer.MAX_VALUE);
    Tensor theta = thresholds.gather(1, count.sub(1).asLong()).relu();
    Tensor shrunk = flat.abs().sub(theta).relu().mul(flat.sign());
    return shrunk.reshape(perturbation.shape().toArray());
  }

  private static Tensor flat(Tensor x) {
    return x.reshape(x.size(0), -1);
  }
}
