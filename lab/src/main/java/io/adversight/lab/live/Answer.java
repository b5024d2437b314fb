package io.adversight.lab.live;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Answers one type of question. */
@FunctionalInterface
public interface Answer {
  /**
   * Answers by one frame or more, the last of which says so.
   *
   * @param question as it came
   * @param frames takes what is found; throws {@link java.util.concurrent.CancellationException}
   *     when nobody wants it any more
   * @param cancel raised when nobody wants the answer any more
   */
  void answer(JsonNode question, Consumer<Frame> frames, AtomicBoolean cancel);
}
