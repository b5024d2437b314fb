package io.adversight.graph.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.graph.OnnxFile;
import io.adversight.graph.OperatorExamples;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator that the importer reads, at every place of a network read from a file: alone,
 * between other nodes, before a BatchNormalization, for a batch of different images and for each of
 * them alone.
 */
public class OperatorsInGraphsTest {
  private static final int THREADS = Engine.threads();
  private static final long[] SIZES = {4, 4, 6, 6};

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  public static Stream<OperatorExamples> examples() {
    return OnnxOperators.types().stream().flatMap(type -> OperatorExamples.of(type).stream());
  }

  private static OnnxFile file(OperatorExamples example) {
    return new OnnxFile(example.opset()).input(-1, 4, 6, 6);
  }

  private static OnnxFile alone(OperatorExamples example) {
    OnnxFile file = file(example);
    example.nodes().add(file, "x", "y");
    return file;
  }

  /** Sigmoid, the operator, Sigmoid. */
  public static OnnxFile between(OperatorExamples example) {
    OnnxFile file = file(example).node("Sigmoid", "before", List.of("x"));
    example.nodes().add(file, "before", "between");
    return file.node("Sigmoid", "y", List.of("between"));
  }

  private static Tensor batch() {
    return Tensor.of(new Rng(3).uniform((int) Shape.of(SIZES).elements(), 0.1, 1), SIZES);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isUsedInItsExample(OperatorExamples example) {
    assertThat(alone(example).types()).contains(example.type());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesEachImageOfABatchWhatItGivesTheImageAlone(OperatorExamples example) {
    try (Scope scope = Scope.open()) {
      for (OnnxFile file : List.of(alone(example), between(example))) {
        Graph graph = file.read().graph();
        Tensor batch = batch();
        Tensor together = graph.forward(batch);
        assertThat(together.size(0)).isEqualTo(batch.size(0));
        assertThat(together.shape()).isEqualTo(graph.shapes(batch.shape()).get(graph.output()));
        for (int i = 0; i < batch.size(0); i++) {
          assertThat(together.narrow(0, i, 1).toFloats())
              .containsExactly(graph.forward(batch.narrow(0, i, 1)).toFloats(), within(1e-5f));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsAndGivesTheValuesOfItsNeighbours(OperatorExamples example) {
    try (Scope scope = Scope.open()) {
      Tensor batch = batch();
      Tensor expected = alone(example).read().graph().forward(batch.sigmoid()).sigmoid();
      Graph graph = between(example).read().graph();
      assertThat(graph.forward(batch).toFloats())
          .containsExactly(expected.toFloats(), within(1e-5f));
      assertThat(graph.forwardAll(batch, BackwardRules.STANDARD))
          .hasEntrySatisfying(
              graph.output(),
              kept ->
                  assertThat(kept.toFloats()).containsExactly(expected.toFloats(), within(1e-5f)));
      assertThat(batch.toFloats()).containsExactly(batch().toFloats());
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void mayStandBeforeABatchNormalization(OperatorExamples example) {
    try (Scope scope = Scope.open()) {
      Tensor batch = batch();
      Tensor value = alone(example).read().graph().forward(batch);
      if (value.rank() < 2) {
        return;
      }
      int channels = (int) value.size(1);
      Rng random = new Rng(8);
      OnnxFile file = file(example);
      example.nodes().add(file, "x", "between");
      for (String name : List.of("scale", "shift", "mean", "variance")) {
        file.floats(name, random.uniform(channels, 0.5, 1.5), channels);
      }
      file.node(
          "BatchNormalization", "y", List.of("between", "scale", "shift", "mean", "variance"));
      long[] perChannel = new long[value.rank()];
      java.util.Arrays.fill(perChannel, 1);
      perChannel[1] = channels;
      Rng again = new Rng(8);
      Tensor scale = Tensor.of(again.uniform(channels, 0.5, 1.5), perChannel);
      Tensor shift = Tensor.of(again.uniform(channels, 0.5, 1.5), perChannel);
      Tensor mean = Tensor.of(again.uniform(channels, 0.5, 1.5), perChannel);
      Tensor variance = Tensor.of(again.uniform(channels, 0.5, 1.5), perChannel);
      float[] expected =
          value.sub(mean).div(variance.add(1e-5).sqrt()).mul(scale).add(shift).toFloats();
      assertThat(file.read().graph().forward(batch).toFloats())
          .containsExactly(expected, within(1e-4f));
    }
  }
}
