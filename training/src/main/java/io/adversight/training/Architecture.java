package io.adversight.training;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adversight.graph.Graph;
import io.adversight.model.Input;
import io.adversight.tensor.Rng;

/**
 * A kind of network: makes graphs of the same operators as imported networks have, with untrained
 * weights.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface Architecture {
  /**
   * An untrained network from pictures (N, C, H, W) to logits (N, classes).
   *
   * @param rng where the first weights come from
   */
  Graph graph(Input input, int classes, Rng rng);
}
