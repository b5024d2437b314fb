package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.data.AviarySet;
import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.report.study.PrototypeSheet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FoundPrototypesTest {
  /** Rows and columns of the network's map of features. */
  private static final int PLACES = 6;

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

  private static List<LiveClient.Received> ask(String model, String image) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"prototypes","panel":"p","request":1,"top":2,"state":
            {"model":"%s","image":"%s","attack":{"id":"fgsm"},"epsilon":0.06}}\
          """
              .formatted(model, image));
    }
  }

  @Test
  void thePatchesAreThoseOfTheTrainingImagesThatAreNamed() {
    List<LiveClient.Received> frames = ask("aviary-protopnet", "s-spotted-slate-20");
    assertThat(frames).hasSize(3);
    assertThat(frames.get(0).header().path("on").asString()).isEqualTo("clean");
    assertThat(frames.get(1).header().path("on").asString()).isEqualTo("adversarial");
    DataSet train = AviarySet.train();
    for (LiveClient.Received frame : frames.subList(0, 2)) {
      JsonNode matches = frame.header().path("matches");
      assertThat(matches).hasSize(2);
      assertThat(matches.path(0).path("contribution").asDouble())
          .isGreaterThanOrEqualTo(matches.path(1).path("contribution").asDouble());
      for (int i = 0; i < 2; i++) {
        JsonNode source = matches.path(i).path("source");
        assertThat(source.path("dataSet").asString()).isEqualTo(train.name());
        Raster whole = train.image(Integer.parseInt(source.path("name").asString()));
        int row = source.path("row").asInt();
        int column = source.path("column").asInt();
        Raster patch = PrototypeSheet.patch(whole, row, column, PLACES, PLACES);
        assertThat(frame.bytes(i + "-patch")).containsExactly(rgba(patch));
        assertThat(frame.bytes(i + "-here")).hasSize(4 * 96 * 96);
        assertThat(frame.bytes(i + "-map")).hasSize(4 * 96 * 96);
      }
    }
    assertThat(lab.json("/api/models/aviary-protopnet").path("prototypes").asInt())
        .isEqualTo(frames.get(2).header().path("prototypes").asInt())
        .isBetween(24, 120);
  }

  private static int[] rgba(Raster image) {
    int[] bytes = new int[4 * image.height() * image.width()];
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++) {
          bytes[at++] = (int) Math.rint(255f * image.at(c, y, x));
        }
        bytes[at++] = 255;
      }
    }
    return bytes;
  }

  @Test
  void otherNetworksAreRefusedInASentence() {
    List<LiveClient.Received> frames = ask("digits", "s-digit-3");
    assertThat(frames.get(0).header().path("error").asString())
        .contains("needs a network by prototypes");
    assertThat(lab.json("/api/models/digits").path("prototypes").asInt()).isZero();
  }
}
