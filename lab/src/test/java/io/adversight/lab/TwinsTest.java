package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same attack on a standard, a robust and a defended network. */
class TwinsTest {
  private static final String JPEG = "[{\"id\":\"jpeg\"}]";
  private static LabClient lab;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static List<LiveClient.Received> ask(String type, String model, String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"%s","panel":"p","request":1,"state":{"model":"%s","image":"s-digit-9",
           "attack":{"id":"fgsm"},"epsilon":0.2%s
          """
              .formatted(type, model, more));
    }
  }

  @Test
  void eachIsAttackedAsIfItWereAlone() {
    List<LiveClient.Received> twins =
        ask(
            "twins",
            "digits",
            "},\"twins\":[{\"model\":\"digits\"},{\"model\":\"digits-robust\"},"
                + "{\"model\":\"nothing\"},{\"model\":\"digits\",\"defenses\":%s}]}"
                    .formatted(JPEG));
    assertThat(twins).hasSize(5);
    List<LiveClient.Received> alone =
        List.of(
            ask("update", "digits", "}}").get(0),
            ask("update", "digits-robust", "}}").get(0),
            ask("update", "nothing", "}}").get(0),
            ask("update", "digits", ",\"defenses\":%s}}".formatted(JPEG)).get(0));
    for (int i : List.of(0, 1, 3)) {
      JsonNode twin = twins.get(i).header();
      JsonNode one = alone.get(i).header();
      assertThat(twin.path("twin").asInt()).isEqualTo(i);
      for (String name : List.of("before", "after", "success")) {
        assertThat(twin.path(name)).as(name).isEqualTo(one.path(name));
      }
      assertThat(twins.get(i).bytes("adversarial")).isEqualTo(alone.get(i).bytes("adversarial"));
    }
    assertThat(twins.get(0).header().path("success").asBoolean()).isTrue();
    assertThat(twins.get(1).header().path("success").asBoolean()).isFalse();
    assertThat(twins.get(2).header().path("error")).isEqualTo(alone.get(2).header().path("error"));
    assertThat(twins.get(4).header().path("twins").asInt()).isEqualTo(4);
  }

  @Test
  void theBoundsAreThoseOfEach() {
    List<LiveClient.Received> twins =
        ask("twins", "digits", "},\"twins\":[{\"model\":\"digits-robust\"}],\"bounds\":true}");
    List<LiveClient.Received> alone = ask("bounds", "digits-robust", "}}");
    JsonNode bounds = alone.get(alone.size() - 1).header();
    JsonNode distances = twins.get(1).header().path("distances");
    for (String name : List.of("certified", "clever", "found")) {
      assertThat(distances.path(name).asDouble()).as(name).isEqualTo(bounds.path(name).asDouble());
    }
    assertThat(distances.path("certified").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(distances.path("found").asDouble());
  }

  @Test
  void thereAreOneToFour() {
    for (String twins :
        List.of(
            "[]", "null", "[" + "{\"model\":\"digits\"},".repeat(4) + "{\"model\":\"digits\"}]")) {
      JsonNode answer = ask("twins", "digits", "},\"twins\":" + twins + "}").get(0).header();
      assertThat(answer.path("status").asInt()).isEqualTo(400);
      assertThat(answer.path("error").asString()).contains("1 to 4 twins");
    }
  }
}
