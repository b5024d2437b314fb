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
 * @param adaptive whether the attack knows the defences (null: it does); one that does not is made
 *     for the network alone, and what it makes is shown to the network behind them
 * @param labelSet the numbers of the independent labels that are decided on; null where classes
 *     exclude each other, or for those that the network has at first
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
    @Nullable List<AlgorithmChoice> defenses,
    @Nullable Boolean adaptive,
    @Nullable List<Integer> labelSet) {
  public PanelState {
    if (model == null || image == null || attack == null) {
      throw new InputException("a state needs a model, an image and an attack");
    }
  }

  /** The same against another network, behind other defences. */
  public PanelState facing(String network, @Nullable List<AlgorithmChoice> others) {
    List<Integer> labels = network.equals(model) ? labelSet : null;
    return new PanelState(
        network, image, crop, attack, norm, epsilon, label, target, seed, others, adaptive, labels);
  }
}
