package io.adversight.defense;

import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;

/**
 * Changes an image before it is classified, so that a perturbation is reduced. One that hides the
 * gradient or draws at random protects only from attackers who do not know of it (Athalye et al.
 * 2018): gradients therefore pass every defence, by its own gradient or straight through.
 */
public interface Defense {
  /**
   * The images that are classified in place of {@code images}, (N, C, H, W) in [0, 1]; recorded if
   * {@code images} are.
   *
   * @param run random numbers of each image
   */
  Tensor of(Tensor images, Run run);

  /** Whether it draws random numbers. */
  default boolean isRandom() {
    return false;
  }

  /**
   * Whether gradients are its own. Otherwise they pass straight through, as if it were the identity
   * (backward pass differentiable approximation, BPDA; Athalye et al. 2018, section 4.1.1).
   */
  default boolean isDifferentiable() {
    return true;
  }

  /** Steps of the optimization that it solves for every image; 0 if it solves none. */
  default int optimizationSteps() {
    return 0;
  }

  /** Whether it solves an optimization problem for every image that it is given. */
  default boolean isOptimization() {
    return optimizationSteps() > 0;
  }

  /** One image; random numbers follow from its pixels. */
  default Raster of(Raster image) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = Batches.of(List.of(image));
      return Batches.rasters(of(pixels, Run.of(new Rng(0), pixels))).get(0);
    }
  }
}
