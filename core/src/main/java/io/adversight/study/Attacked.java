package io.adversight.study;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Trajectory;
import io.adversight.attribution.inherent.PrototypeMatch;
import java.util.List;

/**
 * What one attack made of one image, explained.
 *
 * @param attack how it was made
 * @param adversarial the changed image and its figures
 * @param trajectory the images of the iterations; empty unless requested
 * @param sameClass the changed image's explanations of the class explained in the original, one per
 *     method
 * @param newClass its explanations of the class it is now taken for; empty if that is the same
 * @param prototypes those that speak most for the class it is now taken for; empty if the network
 *     has none
 */
public record Attacked(
    Algorithm attack,
    Adversarial adversarial,
    List<Trajectory.Frame> trajectory,
    List<Explained> sameClass,
    List<Explained> newClass,
    List<PrototypeMatch> prototypes) {
  public Attacked {
    trajectory = List.copyOf(trajectory);
    sameClass = List.copyOf(sameClass);
    newClass = List.copyOf(newClass);
    prototypes = List.copyOf(prototypes);
  }
}
