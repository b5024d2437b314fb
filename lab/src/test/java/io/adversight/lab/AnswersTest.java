package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.attribution.cam.GradCam;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AnswersTest {
  private static LabClient lab;
  private static GraphClassifier digits;
  private static final Raster THREE = SampleImages.digits().get(3).view();

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

  private static String state(String attack, double epsilon) {
    return """
    {"model":"digits","image":"s-digit-3","attack":{"id":"%s"},"epsilon":%s}\
    """
        .formatted(attack, epsilon);
  }

  private static List<LiveClient.Received> ask(String type, String attack, String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"%s","panel":"p","request":1,"state":%s%s}\
          """
              .formatted(type, state(attack, 0.15), more));
    }
  }

  @Test
  void mapsAreThoseOfTheLibrary() {
    List<LiveClient.Received> frames =
        ask("maps", "fgsm", ",\"methods\":[{\"id\":\"grad-cam\"},{\"id\":\"gradient\"}]");
    Heatmap expected;
    try (Scope scope = Scope.open()) {
      expected =
          Attributions.run(
                  List.of(new GradCam()),
                  digits,
                  Batches.of(List.of(THREE)),
                  new Objective.Logit(List.of(3)),
                  Run.of(1))
              .get(0)
              .get(0);
    }
    LiveClient.Received first = frames.get(0);
    assertThat(first.header().path("on").asString()).isEqualTo("clean");
    assertThat(first.header().path("class").path("index").asInt()).isEqualTo(3);
    assertThat(first.floats("map")).containsExactly(expected.map().toArray(), within(1e-5f));
    JsonNode pair =
        frames.stream().filter(f -> f.header().has("pair")).findFirst().orElseThrow().header();
    assertThat(pair.path("similarities").path("spearman").asDouble()).isBetween(-1.0, 1.0);
    assertThat(frames.stream().filter(f -> f.header().has("pair"))).hasSize(2);
  }

  @Test
  void theDifferenceIsThatOfBothMaps() {
    List<LiveClient.Received> frames = ask("maps", "fgsm", ",\"methods\":[{\"id\":\"gradient\"}]");
    float[] clean = frames.get(0).floats("map");
    float[] changed = frames.get(1).floats("map");
    float[] difference = frames.get(2).floats("difference");
    for (int i = 0; i < clean.length; i++) {
      assertThat(difference[i]).isEqualTo(changed[i] - clean[i], within(1e-6f));
    }
  }

  @Test
  void slowMethodsShowWhatTheyHaveSoFar() {
    List<LiveClient.Received> frames =
        ask(
            "maps",
            "fgsm",
            ",\"methods\":[{\"id\":\"rise\",\"parameters\":{\"masks\":\"20000\"}}],\"on\":[\"clean\"]");
    assertThat(frames.stream().filter(f -> f.header().path("partial").asBoolean())).isNotEmpty();
    LiveClient.Received finished = frames.get(frames.size() - 2);
    assertThat(finished.header().path("partial").asBoolean()).isFalse();
    assertThat(finished.header().path("total").asInt()).isEqualTo(20_000);
  }

  @Test
  void slowMethodsCanBeCancelled() {
    try (LiveClient live = lab.live()) {
      live.send(
          """
          {"type":"maps","panel":"p","request":5,"state":%s,"methods":[{"id":"rise","parameters":{"masks":"1000000"}}]}\
          """
              .formatted(state("fgsm", 0.1)));
      LiveClient.Received partial = live.next();
      assertThat(partial.header().path("partial").asBoolean()).isTrue();
      live.send("{\"type\":\"cancel\",\"panel\":\"p\",\"of\":\"maps\"}");
      LiveClient.Received end = partial;
      while (!end.last()) {
        end = live.next();
      }
      assertThat(end.type()).isEqualTo("cancelled");
    }
  }

  @Test
  void curvesGoThroughTheCleanImageAndFindTheFirstFlip() {
    List<LiveClient.Received> frames =
        ask(
            "curves",
            "fgsm",
            ",\"epsilons\":[0,0.05,0.1,0.15,0.2,0.25,0.3],\"map\":{\"method\":{\"id\":\"grad-cam\"}}");
    List<JsonNode> points = new ArrayList<>();
    frames.forEach(frame -> frame.header().path("points").forEach(points::add));
    assertThat(points).hasSize(7);
    JsonNode clean =
        points.stream().filter(p -> p.path("epsilon").asDouble() == 0).findFirst().orElseThrow();
    assertThat(clean.path("success").asBoolean()).isFalse();
    assertThat(clean.path("similarities").path("spearman").asDouble()).isCloseTo(1, within(1e-9));
    double first =
        points.stream()
            .filter(p -> p.path("success").asBoolean())
            .mapToDouble(p -> p.path("epsilon").asDouble())
            .min()
            .orElseThrow();
    JsonNode end = frames.get(frames.size() - 1).header();
    assertThat(end.path("firstFlip").asDouble()).isEqualTo(first);
    assertThat(end.path("axis").asString()).isEqualTo("epsilon");
  }

  @Test
  void attacksWithoutEpsilonHaveCurvesOverTheShareOfTheirChange() {
    List<LiveClient.Received> frames = ask("curves", "deep-fool", ",\"epsilons\":[0,0.5,1]");
    JsonNode end = frames.get(frames.size() - 1).header();
    assertThat(end.path("axis").asString()).isEqualTo("share");
    assertThat(end.path("firstFlip").asDouble()).isPositive();
  }

  @Test
  void framesBeginWithTheCleanImageAndEndWithTheChangedOne() {
    List<LiveClient.Received> frames = ask("frames", "pgd", ",\"most\":10");
    List<LiveClient.Received> images =
        frames.stream()
            .filter(frame -> frame.header().has("iteration") && !frame.last())
            .filter(frame -> !frame.header().has("progress"))
            .toList();
    assertThat(images).hasSizeBetween(5, 10);
    assertThat(images.get(0).header().path("iteration").asInt()).isZero();
    int[] rgba = images.get(0).bytes("adversarial");
    assertThat(rgba[4 * (14 * 28 + 14)]).isEqualTo((int) Math.rint(255f * THREE.at(0, 14, 14)));
    JsonNode last = images.get(images.size() - 1).header();
    assertThat(last.path("iteration").asInt()).isGreaterThanOrEqualTo(39);
    assertThat(last.path("probability").asDouble())
        .isLessThan(images.get(0).header().path("probability").asDouble());
  }

  @Test
  void theMiddleOfThePlaneIsTheImage() {
    List<LiveClient.Received> frames = ask("plane", "fgsm", ",\"size\":11,\"extent\":0.3");
    LiveClient.Received middle =
        frames.stream().filter(f -> place(f, 5 * 11 + 5) >= 0).findFirst().orElseThrow();
    float probability = middle.floats("probability")[place(middle, 5 * 11 + 5)];
    try (Scope scope = Scope.open()) {
      float expected = digits.logits(Batches.of(List.of(THREE))).softmax(1).max(1).toFloats()[0];
      assertThat(probability).isCloseTo(expected, within(1e-5f));
    }
    double shares = 0;
    for (JsonNode share : frames.get(frames.size() - 1).header().path("classes")) {
      shares += share.path("share").asDouble();
    }
    assertThat(shares).isCloseTo(1, within(1e-9));
  }

  /** Where a place of a plane lies in a frame; -1 if it is not in it. */
  private static int place(LiveClient.Received frame, int place) {
    int[] places = frame.last() ? new int[0] : frame.integers("places");
    return IntStream.range(0, places.length)
        .filter(at -> places[at] == place)
        .findFirst()
        .orElse(-1);
  }

  @Test
  void thePlaneComesFromCoarseToFineAndWhole() {
    List<LiveClient.Received> frames = ask("plane", "fgsm", ",\"size\":11,\"extent\":0.3");
    assertThat(frames.get(0).integers("places")).containsExactly(0, 8, 88, 96);
    int[] all =
        frames.stream()
            .filter(frame -> !frame.last())
            .flatMapToInt(frame -> IntStream.of(frame.integers("places")))
            .toArray();
    assertThat(all).containsExactlyInAnyOrder(IntStream.range(0, 121).toArray());
    assertThat(frames.get(frames.size() - 2).header().path("done").asInt()).isEqualTo(121);
  }

  @Test
  void curvesHaveMorePointsWhereTheClassChanges() {
    String epsilons = ",\"epsilons\":[0,0.1,0.2,0.3]";
    int coarse = points(ask("curves", "fgsm", epsilons)).size();
    List<JsonNode> points = points(ask("curves", "fgsm", epsilons + ",\"refine\":12"));
    assertThat(coarse).isEqualTo(4);
    points.sort(Comparator.comparingDouble(point -> point.path("epsilon").asDouble()));
    int changes = 0;
    for (int i = 1; i < points.size(); i++) {
      JsonNode left = points.get(i - 1);
      JsonNode right = points.get(i);
      if (left.path("after").path("index").asInt() != right.path("after").path("index").asInt()) {
        changes++;
        assertThat(right.path("epsilon").asDouble() - left.path("epsilon").asDouble())
            .isLessThanOrEqualTo(0.1 / 8 + 1e-9);
      }
    }
    assertThat(changes).isBetween(1, 4);
    assertThat(points.size()).isLessThanOrEqualTo(4 + 12);
  }

  private static List<JsonNode> points(List<LiveClient.Received> frames) {
    List<JsonNode> points = new ArrayList<>();
    frames.forEach(frame -> frame.header().path("points").forEach(points::add));
    return points;
  }

  @Test
  void everyStepHasTheHeatMapOfItsImage() {
    List<LiveClient.Received> frames =
        ask("frames", "bim", ",\"most\":4,\"map\":{\"method\":{\"id\":\"gradient\"}}");
    List<LiveClient.Received> steps =
        frames.stream().filter(frame -> frame.header().has("index")).toList();
    assertThat(steps).hasSizeGreaterThan(2);
    assertThat(steps.get(0).floats("map"))
        .containsExactly(
            ask("maps", "bim", ",\"methods\":[{\"id\":\"gradient\"}]").get(0).floats("map"),
            within(1e-6f));
    assertThat(steps.get(steps.size() - 1).floats("map")).isNotEqualTo(steps.get(0).floats("map"));
  }

  @Test
  void transferAsksOtherNetworksAndSaysWhichCannotBeAsked() {
    List<LiveClient.Received> frames =
        ask(
            "transfer",
            "fgsm",
            ",\"models\":[\"digits\",\"no-such-net\"],\"methods\":[{\"id\":\"grad-cam\"}]");
    assertThat(frames).hasSize(3);
    assertThat(frames.get(0).header().path("resized").asBoolean()).isFalse();
    assertThat(frames.get(0).floats("map0-adversarial")).hasSize(28 * 28);
    assertThat(frames.get(1).header().path("error").asString()).contains("no-such-net");
  }

  @Test
  void activationsAreOrderedByChange() {
    List<LiveClient.Received> frames =
        ask("activations", "fgsm", ",\"order\":\"changed\",\"limit\":4");
    JsonNode header = frames.get(0).header();
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode channel : header.path("channels")) {
      assertThat(channel.path("change").asDouble()).isLessThanOrEqualTo(before);
      before = channel.path("change").asDouble();
    }
    assertThat(header.path("channels")).hasSize(4);
    float[] clean = frames.get(0).floats("clean");
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < clean.length / 4; i++) {
      most = Math.max(most, clean[i]);
    }
    assertThat(header.path("channels").get(0).path("cleanMax").asDouble())
        .isCloseTo(most, within(1e-5));
  }

  @Test
  void aChannelsImageMakesItRespondMore() {
    try (LiveClient live = lab.live()) {
      LiveClient.Received end =
          live.askLast(
              """
              {"type":"feature","panel":"p","request":1,"model":"digits","layer":"%s","channel":2,"steps":16}\
              """
                  .formatted(digits.defaultLayer().orElseThrow()));
      assertThat(end.type()).isEqualTo("feature");
      assertThat(end.header().path("after").asDouble())
          .isGreaterThan(end.header().path("before").asDouble());
      assertThat(end.bytes("image")).hasSize(4 * 28 * 28);
      JsonNode outside =
          live.askLast(
                  """
                  {"type":"feature","panel":"p","request":2,"model":"digits","layer":"%s","channel":9999}\
                  """
                      .formatted(digits.defaultLayer().orElseThrow()))
              .header();
      assertThat(outside.path("error").asString()).contains("channels 0 to");
    }
    assertThat(lab.json("/api/lab").path("capabilities").path("featureVisualization").asBoolean())
        .isTrue();
  }

  @Test
  void wrongRequestsAreAnsweredWithOneSentence() {
    try (LiveClient live = lab.live()) {
      JsonNode unknown =
          live.askLast(
                  """
                  {"type":"update","panel":"p","request":1,"state":%s}\
                  """
                      .formatted(state("fgsmm", 0.1)))
              .header();
      assertThat(unknown.path("type").asString()).isEqualTo("error");
      assertThat(unknown.path("status").asInt()).isEqualTo(404);
      assertThat(unknown.path("error").asString()).contains("fgsm").doesNotContain("Exception");
      JsonNode outside =
          live.askLast(
                  """
                  {"type":"update","panel":"p","request":2,"state":%s}\
                  """
                      .formatted(state("fgsm", 8)))
              .header();
      assertThat(outside.path("status").asInt()).isEqualTo(400);
      live.send("this is no JSON");
      assertThat(live.next().header().path("status").asInt()).isEqualTo(400);
      assertThat(
              live.askLast("{\"type\":\"nonsense\",\"panel\":\"p\",\"request\":3}")
                  .header()
                  .path("error")
                  .asString())
          .contains("update");
    }
  }
}
