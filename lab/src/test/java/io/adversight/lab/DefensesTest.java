package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attack.Attacks;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.catalog.DefenseText;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Networks behind defences: all that the lab answers is of what stands behind them. */
class DefensesTest {
  private static final double EPSILON = 0.2;
  private static final String CHAIN =
      """
      {"id":"median-blur","parameters":{"window":"3"}},{"id":"bit-depth","parameters":{"bits":"2"}}\
      """;
  private static final Raster THREE = SampleImages.digits().get(3).view();

  private static LabClient lab;
  private static GraphClassifier digits;

  @TempDir static Path home;

  @BeforeAll
  static void start() {
    lab = LabClient.start(home);
    digits = new ModelStore(new DataHome(home, List.of())).open("digits");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String state(String defenses) {
    return """
    {"model":"digits","image":"s-digit-3","attack":{"id":"fgsm"},"epsilon":%s,"defenses":[%s]}\
    """
        .formatted(EPSILON, defenses);
  }

  private static List<LiveClient.Received> ask(String type, String defenses, String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"%s","panel":"p","request":1,"state":%s%s}\
          """
              .formatted(type, state(defenses), more));
    }
  }

  private static JsonNode update(String defenses) {
    return ask("update", defenses, "").get(0).header();
  }

  @Test
  void theAttackPassesTheDefencesAndEveryNumberIsOfTheNetworkBehindThem() {
    JsonNode header = update(CHAIN);
    GraphClassifier behind =
        DefenseText.parse("median-blur(window=3), bit-depth(bits=2)").before(digits, 1);
    try (Scope scope = Scope.open()) {
      Tensor clean = Batches.of(List.of(THREE));
      Prediction before = behind.predict(clean).get(0);
      Tensor changed =
          Attacks.changed(
              new Fgsm(),
              Problem.of(behind, clean, List.of(before.top())),
              Norm.LINF,
              EPSILON,
              Run.of(new Rng(0), List.of(THREE)));
      Prediction after = behind.predict(changed).get(0);
      Prediction without = digits.predict(changed).get(0);
      assertThat(probability(header, "before"))
          .isCloseTo(before.probability(before.top()), within(1e-4));
      assertThat(probability(header, "after"))
          .isCloseTo(after.probability(after.top()), within(1e-4));
      assertThat(probability(header.path("defended"), "after"))
          .isCloseTo(without.probability(without.top()), within(1e-4));
      assertThat(Math.abs(probability(header, "after") - probability(update(""), "after")))
          .isGreaterThan(1e-3);
    }
  }

  private static double probability(JsonNode header, String name) {
    return header.path(name).path("probability").asDouble();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"jpeg\"} | straight-through (BPDA) for jpeg",
        "{\"id\":\"gaussian-smoothing\"} | its own for gaussian-smoothing",
        "{\"id\":\"random-noise\"} | its own for random-noise; expectation over 16 draws (EOT),"
            + " explanations of one draw"
      })
  void howGradientsPassIsStated(String defense, String gradients) {
    JsonNode defended = update(defense).path("defended");
    assertThat(defended.path("gradients").asString()).isEqualTo(gradients);
    assertThat(defended.path("random").asBoolean()).isEqualTo(defense.contains("random"));
    assertThat(update("").path("defended").isNull()).isTrue();
  }

  /** Made for the network alone: the image is that of no defence, the numbers are behind it. */
  @Test
  void anAttackThatDoesNotKnowTheDefencesIsMadeForTheNetworkAlone() {
    String unaware = state(CHAIN).replaceFirst("\\}$", ",\"adaptive\":false}");
    try (LiveClient live = lab.live()) {
      LiveClient.Received made = asked(live, unaware);
      LiveClient.Received alone = asked(live, state(""));
      assertThat(made.numbers("adversarial")).isEqualTo(alone.numbers("adversarial"));
      JsonNode header = made.header();
      assertThat(header.path("defended").path("adaptive").asBoolean()).isFalse();
      assertThat(header.path("defended").path("gradients").asString())
          .isEqualTo("those of the network without the defence");
      assertThat(probability(header.path("defended"), "after"))
          .isCloseTo(probability(alone.header(), "after"), within(1e-6));
      GraphClassifier behind =
          DefenseText.parse("median-blur(window=3), bit-depth(bits=2)").before(digits, 1);
      try (Scope scope = Scope.open()) {
        Tensor clean = Batches.of(List.of(THREE));
        int label = digits.predict(clean).get(0).top();
        Tensor changed =
            Attacks.changed(
                new Fgsm(),
                Problem.of(digits, clean, List.of(label)),
                Norm.LINF,
                EPSILON,
                Run.of(new Rng(0), List.of(THREE)));
        Prediction after = behind.predict(changed).get(0);
        assertThat(probability(header, "after"))
            .isCloseTo(after.probability(after.top()), within(1e-4));
      }
      assertThat(asked(live, state(CHAIN)).header().path("defended").path("adaptive").asBoolean())
          .isTrue();
    }
    JsonNode command =
        LabClient.json(lab.post("/api/command", "{\"state\":%s}".formatted(unaware)), 200);
    assertThat(command.path("command").asString()).doesNotContain("--defense");
    assertThat(command.path("note").asString())
        .contains("./adversight predict --model digits --defense")
        .endsWith("adversarial.npy");
  }

  private static LiveClient.Received asked(LiveClient live, String state) {
    return live.ask(
            """
            {"type":"update","panel":"p","request":1,"state":%s}\
            """
                .formatted(state))
        .get(0);
  }

  @Test
  void mapsCurvesPlaneAndOtherNetworksAreOfWhatStandsBehindTheDefences() {
    assertThat(floats("maps", CHAIN, ",\"methods\":[{\"id\":\"grad-cam\"}]", "map"))
        .isNotEqualTo(floats("maps", "", ",\"methods\":[{\"id\":\"grad-cam\"}]", "map"));
    String curves = ",\"epsilons\":[0,%s],\"classes\":[]".formatted(EPSILON);
    List<JsonNode> points = new ArrayList<>();
    ask("curves", CHAIN, curves).forEach(frame -> points.add(frame.header()));
    double after = probability(update(CHAIN), "after");
    assertThat(points.toString()).contains(Json.write(after).substring(0, 6));
    JsonNode other = ask("transfer", CHAIN, ",\"models\":[\"digits\"]").get(0).header();
    assertThat(probability(other, "after")).isCloseTo(after, within(1e-4));
  }

  private static float[] floats(String type, String defenses, String more, String blob) {
    return ask(type, defenses, more).get(0).floats(blob);
  }

  @Test
  void noAdversarialImageIsNearerThanTheCertifiedRadius() {
    JsonNode bounds = ask("bounds", "", "").stream().reduce((a, b) -> b).orElseThrow().header();
    double certified = bounds.path("certified").asDouble();
    assertThat(certified).isPositive().isLessThan(bounds.path("found").asDouble());
    assertThat(bounds.path("clever").asDouble()).isBetween(certified, 0.5);
    JsonNode behind =
        ask("bounds", "{\"id\":\"jpeg\"}", "").stream().reduce((a, b) -> b).orElseThrow().header();
    assertThat(behind.path("certified").isNull()).isTrue();
    assertThat(behind.path("notCertified").asString()).contains("without a defence");
  }

  @Test
  void theCommandHasTheDefences() {
    assertThat(lab.post("/api/command", "{\"state\":%s}".formatted(state(CHAIN))).body())
        .asString()
        .contains("--defense 'median-blur(window=3), bit-depth(bits=2)'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"jpegg\"} | 404 | jpeg",
        "{\"id\":\"fgsm\"} | 404 | fgsm",
        "{\"id\":\"jpeg\",\"parameters\":{\"quality\":\"0\"}} | 400 | quality",
        "{\"id\":\"jpeg\",\"parameters\":{\"quality\":\"/etc/passwd\"}} | 400 | path",
        "{\"id\":\"total-variation-minimization\",\"parameters\":{\"steps\":\"1000\"}} | 400 |"
            + " at most 100",
        "null | 400 | defenses",
        "{\"id\":\"jpeg\"},{\"id\":\"jpeg\"},{\"id\":\"jpeg\"},{\"id\":\"jpeg\"},{\"id\":\"jpeg\"}"
            + " | 400 | at most 4",
      })
  void wrongDefencesAreRefusedInWords(String defenses, int status, String said) {
    JsonNode header = update(defenses);
    assertThat(header.path("status").asInt()).isEqualTo(status);
    assertThat(header.path("error").asString()).contains(said).doesNotContain("Exception");
  }
}
