package io.adversight.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.1,
        Double.MIN_VALUE,
        Double.MAX_VALUE
      })
  void everyNumberSurvivesTheWayThroughText(double number) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.set("of", Json.of(number));
    node.put("put", number);
    node.putArray("added").add(number);
    JsonNode read = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(node));
    for (JsonNode one : new JsonNode[] {read.path("of"), read.path("put"), read.at("/added/0")}) {
      assertThat(Double.doubleToLongBits(Json.number(one)))
          .isEqualTo(Double.doubleToLongBits(number));
    }
    assertThat(read.path("of")).isEqualTo(read.path("put"));
  }

  @Test
  void anAbsentNumberIsNoNumber() {
    JsonNode node = Json.MAPPER.readTree("{\"none\": null}");
    assertThat(Json.number(node.path("none"))).isNaN();
    assertThat(Json.number(node.path("missing"))).isNaN();
  }

  @Test
  void refusesWhatIsNestedTooDeepAndNumbersThatAreTooLong() {
    for (String text : new String[] {"[".repeat(3000), "1" + "0".repeat(400)}) {
      assertThatThrownBy(() -> Json.MAPPER.readTree(text)).isInstanceOf(JacksonException.class);
      assertThatThrownBy(() -> Json.builder().build().readTree(text))
          .isInstanceOf(JacksonException.class);
    }
    assertThat(Json.number(Json.MAPPER.readTree("1e400"))).isInfinite();
  }
}
