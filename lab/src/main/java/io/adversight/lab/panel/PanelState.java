package io.adversight.lab.panel;

import io.adversight.input.InputException;
import io.adversight.lab.store.Crop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a panel shows.
 *
 * @param model a known network's id
 * @param image an image's id
 * @param crop the part of the image that is shown; null for what the network's card says
 * @param attack what changes the image
 * @param norm linf, l2, l1 or l0; null for linf
 * @param epsilon of bounded attacks, in pixels of [0, 1]; null for 0
 * @param label the true class; null for the predicted one
 * @param target the target class; null for an untargeted attack
 * @param seed of all randomness; null for 0
 * @param defenses in front of the network, in the order in which an image passes them; null for
 *     none
 */
public record PanelState(
    String model,
    String image,
    @Nullable Crop crop,
    AlgorithmChoice attack,
    @Nullable String norm,
    @Nullable Double epsilon,
    @Nullable Integer label,
    @Nullable Integer target,
    @Nullable Long seed,
    @Nullable List<AlgorithmChoice> defenses) {
  public PanelState {
    if (model == null || image == null || attack == null) {
      throw new InputException("a state needs a model, an image and an attack");
    }
  }

  /** The same against another network, behind other defences. */
  public PanelState facing(String network, @Nullable List<AlgorithmChoice> others) {
    return new PanelState(network, image, crop, attack, norm, epsilon, label, target, seed, others);
  }
}
