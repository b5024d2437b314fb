package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.ModelFormatException;
import io.adversight.home.SharedData;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
  private static final String VALID =
      """
      {
        "name": "my-net",
        "title": "My net",
        "file": "my_net.onnx",
        "sha256": "6d5d77994d2141d3f459db8f946b85ccbaef5927b593598c92ed78683a391c25",
        "bytes": 28020301,
        "input": {
          "channels": 3,
          "height": 224,
          "width": 200
        },
        "preprocessing": {
          "channels": "BGR",
          "range": 255,
          "mean": [
            104,
            117.5,
            123
          ],
          "std": [
            1,
            1,
            0.229
          ],
          "layout": "NHWC"
        },
        "resize": {
          "mode": "short-side-then-centre-crop",
          "shortSide": 256
        },
        "output": "probabilities",
        "classes": 2,
        "labels": [
          "cat",
          "dog"
        ],
        "measured": {
          "val top-1": 0.697
        },
        "source": "here",
        "licence": "CC0-1.0",
        "note": "none"
      }\
      """;

  @Test
  void readsEveryKey() {
    ModelCard card = ModelCard.parse(VALID, "my.card.json");
    assertThat(card.name()).isEqualTo("my-net");
    assertThat(card.bytes()).isEqualTo(28020301);
    assertThat(card.input()).isEqualTo(new Input(3, 224, 200));
    assertThat(card.preprocessing())
        .isEqualTo(
            new Preprocessing(
                ChannelOrder.BGR,
                255,
                List.of(104.0, 117.5, 123.0),
                List.of(1.0, 1.0, 0.229),
                AxisOrder.NHWC));
    assertThat(card.resize()).isEqualTo(InputResize.shortSideThenCentreCrop(256));
    assertThat(card.output()).isEqualTo(OutputKind.PROBABILITIES);
    assertThat(card.labels()).isEqualTo(new LabelSource.Inline(List.of("cat", "dog")));
    assertThat(card.measured()).containsEntry("val top-1", 0.697);
    assertThat(card.licence()).isEqualTo("CC0-1.0");
    assertThat(card.architecture()).isEmpty();
  }

  @Test
  void writesWhatItRead() {
    assertThat(ModelCard.parse(VALID, "my.card.json").toJson()).isEqualTo(VALID);
  }

  @Test
  void writesTheSharedCardsByteForByte() throws IOException {
    try (var files = Files.list(SharedData.path("models"))) {
      List<Path> cards = files.filter(f -> f.toString().endsWith(".card.json")).toList();
      assertThat(cards).hasSizeGreaterThanOrEqualTo(7);
      for (Path card : cards) {
        assertThat(ModelCard.read(card).toJson()).isEqualTo(Files.readString(card).strip());
      }
    }
  }

  @Test
  void ignoresUnknownKeysAndDoesWithoutOptionalOnes() {
    ModelCard card =
        ModelCard.parse(
            """
            {"name": "a1", "file": "a.onnx", "colour": {"deep": [1]},
             "input": {"channels": 1, "height": 28, "width": 28},
             "preprocessing": {"channels": "GRAY", "range": 1, "mean": 0, "std": [1]},
             "resize": {"mode": "stretch"}, "output": "logits", "classes": 10}
            """,
            "a.card.json");
    assertThat(card.title()).isEqualTo("a1");
    assertThat(card.labels()).isEqualTo(new LabelSource.Numbers());
    assertThat(card.labels().load(Path.of("."), 10).name(3)).isEqualTo("3");
    assertThat(card.preprocessing()).isEqualTo(Preprocessing.none(ChannelOrder.GRAY));
    assertThat(card.sha256()).isEmpty();
  }

  @Test
  void spreadsASingleMeanOverTheChannels() {
    assertThat(new Preprocessing(ChannelOrder.BGR, 255, List.of(127.5), List.of(1.0)).mean())
        .containsExactly(127.5, 127.5, 127.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "my-net"           | "My_Net"      | name must be lower-case words and digits joined by hyphens, like "mobilenet-v2", but is "My_Net"
          "my_net.onnx"      | "../x.onnx"   | file must be a plain file name, like "my-net.onnx", but is "../x.onnx"
          "my_net.onnx"      | null          | "file" is missing
          "6d5d77994         | "xyz          | sha256 must be 64 lower-case hex digits
          28020301           | -1            | bytes must be at least 0, but is -1
          "height": 224      | "height": 0   | an input needs at least one channel, row and column, but (3, 0, 200) was given
          "height": 224      | "height": 1e9 | an input's sides are at most 16384, but 1000000000 x 200 was given
          "height": 224      | "height": 1e12 | "input.height" must be a whole number, but is 1.0E12
          "channels": 3      | "channels": 1 | input has 1 channels, but preprocessing is for BGR
          "height"           | "high"        | "input.height" is missing
          "BGR"              | "bgr"         | "preprocessing.channels" must be RGB or BGR or GRAY, but is "bgr"
          "range": 255       | "range": 0    | range must be from 0.000001 to 1000000 (usually 1 or 255), but is 0.0
          117.5,             | ''            | mean needs 3 values for BGR (or one for all), but has 2: [104.0, 123.0]
          117.5              | "x"           | "preprocessing.mean" must be a list of numbers, but is [104,"x",123]
          0.229              | 0             | std must be numbers from 0.000001 to 1000000, but is [1.0, 1.0, 0.0]
          0.229              | 1e-320        | std must be numbers from 0.000001 to 1000000, but is [1.0, 1.0, 1.0E-320]
          117.5              | 1e308         | mean must be numbers from -1000000 to 1000000, but is [104.0, 1.0E308, 123.0]
          117.5              | 1e400         | mean must be numbers from -1000000 to 1000000, but is [104.0, Infinity, 123.0]
          "NHWC"             | "HWC"         | "preprocessing.layout" must be NCHW or NHWC, but is "HWC"
          "shortSide": 256   | "side": 256   | "resize.shortSide" is missing
          "shortSide": 256   | "shortSide": 100 | resize.shortSide must be at least the input's short side 200, but is 100
          "probabilities"    | "scores"      | "output" must be logits or probabilities or sigmoid-logits or sigmoid-probabilities or binary-logit or binary-probability, but is "scores"
          "classes": 2       | "classes": 3  | labels must have one name per class: 3, but there are 2
          "classes": 2       | "classes": 2.5 | "classes" must be a whole number, but is 2.5
          0.697              | "good"        | "measured "val top-1"" must be a number, but is "good"
          "source": "here"   | "source": 5   | "source" must be a text, but is 5
          """)
  void saysInOneLineWhatIsWrong(String good, String bad, String message) {
    assertThat(VALID).contains(good);
    assertThatThrownBy(
            () ->
                ModelCard.parse(
                    VALID.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)),
                    "my.card.json"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("my.card.json: " + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesJsonBeyondTheLimits() {
    for (String bad : List.of("[".repeat(3000), "{\"a\":".repeat(3000), "1" + "0".repeat(2000))) {
      assertThatThrownBy(() -> ModelCard.parse(bad, "my.card.json"))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageStartingWith("my.card.json: not JSON");
    }
    assertThatThrownBy(
            () -> ModelCard.parse(VALID.replace("0.697", "1" + "0".repeat(390)), "my.card.json"))
        .hasMessage(
            "my.card.json: measured \"val top-1\" must be a finite number, but is Infinity");
  }

  @Test
  void takesAnyNameOfAFileButNoWayOutOfTheFolder() {
    for (String good : List.of("my net.onnx", "net(1).onnx", "сеть.onnx", "réseau.onnx", ".x")) {
      assertThat(ModelCard.parse(VALID.replace("my_net.onnx", good), "c").file()).isEqualTo(good);
    }
    for (String bad : List.of("", ".", "..", "a/b.onnx", "/a.onnx", "a/", "a\\u0000b")) {
      assertThatThrownBy(() -> ModelCard.parse(VALID.replace("my_net.onnx", bad), "c"))
          .as(bad)
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("file must be a plain file name");
    }
  }

  @Test
  void readsDamagedCardsOrSaysInOneLineWhyNot() {
    ReaderCheck.Outcome outcome =
        new ReaderCheck(Mutations.ofJson(VALID), List.of(ModelFormatException.class))
            .inputs(600)
            .run(
                input -> {
                  ModelCard card = ModelCard.parse(new String(input, StandardCharsets.UTF_8), "c");
                  assertThat(ModelCard.parse(card.toJson(), "again")).isEqualTo(card);
                });
    assertThat(outcome.read()).isGreaterThan(100);
    assertThat(outcome.refused()).isGreaterThan(100);
  }

  @Test
  void namesTheLineWhereJsonEnds(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.card.json");
    Files.writeString(file, VALID.substring(0, 200));
    assertThatThrownBy(() -> ModelCard.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file + ": not JSON at line ")
        .hasMessageNotContaining("\n");
    Files.writeString(file, "[1]");
    assertThatThrownBy(() -> ModelCard.read(file))
        .hasMessage(file + ": \"the card\" must be an object {...}, but is [1]");
    Files.write(file, new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> ModelCard.read(file))
        .hasMessage(file + ": a model card must be UTF-8 text");
    assertThatThrownBy(() -> ModelCard.read(folder.resolve("none.card.json")))
        .hasMessageEndingWith("none.card.json: there is no such model card");
  }

  @Test
  void loadsLabelsBesideTheCard() {
    Path models = SharedData.path("models");
    ModelCard birds = ModelCard.read(models.resolve("mobilenet_v2_inat_bird.card.json"));
    assertThat(birds.labels()).isEqualTo(new LabelSource.TextFile("inat_bird_labels.txt"));
    assertThat(birds.labels().load(models, birds.classes()).index("Limpkin")).isEqualTo(1);
    assertThatThrownBy(() -> birds.labels().load(models, 3))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith("inat_bird_labels.txt: has 965 names, but the model has 3 classes");
  }
}
