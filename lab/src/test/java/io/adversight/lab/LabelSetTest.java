package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.study.image.SampleImages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Networks of independent labels: those that are decided on, and what an attack does to them. */
class LabelSetTest {
  private static final float[] THREE = {-0.6f, -0.6f, -0.33f};

  @TempDir static Path home;
  private static LabClient lab;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    add("pets", Onnx.independent(THREE), "[\"cat\", \"dog\", \"cup\"]");
    add("many", Onnx.independent(new float[11]), "[]");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void add(String name, byte[] file, String labels) {
    JsonNode proposal =
        LabClient.json(lab.post("/api/model-uploads?name=%s.onnx".formatted(name), file), 201);
    assertThat(proposal.path("proposal").path("output").asString())
        .isEqualTo("sigmoid-probabilities");
    ObjectNode form = (ObjectNode) proposal.path("proposal");
    form.set("labels", Json.tree(labels));
    LabClient.json(
        lab.post(
            "/api/models",
            "{\"upload\": %s, \"form\": %s}".formatted(proposal.path("upload"), form)),
        201);
  }

  private static JsonNode update(String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
              """
              {"type": "update", "panel": "p", "request": 1, "state":
               {"model": "pets", "image": "s-digit-3", "attack": {"id": "fgsm"}, "epsilon": 0.3%s}}
              """
                  .formatted(more))
          .get(0)
          .header();
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /** The probability of a label, from the weights of {@link Onnx#dense}. */
  private static double probability(int label) {
    Raster image = SampleImages.digits().get(3).view();
    double z = THREE[label];
    for (int p = 0; p < 28 * 28; p++) {
      z += image.at(0, p / 28, p % 28) * ((p * THREE.length + label) % 7) * 1e-3;
    }
    return 1 / (1 + Math.exp(-z));
  }

  @Test
  void theNetworkSaysWhichLabelsItDecidesOn() {
    JsonNode pets = lab.json("/api/models/pets");
    assertThat(texts(pets.path("independent"))).containsExactly("cat", "dog", "cup");
    assertThat(pets.path("labelSet").toString()).isEqualTo("[0,1,2]");
    assertThat(texts(pets.path("labels"))).hasSize(8).contains("none", "cat + dog + cup");
    JsonNode dog = lab.json("/api/models/pets?label=1");
    assertThat(texts(dog.path("labels"))).containsExactly("not dog", "dog");
    assertThat(texts(lab.json("/api/models/pets?label=0&label=2").path("labels")))
        .containsExactly("none", "cat", "cup", "cat + cup");
    JsonNode many = lab.json("/api/models/many");
    assertThat(many.path("labelSet").toString()).isEqualTo("[0]");
    assertThat(many.path("independent")).hasSize(11);
    assertThat(lab.json("/api/models/digits").path("independent")).isEmpty();
  }

  @Test
  void anAttackTurnsOneLabelOnOrOffAndSaysWhich() {
    for (int label = 0; label < THREE.length; label++) {
      String name = List.of("cat", "dog", "cup").get(label);
      double on = probability(label);
      JsonNode plain = update(", \"labelSet\": [%s]".formatted(label));
      assertThat(plain.path("before").path("name").asString())
          .isEqualTo(on > 0.5 ? name : "not " + name);
      assertThat(plain.path("before").path("probability").asDouble())
          .isCloseTo(Math.max(on, 1 - on), within(1e-5));
      assertThat(plain.path("success").asBoolean()).isTrue();
      assertThat(texts(plain.path("labels").path(on > 0.5 ? "off" : "on"))).containsExactly(name);
      assertThat(plain.path("labels").path(on > 0.5 ? "on" : "off")).isEmpty();
      JsonNode chosen =
          update(", \"labelSet\": [%s], \"target\": %s".formatted(label, on > 0.5 ? 0 : 1));
      assertThat(chosen.path("success").asBoolean()).isTrue();
      JsonNode refused =
          update(", \"labelSet\": [%s], \"target\": %s".formatted(label, on > 0.5 ? 1 : 0));
      assertThat(refused.path("error").asString()).contains("the target is the class to be left");
    }
  }

  @Test
  void inASetOneLabelIsTurnedAndTheOthersStay() {
    JsonNode plain = update("");
    int before = plain.path("before").path("index").asInt();
    int expected = 0;
    for (int label = 0; label < THREE.length; label++) {
      expected |= probability(label) > 0.5 ? 1 << label : 0;
    }
    assertThat(before).isEqualTo(expected);
    JsonNode turned =
        update(", \"attack\": {\"id\": \"pgd\"}, \"target\": %s".formatted(before ^ 4));
    assertThat(turned.path("after").path("index").asInt()).isEqualTo(before ^ 4);
    assertThat(texts(turned.path("labels").path("off"))).containsExactly("cup");
    assertThat(turned.path("labels").path("on")).isEmpty();
    JsonNode none = update(", \"epsilon\": 0");
    assertThat(none.path("labels").path("on")).isEmpty();
    assertThat(none.path("labels").path("off")).isEmpty();
    assertThat(update(", \"model\": \"digits\"").path("labels").isNull()).isTrue();
  }

  @Test
  void theCommandHasTheLabelSet() {
    JsonNode command =
        LabClient.json(
            lab.post(
                "/api/command",
                """
                {"state": {"model": "pets", "image": "s-digit-3", "attack": {"id": "fgsm"},
                 "epsilon": 0.1, "labelSet": [0, 2]}}
                """),
            200);
    assertThat(command.path("command").asString()).contains("--model pets --label-set 0,2 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[3] | label 3 does not exist; the network has labels 0 to 2",
        "[-1] | label -1 does not exist",
        "[1, 1] | a label set needs 1 to 10 different labels, but has 2",
        "\"cat\" | labelSet",
      })
  void wrongSetsAreRefusedInWords(String labelSet, String said) {
    JsonNode header = update(", \"labelSet\": " + labelSet);
    assertThat(header.path("status").asInt()).isEqualTo(400);
    assertThat(header.path("error").asString()).contains(said).doesNotContain("Exception");
  }

  @Test
  void classesThatExcludeEachOtherHaveNoLabelSet() {
    JsonNode failure = LabClient.json(lab.get("/api/models/digits?label=1"), 400);
    assertThat(failure.path("error").asString())
        .isEqualTo(
            "digits has classes that exclude each other; label sets are for networks of independent"
                + " labels");
    assertThat(LabClient.json(lab.get("/api/models/pets?label=x"), 400).path("error").asString())
        .isEqualTo("label must be a whole number");
  }
}
