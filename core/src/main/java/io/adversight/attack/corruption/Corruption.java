package io.adversight.attack.corruption;

import io.adversight.run.Run;
import io.adversight.tensor.Tensor;

/**
 * Something that happens to an image on its way from a screen to a network. Its strength is drawn
 * at random for each image; gradients pass through it.
 */
public interface Corruption {
  /** The corrupted images (N, C, H, W), pixels in [0, 1]; recorded if {@code images} are. */
  Tensor of(Tensor images, Run run);

  /** One number per image in [low, high), (N, 1, 1, 1); {@code use} tells draws apart. */
  static Tensor draw(Tensor images, Run run, long use, double low, double high) {
    Tensor like = Tensor.zeros(images.size(0), 1, 1, 1).like(images);
    return low == high ? like.fullLike(low) : run.uniform(like, use, low, high);
  }
}
