package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Explanations that only some networks have. */
class OwnExplanationsTest {
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

  private static List<LiveClient.Received> maps(String model, String method, String parameters) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"maps","panel":"p","request":1,
           "state":{"model":"%s","image":"s-ringed-azure-20","attack":{"id":"fgsm"},"epsilon":0.03},
           "methods":[{"id":"%s","parameters":{%s}}]}\
          """
              .formatted(model, method, parameters));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aviary-attention, attention-map, '\"part\":\"top-down\"'",
    "aviary-attention, attention-map, '\"part\":\"bottom-up\"'",
    "aviary-residual, soft-mask, '\"stage\":\"2\"'",
    "aviary-protopnet, prototype-similarity, '\"only\":\"1\"'",
    "aviary-vit, attention-rollout, ''",
    "aviary-vit, le-grad, ''"
  })
  void aNetworkThatExplainsItselfDoesSoForBothImages(
      String model, String method, String parameters) {
    List<LiveClient.Received> frames = maps(model, method, parameters);
    float[] clean = frames.get(0).floats("map");
    float[] changed = frames.get(1).floats("map");
    assertThat(clean).hasSize(96 * 96);
    assertThat(changed).hasSize(96 * 96).isNotEqualTo(clean);
    assertThat(frames.get(2).floats("difference")).hasSize(96 * 96);
  }

  @ParameterizedTest
  @CsvSource({"attention-map", "soft-mask", "prototype-similarity"})
  void otherNetworksSayWhatTheyLack(String method) {
    assertThat(maps("aviary", method, "").get(0).header().path("error").asString())
        .contains("needs a", "adversight train aviary-");
  }
}
