package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.DrawnDigits;
import io.adversight.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StoppingTest {
  private static final String LONG_STUDY =
      """
      {"model":"digits","source":{"kind":"samples","group":"digits"},"batch":1,
      "attacks":[{"id":"carlini-wagner"}],"norm":"l2"}\
      """;

  private static final String STUDY_OF_SOME_SECONDS =
      """
      {"model":"digits","source":{"kind":"folder","limit":4},"batch":1,
      "attacks":[{"id":"pgd","parameters":{"steps":"40"}}],"epsilons":[0.1]}\
      """;

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
      for (Path image : files.filter(Files::isDirectory).toList()) {
        boolean whole = Files.exists(image.resolve("image.json"));
        boolean hidden = String.valueOf(image.getFileName()).startsWith(".");
        assertThat(whole || hidden).as(image.toString()).isTrue();
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
        pause();
      }
      assertThat(lab.json(job).path("state").asString()).isEqualTo("cancelled");
    }
  }

  /**
   * The first image is made unreadable once its results are there, and the server is another one:
   * only who leaves that image alone can finish.
   */
  @Test
  void aCancelledStudyGoesOnWithTheImagesThatAreMissing() throws IOException {
    Path images = Files.createDirectories(home.resolve("images"));
    for (int digit = 0; digit < 4; digit++) {
      ImageFiles.writePng(DrawnDigits.draw(digit, 1), images.resolve(digit + ".png"));
    }
    String place;
    try (LabClient lab = LabClient.start(home, Optional.of(images), Optional.empty(), List.of())) {
      JsonNode study =
          LabClient.json(lab.post("/api/studies", STUDY_OF_SOME_SECONDS), 202).path("study");
      place = "/api/studies/" + study.path("id").asString();
      String job = "/api/jobs/" + study.path("job").path("id").asString();
      while (lab.json(job).path("done").asInt() == 0) {
        pause();
      }
      LabClient.json(lab.delete(job), 200);
      ended(lab, place);
    }
    Files.writeString(images.resolve("0.png"), "no image");
    try (LabClient lab = LabClient.start(home, Optional.of(images), Optional.empty(), List.of())) {
      LabClient.json(lab.post(place + "/resume", ""), 202);
      JsonNode end = ended(lab, place);
      assertThat(end.path("state").asString()).isEqualTo("done");
      assertThat(end.path("table").path("rows")).hasSize(4);
      assertThat(LabClient.json(lab.post(place + "/resume", ""), 400).path("error").asString())
          .contains("done");
    }
  }

  private static JsonNode ended(LabClient lab, String place) {
    JsonNode study = lab.json(place);
    while (study.path("state").asString().equals("running")) {
      pause();
      study = lab.json(place);
    }
    return study;
  }

  /** Leaves the processor to the work that is waited for. */
  private static void pause() {
    LockSupport.parkNanos(10_000_000);
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
