package io.adversight.lab.panel;

import io.adversight.input.InputException;
import io.adversight.lab.shelf.Crop;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a panel shows.
 *
 * @param model a known network's id
 * @param picture a picture's id
 * @param crop the part of the picture that is shown; null for what the network's card says
 * @param attack what changes the picture
 * @param norm linf, l2, l1 or l0; null for linf
 * @param epsilon of bounded attacks, in pixels of [0, 1]; null for 0
 * @param label the class to leave; null for the predicted one
 * @param target the class to reach; null for any other than the label
 * @param seed of all randomness; null for 0
 * @param defense what happens before classification; null for nothing
 */
public record PanelState(
    String model,
    String picture,
    @Nullable Crop crop,
    Choice attack,
    @Nullable String norm,
    @Nullable Double epsilon,
    @Nullable Integer label,
    @Nullable Integer target,
    @Nullable Long seed,
    @Nullable Choice defense) {
  public PanelState {
    if (model == null || picture == null || attack == null) {
      throw new InputException("a state needs a model, a picture and an attack");
    }
  }
}
