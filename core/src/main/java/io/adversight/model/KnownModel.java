package io.adversight.model;

/** A model that can be used by its name. */
public record KnownModel(ModelCard card, State state) {
  /** Where its file is. */
  public enum State {
    /** Inside the library. */
    EMBEDDED,
    /** In a mirror folder. */
    MIRROR,
    /** In the data home. */
    LOCAL,
    /** On the network; it is fetched when it is used first. */
    HUB
  }

  /** The model's name. */
  public String id() {
    return card.name();
  }
}
