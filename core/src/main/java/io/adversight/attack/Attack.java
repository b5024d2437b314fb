package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import java.util.Set;

/** An algorithm that changes images so that a prediction changes. */
public sealed interface Attack permits BoundedAttack, MinimalAttack, TransformAttack {
  /**
   * Whether an image's result follows from the image, its label and its random numbers alone, so
   * that it is the same alone, in a batch and in another order.
   *
   * <p>The same means: up to rounding. A network's values for an image differ by about 1e-7 of the
   * largest with the batch, the threads and the processor, and so do results, except where an
   * attack decides at a tie: the sign of a gradient of about 0, a rectifier at its kink, two
   * candidates of equal loss, a coefficient that JPEG rounds. There rounding settles the decision
   * and all that follows from it, and steps so long that differences grow from one to the next do
   * the same, so single pixels may differ by a step or more, and a minimum-norm attack may end
   * elsewhere on the boundary. The same batch on the same machine with as many threads gives the
   * same to the bit.
   *
   * <p>Measured on ResNet-20 for CIFAR-10 with 16 images: gradients alone and in the batch differ
   * by up to 8e-6 of an image's largest. In MI-FGSM of 10 steps at 8/255, 15 images end the same;
   * in the other one value differs by one step after step 3, 37 values after step 5 and 378 of
   * 3,072 after step 10, by up to epsilon. APGD of 25 steps ends the same for all 16.
   */
  default boolean isPerImage() {
    return true;
  }

  /** The norms this attack knows; every norm if none bounds its change. */
  Set<Norm> norms();

  /**
   * Checks what can be checked before any image is seen.
   *
   * @param classes how many the network has
   * @param targeted whether a class is wanted
   * @throws IllegalArgumentException if this attack is not made for it
   */
  default void check(int classes, boolean targeted) {}
}
