package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Reduction;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Layers behind a convolution that only move its elements: laid out as maps, each must be the
 * convolution's own maps.
 */
class MapLayoutTest {
  private static final int CHANNELS = 6;
  private static final Shape IMAGE = Shape.of(1, 1, 8, 4);

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private String last = "x";

  MapLayoutTest() {
    Linear.Conv conv =
        new Linear.Conv(List.of(1L, 1L), List.of(1L, 1L, 1L, 1L), List.of(1L, 1L), 1);
    constants.put("w", Tensor.of(new Rng(1).normal(CHANNELS * 9), CHANNELS, 1, 3, 3));
    then("conv", conv, "x", "w");
  }

  private void then(String name, Operator operator, String... inputs) {
    nodes.add(new Node(name, operator, List.of(inputs)));
    last = name;
  }

  private void then(String name, Operator operator) {
    then(name, operator, last);
  }

  private void constant(String name, long... sizes) {
    int count = 1;
    for (long size : sizes) {
      count *= (int) size;
    }
    constants.put(name, Tensor.of(new Rng(7).normal(count), sizes));
  }

  private static Layout.Reshape shape(Long... sizes) {
    return new Layout.Reshape(List.of(sizes), false);
  }

  private static Layout.Transpose order(Long... order) {
    return new Layout.Transpose(List.of(order));
  }

  private Layer layer(String name) {
    return graph().layers(IMAGE).stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Graph graph() {
    return new Graph("x", nodes, constants, last);
  }

  private void assertIsTheConvolution(String name) {
    Tensor x = Tensor.of(new Rng(3).uniform(2 * 32, 0, 1), 2, 1, 8, 4);
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> values = graph().forwardAll(x, BackwardRules.STANDARD);
      Layer layer = layer(name);
      assertThat(layer.hasMaps()).as(name).isTrue();
      Tensor maps = layer.maps(values.getOrDefault(name, x));
      assertThat(maps.shape()).isEqualTo(Shape.of(2, CHANNELS, 8, 4));
      assertThat(maps.toFloats())
          .as(name)
          .containsExactly(values.getOrDefault("conv", x).toFloats());
    }
  }

  @Test
  void mapsOfAConvolutionAreAsTheyLie() {
    assertThat(layer("conv").isSpatial()).isTrue();
    assertThat(layer("conv").layout()).isEmpty();
    assertIsTheConvolution("conv");
  }

  @Test
  void tokensComeBackToTheirGrid() {
    then("flat", shape(0L, 0L, -1L));
    then("tokens", order(0L, 2L, 1L));
    then("turned", order(1L, 0L, 2L)); // tokens first, as attention of older exports has it
    then("back", order(1L, 2L, 0L));
    for (String name : List.of("flat", "tokens", "turned", "back")) {
      assertThat(layer(name).isSpatial()).isFalse();
      assertIsTheConvolution(name);
    }
  }

  @Test
  void tokensOfNoPlaceAreLeftOut() {
    then("flat", shape(0L, 0L, -1L));
    then("tokens", order(0L, 2L, 1L));
    constant("first", 1, 2, CHANNELS);
    then("firsts", new Layout.Expand(List.of(-1L, 2L, (long) CHANNELS)), "first", "x");
    constant("end", 1, 1, CHANNELS);
    then("ends", new Layout.Expand(List.of(-1L, 1L, (long) CHANNELS)), "end", "x");
    then("joined", new Layout.Concat(1), "firsts", "tokens", "ends");
    then("heads", shape(0L, 0L, 2L, 3L));
    then("by_head", order(0L, 2L, 1L, 3L));
    then(
        "without_one",
        new Layout.Slice(List.of(1L), List.of(1000L), List.of(1), List.of(1L)),
        "joined");
    for (String name : List.of("joined", "heads", "by_head", "without_one")) {
      assertIsTheConvolution(name);
    }
    assertThat(layer("joined").layout().orElseThrow().extraTokens()).isEqualTo(2);
    then("class_token", new Layout.Gather(1, List.of(0L), List.of()), "joined");
    assertThat(layer("class_token").hasMaps()).isFalse();
  }

