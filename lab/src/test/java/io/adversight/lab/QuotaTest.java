package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adversight.home.DataHome;
import io.adversight.lab.store.Quota;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a lab keeps on its disk for its users, and that it keeps no more. */
class QuotaTest {
  private static final String FORM =
      """
      {"model": "digits", "source": {"kind": "samples", "group": "digits", "limit": %s},
       "attacks": [{"id": "fgsm"}], "epsilons": [0.1], "batch": 1}
      """;

  @TempDir Path home;

  private LabClient lab(Quota quota) {
    return LabClient.start(
        new LabOptions(
                LabOptions.LOOPBACK,
                0,
                Optional.empty(),
                Optional.empty(),
                new DataHome(home, List.of()))
            .withQuota(quota));
  }

  private static String finished(LabClient lab, int images) {
    JsonNode started = LabClient.json(lab.post("/api/studies", FORM.formatted(images)), 202);
    String place = "/api/studies/" + started.path("study").path("id").asString();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !lab.json(place).path("state").asString().equals("running"));
    return place;
  }

  private static String error(HttpResponse<byte[]> response, int status) {
    return LabClient.json(response, status).path("error").asString();
  }

  @Test
  void aRunTooManyIsRefusedUntilOneIsRemoved() {
    try (LabClient lab = lab(new Quota(1, 1, 1 << 30))) {
      String first = finished(lab, 1);
      assertThat(error(lab.post("/api/studies", FORM.formatted(1)), 409))
          .isEqualTo("this lab keeps at most 1 runs, and has as many; remove some of them first");
      JsonNode disk = lab.json("/api/studies").path("disk");
      assertThat(disk.path("runs").asInt()).isEqualTo(1);
      assertThat(disk.path("bytes").asLong()).isGreaterThan(1000);
      JsonNode left = LabClient.json(lab.delete(first), 200);
      assertThat(left.path("studies")).isEmpty();
      assertThat(left.path("disk").path("bytes").asLong()).isZero();
      assertThat(lab.delete(first).statusCode()).isEqualTo(404);
      assertThat(home.resolve("lab/studies").toFile().list()).isEmpty();
      finished(lab, 1);
    }
  }

  @Test
  void aRunThatFillsTheDiskStopsAndGoesOnWhenThereIsRoom() {
    try (LabClient lab = lab(new Quota(1, 10, 1 << 30))) {
      finished(lab, 1);
      long one = lab.json("/api/studies").path("disk").path("bytes").asLong();
      lab.close();
      try (LabClient small = lab(new Quota(1, 10, 3 * one))) {
        String stopped = finished(small, 10);
        JsonNode failed = small.json(stopped);
        assertThat(failed.path("state").asString()).isEqualTo("failed");
        assertThat(failed.path("job").path("error").asString())
            .startsWith("this lab keeps networks and runs of at most ")
            .endsWith("; remove some of them first");
        assertThat(small.json("/api/studies").path("disk").path("bytes").asLong())
            .isBetween(2 * one, 4 * one);
        assertThat(small.post(stopped + "/resume", "").statusCode()).isEqualTo(409);
      }
    }
  }

  @Test
  void aNetworkTooManyIsRefused() {
    try (LabClient lab = lab(new Quota(1, 1, 1 << 30))) {
      assertThat(add(lab, "first").statusCode()).isEqualTo(201);
      assertThat(error(add(lab, "second"), 409))
          .isEqualTo(
              "this lab keeps at most 1 networks, and has as many; remove some of them first");
    }
    try (LabClient lab = lab(new Quota(9, 1, 1000))) {
      assertThat(error(add(lab, "second"), 409))
          .startsWith("this lab keeps networks and runs of at most 0.0 MB, and has ");
    }
  }

  private static HttpResponse<byte[]> add(LabClient lab, String name) {
    JsonNode proposal =
        LabClient.json(lab.post("/api/model-uploads?name=%s.onnx".formatted(name), network()), 201);
    return lab.post(
        "/api/models",
        "{\"upload\": %s, \"form\": %s}"
            .formatted(proposal.path("upload"), proposal.path("proposal")));
  }

  private static byte[] network() {
    return Onnx.dense(0, 1, 2);
  }

  @Test
  void aRunBehindDefencesSaysSo() {
    try (LabClient lab = lab(Quota.USUAL)) {
      String form =
          """
          {"model": "digits", "source": {"kind": "samples", "group": "digits", "limit": 10},
           "attacks": [{"id": "fgsm"}], "epsilons": [0.15],
           "defenses": [{"id": "bit-depth", "parameters": {"bits": "1"}}]}
          """;
      JsonNode started = LabClient.json(lab.post("/api/studies", form), 202).path("study");
      assertThat(started.path("title").asString())
          .isEqualTo("fgsm on digits behind bit-depth(bits=1)");
      String place = "/api/studies/" + started.path("id").asString();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !lab.json(place).path("state").asString().equals("running"));
      JsonNode defended = lab.json(place);
      assertThat(defended.path("spec").path("defenses").path(0).path("id").asString())
          .isEqualTo("bit-depth");
      JsonNode result = lab.json(place + "/result");
      assertThat(result.path("study").path("model").asString())
          .isEqualTo("digits behind bit-depth(bits=1)");
      assertThat(result.path("provenance").path("defense").asString())
          .isEqualTo("bit-depth(bits=1); gradients: straight-through (BPDA) for bit-depth");
      assertThat(new String(lab.get(place + "/report").body(), StandardCharsets.UTF_8))
          .contains("bit-depth(bits=1)");
      JsonNode plain = lab.json(finishedWithout(lab, form));
      assertThat(probabilities(defended)).isNotEqualTo(probabilities(plain));
    }
  }

  private static String finishedWithout(LabClient lab, String form) {
    String plain = form.replaceAll(",\\s*\"defenses\": .*]", "");
    JsonNode started = LabClient.json(lab.post("/api/studies", plain), 202).path("study");
    String place = "/api/studies/" + started.path("id").asString();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> lab.json(place).path("state").asString().equals("done"));
    return place;
  }

  private static String probabilities(JsonNode study) {
    return study.path("table").path("rows").toString();
  }
}
