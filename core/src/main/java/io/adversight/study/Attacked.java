package io.adversight.study;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Trajectory;
import io.adversight.attribution.inherent.PrototypeMatch;
import java.util.List;

/**
 * What one attack made of one picture, explained.
 *
 * @param attack how it was made
 * @param adversarial the changed picture and its figures
 * @param film what it looked like on the way; empty if nobody asked
 * @param sameClass the changed picture's explanations of the class explained in the original, one
 *     per method
 * @param newClass its explanations of the class it is now taken for; empty if that is the same
 * @param prototypes those that speak most for the class it is now taken for; empty if the network
 *     has none
 */
public record Attacked(
    Algorithm attack,
    Adversarial adversarial,
    List<Trajectory.Frame> film,
    List<Explained> sameClass,
    List<Explained> newClass,
    List<PrototypeMatch> prototypes) {
  public Attacked {
    film = List.copyOf(film);
    sameClass = List.copyOf(sameClass);
    newClass = List.copyOf(newClass);
    prototypes = List.copyOf(prototypes);
  }
}
