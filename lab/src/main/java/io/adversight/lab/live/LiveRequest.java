package io.adversight.lab.live;

import io.adversight.input.InputException;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * A request that came over the WebSocket for one panel.
 *
 * @param type of the request
 * @param panel the client's name of the panel
 * @param number the client's number of the request
 * @param cancel set when the request is cancelled
 */
record LiveRequest(String type, String panel, long number, JsonNode message, AtomicBoolean cancel) {
  private static final int LONGEST_NAME = 40;

  static LiveRequest of(JsonNode message) {
    String type = message.path("type").asString("");
    String panel = message.path("panel").asString("");
    if (panel.isEmpty() || panel.length() > LONGEST_NAME) {
      throw new InputException(
          "a message needs a panel of 1 to %s letters".formatted(LONGEST_NAME));
    }
    if (!message.path("request").isIntegralNumber()) {
      throw new InputException("a message needs a request, a whole number");
    }
    return new LiveRequest(
        type, panel, message.path("request").asLong(), message, new AtomicBoolean());
  }
}
