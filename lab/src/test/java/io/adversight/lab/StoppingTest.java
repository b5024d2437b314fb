package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StoppingTest {
  private static final String LONG_STUDY =
      """
      {"model":"digits","source":{"kind":"samples","group":"digits"},"batch":1,
      "attacks":[{"id":"carlini-wagner"}],"norm":"l2"}""";

  @TempDir Path home;

  @Test
  void aStopCancelsAStudyAndLeavesWhatIsStoredWhole() throws IOException {
    String id;
    try (LabClient lab = LabClient.start(home)) {
      JsonNode study = LabClient.json(lab.post("/api/studies", LONG_STUDY), 202).path("study");
      id = study.path("id").asString();
      assertThat(study.path("state").asString()).isEqualTo("running");
      long start = System.nanoTime();
      lab.close();
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(90);
    }
    Path place = home.resolve("lab/studies").resolve(id);
    try (Stream<Path> files = Files.list(place)) {
      for (Path picture : files.filter(Files::isDirectory).toList()) {
        boolean whole = Files.exists(picture.resolve("picture.json"));
        boolean hidden = String.valueOf(picture.getFileName()).startsWith(".");
        assertThat(whole || hidden).as(picture.toString()).isTrue();
      }
    }
    try (LabClient again = LabClient.start(home)) {
      JsonNode study = again.json("/api/studies/" + id);
      assertThat(study.path("state").asString()).isEqualTo("cancelled");
      assertThat(again.get("/api/studies/" + id + "/report").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aRunningStudyCanBeCancelled() {
    try (LabClient lab = LabClient.start(home)) {
      JsonNode study = LabClient.json(lab.post("/api/studies", LONG_STUDY), 202).path("study");
      String job = "/api/jobs/" + study.path("job").path("id").asString();
      LabClient.json(lab.delete(job), 200);
      while (List.of("waiting", "running").contains(lab.json(job).path("state").asString())) {
        Thread.onSpinWait();
      }
      assertThat(lab.json(job).path("state").asString()).isEqualTo("cancelled");
    }
  }

  @Test
  void twoStudiesAtATimeAreEnough() {
    try (LabClient lab = LabClient.start(home)) {
      LabClient.json(lab.post("/api/studies", LONG_STUDY), 202);
      LabClient.json(lab.post("/api/studies", LONG_STUDY), 202);
      JsonNode refused = LabClient.json(lab.post("/api/studies", LONG_STUDY), 503);
      assertThat(refused.path("error").asString()).contains("running");
    }
  }
}
