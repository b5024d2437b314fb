package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.lab.panel.Subject;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Prediction;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WallTest {
  @TempDir static Path home;
  private static LabClient lab;
  private static String study = "";

  @BeforeAll
  static void run() {
    lab = LabClient.start(home);
    String first = upload(3, "3");
    String second = upload(9, "no such class");
    study =
        LabClient.json(
                lab.post(
                    "/api/studies",
                    """
                    {"model": "digits", "source": {"kind": "images", "ids": ["%s", "%s"]},
                     "attacks": [{"id": "fgsm"}, {"id": "pgd", "parameters": {"steps": "3"}}],
                     "epsilons": [0.2], "methods": [{"id": "gradient"}]}
                    """
                        .formatted(first, second)),
                202)
            .path("study")
            .path("id")
            .asString();
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> lab.json("/api/studies/" + study).path("state").asString().equals("done"));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String upload(int digit, String label) {
    byte[] png = ImageFiles.png(SampleImages.digits().get(digit).view());
    String query = "?name=%s.png&label=%s".formatted(digit, label.replace(" ", "%20"));
    return LabClient.json(lab.post("/api/images" + query, png), 201).path("id").asString();
  }

  @Test
  void everyTileIsWhatItsPicturesShow() throws IOException {
    JsonNode wall = lab.json("/api/studies/" + study + "/wall");
    assertThat(wall.path("method").asString()).isEqualTo("gradient");
    assertThat(wall.path("whole").asInt()).isEqualTo(4);
    GraphClassifier digits = ModelReader.open(Models.locateWithoutHome("digits"), Device.CPU);
    for (JsonNode tile : wall.path("tiles")) {
      for (String which : List.of("clean", "adversarial")) {
        Prediction seen = prediction(digits, tile.path("tile").asInt(), which);
        String claimed = tile.path(which.equals("clean") ? "before" : "after").asString();
        assertThat(digits.labels().name(seen.top())).isEqualTo(claimed);
      }
      assertThat(tile.path("linf").asDouble()).isBetween(0.19, 0.201);
      assertThat(tile.path("similarity").asDouble()).isBetween(-1.0, 1.0);
    }
    assertThat(wall.path("tiles").valueStream().map(tile -> tile.path("labelGiven").asBoolean()))
        .containsExactly(true, true, false, false);
  }

  private static Prediction prediction(GraphClassifier digits, int tile, String which)
      throws IOException {
    byte[] png = lab.get("/api/studies/%s/tiles/%s/%s".formatted(study, tile, which)).body();
    Path file = home.resolve(which + tile + ".png");
    Files.write(file, png);
    Raster image = ImageFiles.read(file).toGrey();
    return Subject.predict(digits, List.of(image)).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4/clean", "-1/clean", "0/map", "0/..%2F..%2Flab.json"})
  void thereIsNothingBesideThePictures(String path) {
    assertThat(lab.get("/api/studies/" + study + "/tiles/" + path).statusCode()).isIn(400, 404);
  }

  @Test
  void aTileIsANumber() {
    JsonNode failure = LabClient.json(lab.get("/api/studies/" + study + "/tiles/x/clean"), 400);
    assertThat(failure.path("error").asString()).isEqualTo("tile must be a whole number");
  }
}
