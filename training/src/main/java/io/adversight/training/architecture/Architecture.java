package io.adversight.training.architecture;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.model.Models;
import io.adversight.tensor.Rng;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of network: makes graphs of the same operators as imported networks have, with untrained
 * weights.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface Architecture {
  /**
   * An untrained network from images (N, C, H, W) to logits (N, classes).
   *
   * @param rng where the first weights come from
   */
  Graph graph(Input input, int classes, Rng rng);

  /**
   * This architecture with the network that it builds upon; itself if it builds on none.
   *
   * @throws java.util.NoSuchElementException if {@code models} has no such network or layer
   */
  default Architecture on(Models models) {
    return this;
  }

  /** The part of an imported network that this one begins with; empty if it has none. */
  default Optional<Backbone> backbone() {
    return Optional.empty();
  }

  /**
   * Constants that are random in training, and 0 outside it: by name, how many values of the
   * standard normal distribution each image gets.
   */
  default Map<String, Integer> noise() {
    return Map.of();
  }

  /** The layers that are outputs of the written file, the logits first; empty for these alone. */
  default List<String> outputs() {
    return List.of();
  }

  /** The prototypes it decides with; empty if it has none. */
  default Optional<PrototypeHead> prototypes() {
    return Optional.empty();
  }
}
