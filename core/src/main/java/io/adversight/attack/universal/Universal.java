package io.adversight.attack.universal;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/** One change for all images. */
public sealed interface Universal permits UniversalPerturbation, Patch {
  /** The changed images, (N, C, H, W), pixels in [0, 1]. */
  Tensor apply(Tensor pixels, Run run);
}