  @Test
  void windowsAreUndone() {
    then("last", order(0L, 2L, 3L, 1L));
    then("cut", shape(0L, 2L, 4L, 2L, 2L, (long) CHANNELS));
    then("sorted", order(0L, 1L, 3L, 2L, 4L, 5L));
    then("windows", shape(-1L, 8L, (long) CHANNELS));
    then("relu", new Activation.LeakyRelu(1));
    then("by_window", shape(-1L, 2L, 2L, 4L, 2L, (long) CHANNELS));
    then("unsorted", order(0L, 1L, 3L, 2L, 4L, 5L));
    then("joined", shape(-1L, 8L, 4L, (long) CHANNELS));
    for (String name :
        List.of("last", "cut", "sorted", "windows", "relu", "by_window", "unsorted", "joined")) {
      assertThat(layer(name).isSpatial()).isFalse();
      assertIsTheConvolution(name);
    }
  }

  /** A cyclic shift moves places: what lies behind it is known again where it meets the others. */
  @Test
  void shiftedWindowsAreNotTakenForPlaces() {
    then("last", order(0L, 2L, 3L, 1L));
    then("low", new Layout.Slice(List.of(1L), List.of(8L), List.of(1), List.of(1L)), "last");
    then("high", new Layout.Slice(List.of(0L), List.of(1L), List.of(1), List.of(1L)), "last");
    then("rolled", new Layout.Concat(1), "low", "high");
    constants.put("zero", Tensor.scalar(0).asFloat());
    then("nothing", new Arithmetic.Mul(), "rolled", "zero");
    then("sum", new Arithmetic.Add(), "nothing", "last");
    assertThat(layer("low").hasMaps()).isFalse();
    assertIsTheConvolution("sum");
  }

  @Test
  void mixingTokensLosesThemUntilTheyMeetTheOthers() {
    then("flat", shape(0L, 0L, -1L));
    constant("mix", 32, 32);
    constants.put("zero", Tensor.scalar(0).asFloat());
    then("mixed", new Linear.MatMul(), "flat", "mix");
    then("nothing", new Arithmetic.Mul(), "mixed", "zero");
    then("sum", new Arithmetic.Add(), "flat", "nothing");
    assertThat(layer("mixed").hasMaps()).isFalse();
    assertIsTheConvolution("sum");
  }

  @Test
  void attentionIsNoStackOfMaps() {
    then("flat", shape(0L, 0L, -1L));
    then("tokens", order(0L, 2L, 1L));
    then("by_head", shape(0L, 0L, 2L, 3L));
    then("query", order(0L, 2L, 1L, 3L));
    then("key", order(0L, 2L, 3L, 1L), "by_head");
    then("scores", new Linear.MatMul(), "query", "key");
    then("attention", new Activation.Softmax(-1, false));
    then("mixed", new Linear.MatMul(), "attention", "query");
    Graph graph = graph();
    assertThat(layer("scores").shape()).isEqualTo(Shape.of(1, 2, 32, 32));
    assertThat(layer("scores").isSpatial()).isFalse();
    assertThat(layer("scores").hasMaps()).isFalse();
    assertThat(layer("mixed").hasMaps()).isTrue();
    List<AttentionBlock> blocks = graph.attention(IMAGE);
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).rows()).isEqualTo(8);
    assertThat(blocks.get(0).columns()).isEqualTo(4);
    assertThat(blocks.get(0).heads()).isEqualTo(2);
    assertThat(blocks.get(0).isGlobal()).isTrue();
  }

  @Test
  void attentionInWindowsIsNotGlobal() {
    then("last", order(0L, 2L, 3L, 1L));
    then("cut", shape(0L, 2L, 4L, 2L, 2L, (long) CHANNELS));
    then("sorted", order(0L, 1L, 3L, 2L, 4L, 5L));
    then("windows", shape(-1L, 8L, (long) CHANNELS));
    then("key", order(0L, 2L, 1L));
    then("scores", new Linear.MatMul(), "windows", "key");
    then("attention", new Activation.Softmax(-1, false));
    then("mixed", new Linear.MatMul(), "attention", "windows");
    List<AttentionBlock> blocks = graph().attention(IMAGE);
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).isGlobal()).isFalse();
    assertIsTheConvolution("windows");
  }

  @Test
  void aMeanOverThePlacesHasNone() {
    then("last", order(0L, 2L, 3L, 1L));
    then("mean", new Reduction.ReduceMean(List.of(1, 2), false));
    assertThat(layer("mean").hasMaps()).isFalse();
  }
}
