package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WarmUpTest {
  @TempDir Path home;

  /** The same attack at another epsilon reuses the gradient. */
  @Test
  void theFirstUserFindsTheNetworkOpenAndTheGradientKnown() {
    try (LabClient lab = LabClient.start(home)) {
      lab.lab.warmUp();
      await().atMost(Duration.ofMinutes(3)).until(() -> warm(lab) > 0);
      JsonNode defaults = lab.json("/api/lab").path("defaults");
      assertThat(lab.json("/api/models").path("models").toString()).contains("\"open\":true");
      try (LiveClient live = lab.live()) {
        JsonNode first =
            live.askLast(
                    """
                    {"type":"update","panel":"p","request":1,"state":{"model":%s,"image":%s,
                    "attack":{"id":%s},"norm":%s,"epsilon":0.0123}}\
                    """
                        .formatted(
                            defaults.path("model"),
                            defaults.path("image"),
                            defaults.path("attack"),
                            defaults.path("norm")))
                .header();
        assertThat(first.path("cost").path("backwards").asInt(-1)).isZero();
      }
    }
  }

  private static double warm(LabClient lab) {
    return new String(lab.get("/metrics").body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("adversight_warm "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }
}
