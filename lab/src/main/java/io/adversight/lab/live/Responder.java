package io.adversight.lab.live;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Answers one type of request. */
@FunctionalInterface
public interface Responder {
  /**
   * Answers by one frame or more, the last of which is marked as final.
   *
   * @param message the request as it came
   * @param frames receives results; throws {@link java.util.concurrent.CancellationException} when
   *     the request is cancelled
   * @param cancel set when the request is cancelled
   */
  void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel);
}
