package io.adversight.evaluation.robustness;

import io.adversight.attack.problem.Norm;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** Estimates how far the nearest adversarial image is at least. */
public interface DistanceBound {
  /** How distance is measured. */
  Norm norm();

  /**
   * The estimate for one image of a batch of one.
   *
   * @param pixels (1, C, H, W)
   * @param run of size 1
   */
  Estimate estimate(Classifier classifier, Tensor pixels, Run run);

  /**
   * What was estimated for one image.
   *
   * @param score lower bound of the distance
   * @param nearest the class whose bound it is
   * @param margin z_c - z_nearest at the image
   * @param lipschitz the estimated largest gradient norm of that margin
   */
  record Estimate(double score, int nearest, double margin, double lipschitz) {}
}
