package io.adversight.lab.live;

import io.adversight.input.InputException;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * Something that was asked for a panel.
 *
 * @param type what is asked
 * @param panel the visitor's name for the panel
 * @param number the visitor's number of the question
 * @param cancel raised when nobody wants the answer any more
 */
record Question(String type, String panel, long number, JsonNode message, AtomicBoolean cancel) {
  private static final int LONGEST_NAME = 40;

  static Question of(JsonNode message) {
    String type = message.path("type").asString("");
    String panel = message.path("panel").asString("");
    if (panel.isEmpty() || panel.length() > LONGEST_NAME) {
      throw new InputException(
          "a message needs a panel of 1 to %s letters".formatted(LONGEST_NAME));
    }
    if (!message.path("request").isIntegralNumber()) {
      throw new InputException("a message needs a request, a whole number");
    }
    return new Question(
        type, panel, message.path("request").asLong(), message, new AtomicBoolean());
  }
}
