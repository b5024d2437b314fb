package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.operator.Activation;
import io.adversight.graph.operator.Arithmetic;
import io.adversight.graph.operator.AutoPad;
import io.adversight.graph.operator.Layout;
import io.adversight.graph.operator.Linear;
import io.adversight.graph.operator.Normalization;
import io.adversight.graph.operator.Operator;
import io.adversight.graph.operator.Pooling;
import io.adversight.graph.operator.Resampling;
import io.adversight.home.SharedData;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields against what changes when a row or a column of the image changes. */
class ReceptiveFieldsTest {
  private static final List<Long> ONES = List.of(1L, 1L);

  @Test
  void givesTheFormulaNetworksFields() { // reference case E7
    ReceptiveFields fields =
        ReceptiveFields.of(ReferenceNetworks.f8(), Shape.of(1, 1, 8, 8), List.of("conv2", "fc"));
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        assertThat(fields.at("conv2", 2, r, c))
            .isEqualTo(
                new ReceptiveField(
                    Math.max(0, 2 * r - 1),
                    Math.max(0, 2 * c - 1),
                    Math.min(7, 2 * r + 4),
                    Math.min(7, 2 * c + 4)));
      }
    }
    assertThat(fields.largest("conv2", 0)).isEqualTo(new ReceptiveField(0, 0, 5, 5));
    assertThat(fields.at("fc", 3, 0, 0)).isEqualTo(new ReceptiveField(0, 0, 7, 7));
  }

  @Test
  void refusesLayersThatWereNotAskedFor() {
    ReceptiveFields fields =
        ReceptiveFields.of(ReferenceNetworks.f8(), Shape.of(1, 1, 8, 8), List.of("conv2"));
    assertThatThrownBy(() -> fields.at("conv1", 0, 0, 0))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("conv1");
  }

  @Test
  void agreesWithPerturbationsOfEveryKindOfOperator() {
    try (Scope scope = Scope.open()) {
      compare(rareOperators(), 2, 13, 15);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20_cifar10, 32, 32",
    "googlenet, 41, 50",
    "mobilenet_v1, 40, 51",
    "squeezenet1_1, 41, 50"
  })
  void agreesWithPerturbationsOfRealNetworks(String name, int height, int width) {
    Graph graph = OnnxImporter.read(SharedData.path("models/" + name + ".onnx")).graph();
    try (Scope scope = Scope.open()) {
      compare(passable(graph), 3, height, width);
    }
  }

  /** Dilation, groups, uneven padding, transposed convolution, resizing, slices, branches. */
  private static Graph rareOperators() {
    Map<String, Tensor> constants = new HashMap<>();
    constants.put("a.w", positive(1, 4, 1, 3, 2));
    constants.put("b.w", positive(2, 4, 2, 2, 3));
    constants.put("c.w", positive(3, 2, 4, 1, 1));
    constants.put("gate", positive(4, 4, 1, 1));
    List<Node> nodes = new ArrayList<>();
    nodes.add(
        new Node(
            "dilated",
            new Linear.Conv(List.of(1L, 2L), List.of(2L, 0L, 1L, 1L), List.of(2L, 1L), 2),
            List.of("x", "a.w")));
    nodes.add(new Node("lrn", new Normalization.LRN(2, 0.1, 0.75, 1), List.of("dilated")));
    nodes.add(
        new Node(
            "pool",
            new Pooling.AveragePool(
                List.of(3L, 3L),
                List.of(2L, 1L),
                List.of(0L, 1L, 0L, 1L),
                true,
                false,
                AutoPad.NOTSET),
            List.of("lrn")));
    nodes.add(
        new Node(
            "larger",
            new Linear.ConvTranspose(
                List.of(2L, 1L),
                List.of(1L, 0L, 0L, 1L),
                List.of(1L, 2L),
                List.of(1L, 0L),
                List.of(),
                2,
                AutoPad.NOTSET),
            List.of("pool", "b.w")));
    nodes.add(
        new Node(
            "resized",
            new Resampling.Resize(
                List.of(1.5, 0.75),
                List.of(),
                Resampling.Mode.LINEAR,
                Resampling.Coordinates.HALF_PIXEL,
                Resampling.Rounding.FLOOR),
            List.of("larger")));
    nodes.add(
        new Node(
            "part",
            new Layout.Slice(List.of(1L, 5L), List.of(9L, 0L), List.of(2, 3), List.of(2L, -1L)),
            List.of("resized")));
    nodes.add(
        new Node(
            "padded",
            new Layout.Pad(Layout.Pad.Mode.REFLECT, List.of(0L, 0L, 1L, 2L, 0L, 0L, 0L, 1L), 0),
            List.of("part")));
    nodes.add(new Node("narrow", conv1(), List.of("part", "c.w")));
    nodes.add(new Node("joined", new Layout.Concat(1), List.of("narrow", "part")));
    nodes.add(new Node("gap", new Pooling.GlobalAveragePool(), List.of("padded")));
    nodes.add(new Node("gated", new Arithmetic.Mul(), List.of("padded", "gap")));
    nodes.add(new Node("scaled", new Arithmetic.Mul(), List.of("padded", "gate")));
    nodes.add(new Node("last", new Layout.Flatten(1), List.of("scaled")));
    return new Graph("x", nodes, constants, "last");
  }

  private static Operator conv1() {
    return new Linear.Conv(ONES, List.of(0L, 0L, 0L, 0L), ONES, 1);
  }

  private static Tensor positive(long seed, long... shape) {
    int count = (int) Shape.of(shape).elements();
    return Tensor.of(new Rng(seed).uniform(count, 0.2, 1), shape).asDouble();
  }

  /** The network with positive weights and without limits, through which every change passes. */
  private static Graph passable(Graph graph) {
    Map<String, Tensor> constants = new HashMap<>();
    graph
        .constants()
        .forEach(
            (name, tensor) ->
                constants.put(
                    name,
                    tensor.rank() == 4 || tensor.rank() == 2
                        ? tensor.asDouble().abs().add(0.01)
                        : tensor.isFloating() ? tensor.asDouble().abs() : tensor));
    List<Node> nodes =
        graph.nodes().stream()
            .map(node -> new Node(node.name(), passable(node.operator()), node.inputs()))
            .toList();
    return new Graph(graph.input(), nodes, constants, graph.output());
  }

  private static Operator passable(Operator operator) {
    if (operator instanceof Normalization.LRN lrn) {
      return new Normalization.LRN(lrn.size(), 1e-9, lrn.beta(), lrn.bias());
    }
    return operator instanceof Activation.Clip ? new Activation.Relu() : operator;
  }

  private static void compare(Graph graph, int channels, int height, int width) {
    int count = channels * height * width;
    Tensor x =
        Tensor.of(new Rng(5).uniform(count, 0.1, 0.2), 1, channels, height, width).asDouble();
    List<String> names = graph.nodes().stream().map(Node::name).toList();
    ReceptiveFields fields = ReceptiveFields.of(graph, Shape.of(1, channels, height, width), names);
    Map<String, int[][]> seen = new HashMap<>();
    Map<String, Tensor> before = maps(graph, x);
    for (int dim = 2; dim < 4; dim++) {
      for (int line = 0; line < (dim == 2 ? height : width); line++) {
        try (Scope scope = Scope.open()) {
          Map<String, Tensor> after = maps(graph, changed(x, dim, line));
          for (String name : names) {
            Tensor same = difference(before, after, name);
            note(seen, name, same.toFloats(), dim - 2, line);
          }
        }
      }
    }
    for (String name : names) {
      check(fields, name, before, seen);
    }
  }

  /** The values of all layers, as maps where they have places. */
  private static Map<String, Tensor> maps(Graph graph, Tensor x) {
    Map<String, Tensor> values = new HashMap<>(graph.forwardAll(x, BackwardRules.STANDARD));
    graph
        .layers(x.shape())
        .forEach(layer -> values.computeIfPresent(layer.name(), (name, v) -> layer.maps(v)));
    return values;
  }

  private static Tensor difference(
      Map<String, Tensor> before, Map<String, Tensor> after, String name) {
    Tensor a = before.get(name);
    Tensor b = after.get(name);
    if (a == null || b == null) {
      throw new AssertionError(name);
    }
    return a.eq(b).not().asFloat();
  }

  private static Tensor changed(Tensor x, int dim, int line) {
    Tensor left = x.narrow(dim, 0, line);
    Tensor right = x.narrow(dim, line + 1, x.size(dim) - line - 1);
    Tensor middle = x.narrow(dim, line, 1).add(50);
    return Tensor.concat(List.of(left, middle, right), dim);
  }

  /** For each element: first and last row, first and last column that mattered. */
  private static void note(
      Map<String, int[][]> seen, String name, float[] changed, int axis, int line) {
    int[][] ends =
        seen.computeIfAbsent(
            name,
            n -> {
              int[][] fresh = new int[4][changed.length];
              java.util.Arrays.fill(fresh[0], Integer.MAX_VALUE);
              java.util.Arrays.fill(fresh[2], Integer.MAX_VALUE);
              java.util.Arrays.fill(fresh[1], -1);
              java.util.Arrays.fill(fresh[3], -1);
              return fresh;
            });
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] != 0) {
        ends[2 * axis][i] = Math.min(ends[2 * axis][i], line);
        ends[2 * axis + 1][i] = Math.max(ends[2 * axis + 1][i], line);
      }
    }
  }

  private static void check(
      ReceptiveFields fields, String name, Map<String, Tensor> before, Map<String, int[][]> seen) {
    Tensor value = before.get(name);
    int[][] ends = seen.get(name);
    if (value == null || ends == null) {
      throw new AssertionError(name);
    }
    boolean maps = value.rank() == 4;
    int rows = maps ? (int) value.size(2) : 1;
    int columns = maps ? (int) value.size(3) : 1;
    for (int i = 0; i < value.elements(); i++) {
      int channel = i / (rows * columns);
      ReceptiveField field = fields.at(name, channel, i / columns % rows, i % columns);
      ReceptiveField found =
          ends[1][i] < 0 || ends[3][i] < 0
              ? new ReceptiveField(0, 0, -1, -1)
              : new ReceptiveField(ends[0][i], ends[2][i], ends[1][i], ends[3][i]);
      if (!field.equals(found)) {
        throw new AssertionError(
            "%s[%s]: %s, but changes reach %s".formatted(name, i, field, found));
      }
    }
  }
}
