package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.home.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HubTest {
  private static ModelCard card(String id) {
    return Hub.entries().stream()
        .map(Hub.Entry::card)
        .filter(card -> card.name().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void offersEachIdOnce() {
    assertThat(Hub.entries())
        .hasSize(26)
        .extracting(entry -> entry.card().name())
        .doesNotHaveDuplicates();
  }

  @Test
  void asksTheFilesOwnRepositoryThenThatOfOldFilesThenTheFirstAddress() {
    String commit = "b1eeaa1ac722dcc1cd1a8284bde34393dab61c3d";
    assertThat(Hub.entries().get(0).file().sources())
        .extracting(URI::toString)
        .containsExactly(
            "https://huggingface.co/onnxmodelzoo/mobilenetv2-12/resolve/main/mobilenetv2-12.onnx",
            "https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/"
                + "validated/vision/classification/mobilenet/model/mobilenetv2-12.onnx",
            "https://github.com/onnx/models/raw/"
                + commit
                + "/validated/vision/classification/mobilenet/model/mobilenetv2-12.onnx");
    assertThat(Hub.entries().get(0).file().path()).isEqualTo("models/mobilenet-v2.onnx");
  }

  @Test
  void describesThePreprocessing() {
    assertThat(card("resnet50").preprocessing())
        .isEqualTo(
            new Preprocessing(
                ChannelOrder.RGB, 1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)));
    assertThat(card("resnet50").output()).isEqualTo(OutputKind.LOGITS);
    assertThat(card("resnet50").resize()).isEqualTo(InputResize.shortSideThenCentreCrop(256));
    assertThat(card("caffenet").preprocessing())
        .isEqualTo(
            new Preprocessing(ChannelOrder.BGR, 255, List.of(104.0, 117.0, 123.0), List.of(1.0)));
    assertThat(card("caffenet").output()).isEqualTo(OutputKind.PROBABILITIES);
    assertThat(card("inception-v3-timm").input()).isEqualTo(new Input(3, 299, 299));
    assertThat(card("inception-v3-timm").resize())
        .isEqualTo(InputResize.shortSideThenCentreCrop(342));
  }

  @Test
  void agreesWithTheSharedListOfFacts() throws IOException {
    List<String> facts = new ArrayList<>();
    for (String line : Files.readAllLines(SharedData.path("../HUB.csv"))) {
      if (line.contains(".onnx,")) {
        facts.add(String.join(",", List.of(line.split(",", -1)).subList(0, 5)));
      }
    }
    assertThat(Hub.entries())
        .extracting(
            entry ->
                "%s,%s,%s,%s,%s"
                    .formatted(
                        entry.card().name(),
                        entry.file().sources().get(2).toString().split("61c3d/", -1)[1],
                        entry.file().sha256(),
                        entry.file().bytes(),
                        entry.card().input().height()))
        .isEqualTo(facts);
  }

  @Test
  void writesCardsThatReadTheSame() {
    for (Hub.Entry entry : Hub.entries()) {
      String json = entry.card().toJson();
      assertThat(ModelCard.parse(json, "card")).isEqualTo(entry.card());
      assertThat(json).contains(entry.card().output().name().toLowerCase(Locale.ROOT));
    }
  }
}
