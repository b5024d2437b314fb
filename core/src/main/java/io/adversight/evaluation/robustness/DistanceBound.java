package io.adversight.evaluation.robustness;

import io.adversight.attack.problem.Norm;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** A lower bound of the distance to the nearest adversarial image: estimated, or proved. */
public interface DistanceBound {
  /** How distance is measured. */
  Norm norm();

  /** Whether the bound is a proof, not an estimate. */
  default boolean isCertified() {
    return false;
  }

  /**
   * The bound for one image of a batch of one.
   *
   * @param pixels (1, C, H, W)
   * @param run of size 1
   */
  Estimate estimate(Classifier classifier, Tensor pixels, Run run);

  /**
   * The bound of one image.
   *
   * @param score lower bound of the distance
   * @param nearest the class whose bound it is
   * @param margin z_c - z_nearest at the image
   * @param lipschitz the largest gradient norm of that margin, as far as the method knows
   */
  record Estimate(double score, int nearest, double margin, double lipschitz) {}
}
