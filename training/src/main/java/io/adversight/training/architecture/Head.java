package io.adversight.training.architecture;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a network decides with: makes logits of maps of features. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Head permits DenseHead, AttentionHead, PrototypeHead {
  /**
   * Adds the head behind the maps of {@code features}, (N, C, H, W); returns the name of the layer
   * of the logits, (N, classes).
   */
  String behind(GraphBuilder plan, String features, int classes);
}
