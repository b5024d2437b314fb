package io.adversight.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.BackwardRules;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is shown of the inside of a network, against the network itself. */
class InsideAnswersTest {
  private static final Raster THREE = SampleImages.digits().get(3).view();
  private static final String RECTIFIED = "relu2";

  /** What follows it is linear, so that a finite difference is exact. */
  private static final String LAST = "relu3_2";

  private static final String CONVOLUTION = "norm2";

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

  private static List<LiveClient.Received> ask(String type, double epsilon, String more) {
    try (LiveClient live = lab.live()) {
      return live.ask(
          """
          {"type":"%s","panel":"p","request":1,"state":
          {"model":"digits","image":"s-digit-3","attack":{"id":"fgsm"},"epsilon":%s},%s}\
          """
              .formatted(type, epsilon, more));
    }
  }

  private static String error(String type, String more) {
    return ask(type, 0.1, more).get(0).header().path("error").asString();
  }

  /** A layer's value for the image of a three, in the current scope. */
  private static Tensor value(String layer) {
    return digits
        .forward(Batches.of(List.of(THREE)), BackwardRules.STANDARD, Set.of(layer), false)
        .layer(layer);
  }

  /** The logits for the image of a three if a layer had another value. */
  private static float[] logits(String layer, Tensor value) {
    return digits.forwardGiven(layer, value, Batches.of(List.of(THREE)), false).logits().toFloats();
  }

