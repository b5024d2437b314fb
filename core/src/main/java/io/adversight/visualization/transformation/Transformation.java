package io.adversight.visualization.transformation;

import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small random change before the network sees the images: what is to be seen must survive it, so
 * that the network's high frequencies do not (Olah et al. 2017, "Transformation Robustness").
 */
public interface Transformation {
  /**
   * The images (N, C, H, W) changed, recorded if they are.
   *
   * @param randoms one source of randomness per image
   */
  Tensor apply(Tensor images, List<SplittableRandom> randoms);
}