  @Test
  void evidenceIsHowTheLogitFollowsAChannelThatIsMadeStronger() {
    List<LiveClient.Received> frames = ask("evidence", 0.15, "\"layers\":[\"relu2\",\"relu3_2\"]");
    JsonNode layer =
        frames.stream()
            .map(LiveClient.Received::header)
            .filter(header -> header.path("layer").asString().equals(LAST))
            .findFirst()
            .orElseThrow();
    int carried = layer.path("carried").path("index").asInt();
    assertThat(layer.path("channels")).hasSize(4);
    double step = 0.01;
    for (JsonNode channel : layer.path("channels")) {
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor value = value(LAST);
        float[] more =
            logits(LAST, value.mul(factors(value, channel.path("channel").asInt(), 1 + step)));
        float[] less =
            logits(LAST, value.mul(factors(value, channel.path("channel").asInt(), 1 - step)));
        assertThat(channel.path("clean").asDouble())
            .isCloseTo((more[carried] - less[carried]) / (2 * step), within(1e-3));
      }
    }
    JsonNode edges =
        frames.stream()
            .map(LiveClient.Received::header)
            .filter(header -> header.has("edges"))
            .findFirst()
            .orElseThrow();
    assertThat(edges.path("fromLayer").asString()).isEqualTo("relu2");
    assertThat(edges.path("toLayer").asString()).isEqualTo(LAST);
    assertThat(edges.path("edges")).hasSize(16);
  }

  /** Ones, and a factor for one channel. */
  private static Tensor factors(Tensor value, int channel, double factor) {
    float[] factors = new float[(int) value.size(1)];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = c == channel ? (float) factor : 1;
    }
    return Tensor.of(factors, 1, factors.length, 1, 1);
  }

  @Test
  void aChannelThatIsOffIsZeroForAllThatFollows() {
    JsonNode answer =
        ask("switch", 0.1, "\"off\":[{\"layer\":\"relu2\",\"channel\":3}]").get(0).header();
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor value = value(RECTIFIED);
      Tensor without = value.mul(factors(value, 3, 0));
      Tensor probabilities =
          Tensor.of(logits(RECTIFIED, without), 1, digits.card().classes()).softmax(1);
      assertThat(answer.path("clean").path("probability").asDouble())
          .isCloseTo(probabilities.max(1).item(), within(1e-5));
      assertThat(answer.path("clean").path("index").asInt())
          .isEqualTo((int) probabilities.argmax(1).item());
    }
  }

  @Test
  void withAllChannelsOffNoImageFoolsOrIsSeen() {
    String all =
        String.join(
            ",",
            IntStream.range(0, 16)
                .mapToObj("{\"layer\":\"relu1\",\"channel\":%s}"::formatted)
                .toList());
    JsonNode answer = ask("switch", 0.3, "\"off\":[%s]".formatted(all)).get(0).header();
    assertThat(answer.path("same").path("probability").asDouble())
        .isEqualTo(answer.path("clean").path("probability").asDouble());
    assertThat(answer.path("same").path("index").asInt())
        .isEqualTo(answer.path("clean").path("index").asInt());
  }

  @Test
  void theArithmeticOfAConvolutionAddsUpToWhatTheNetworkComputed() {
    for (int[] place : new int[][] {{0, 0, 0}, {5, 7, 6}, {9, 13, 13}}) {
      LiveClient.Received found =
          ask(
                  "arithmetic",
                  0.1,
                  "\"layer\":\"norm2\",\"channel\":%s,\"row\":%s,\"column\":%s,\"on\":\"clean\""
                      .formatted(place[0], place[1], place[2]))
              .get(0);
      JsonNode answer = found.header();
      double sum = answer.path("bias").asDouble() + answer.path("others").asDouble();
      float[] input = found.floats("input");
      float[] weights = found.floats("weights");
      int window = input.length / answer.path("terms").size();
      for (int term = 0; term < answer.path("terms").size(); term++) {
        double product = 0;
        for (int i = term * window; i < (term + 1) * window; i++) {
          product += (double) input[i] * weights[i];
        }
        assertThat(product)
            .isCloseTo(answer.path("terms").path(term).path("sum").asDouble(), within(1e-5));
        sum += product;
      }
      try (Scope scope = Scope.open()) {
        Tensor value = value(CONVOLUTION);
        double computed =
            value.narrow(1, place[0], 1).narrow(2, place[1], 1).narrow(3, place[2], 1).item();
        assertThat(answer.path("value").asDouble()).isEqualTo(computed, within(1e-6));
        assertThat(sum).isCloseTo(computed, within(1e-4));
      }
    }
  }

  @Test
  void aPatchLiesWhereItsChannelIsLargest() {
    JsonNode patches =
        ask("patches", 0.1, "\"layer\":\"relu2\",\"channel\":2").get(0).header().path("patches");
    assertThat(patches).hasSize(8);
    try (Scope scope = Scope.open()) {
      assertThat(patches.path(0).path("value").asDouble())
          .isCloseTo(value(RECTIFIED).narrow(1, 2, 1).max(0, 1, 2, 3).item(), within(1e-6));
    }
    assertThat(patches.path(0).path("image").asString()).isEqualTo("this image");
    assertThat(patches.path(1).path("image").asString()).isEqualTo("adversarial image");
  }

  @Test
  void whatDoesNotExistIsNamed() {
    assertThat(error("switch", "\"off\":[{\"layer\":\"relu2\",\"channel\":999}]"))
        .contains("channel 999", "relu2");
    assertThat(error("switch", "\"off\":[{\"layer\":\"nope\",\"channel\":0}]")).contains("nope");
    assertThat(error("switch", "\"off\":[null]")).doesNotContain("io.", "java");
    assertThat(
            error(
                "arithmetic",
                "\"layer\":\"relu2\",\"channel\":0,\"row\":0,\"column\":0,\"on\":\"clean\""))
        .contains("relu2", "no convolution");
    assertThat(
            error(
                "arithmetic",
                "\"layer\":\"norm2\",\"channel\":0,\"row\":-1,\"column\":0,\"on\":\"clean\""))
        .contains("row -1");
    assertThat(error("patches", "\"layer\":\"relu2\",\"channel\":-1")).contains("channel -1");
    assertThat(error("evidence", "\"layers\":[\"nope\"]")).contains("nope");
    assertThat(error("evidence", "\"layers\":[]")).contains("1 to 64 layers");
  }
}
