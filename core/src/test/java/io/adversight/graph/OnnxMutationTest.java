package io.adversight.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.adversight.graph.onnx.ImportLimits;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.graph.onnx.OperatorsInGraphsTest;
import io.adversight.mutation.Mutations;
import io.adversight.mutation.ReaderCheck;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Damaged networks, made of the uses of all operators, are refused or can be run. */
class OnnxMutationTest {
  private static final int THREADS = Engine.threads();
  private static final ImportOptions SMALL =
      new ImportOptions().limits(new ImportLimits(1 << 22, 1 << 28));

  @BeforeAll
  static void useOneThreadForTinyTensors() {
    Engine.setThreads(1);
  }

  @AfterAll
  static void useAllThreadsAgain() {
    Engine.setThreads(THREADS);
  }

  /** One network per use of an operator, which stands between two others. */
  static List<Message> networks() {
    return OperatorsInGraphsTest.examples()
        .<Message>map(example -> OperatorsInGraphsTest.between(example).proto())
        .toList();
  }

  /** Reads a network, lists its layers and runs it on one image. */
  static void read(byte[] file) {
    try (Scope scope = Scope.open()) {
      ImportedModel model = OnnxImporter.read(file, "damaged.onnx", SMALL);
      long[] sizes = model.inputShape().stream().mapToLong(size -> size < 0 ? 224 : size).toArray();
      sizes[0] = 1;
      model.graph().layers(Shape.of(sizes));
      model.graph().forward(Tensor.zeros(sizes));
    }
  }

  private static ReaderCheck check(Mutations mutations) {
    return new ReaderCheck(mutations, List.of(ModelFormatException.class));
  }

  @Test
  void readsOrRefusesNetworksWithOtherFields() {
    ReaderCheck.Outcome outcome =
        check(Mutations.ofMessages(networks().toArray(Message[]::new)))
            .inputs(1000)
            .run(OnnxMutationTest::read);
    assertThat(outcome.read()).isGreaterThan(100);
    assertThat(outcome.refused()).isGreaterThan(100);
  }

  @Test
  void readsOrRefusesNetworksWithOtherBytes() {
    byte[][] files = networks().stream().map(Message::toByteArray).toArray(byte[][]::new);
    ReaderCheck.Outcome outcome =
        check(Mutations.ofBytes(files)).inputs(500).run(OnnxMutationTest::read);
    assertThat(outcome.read()).isGreaterThan(5);
    assertThat(outcome.refused()).isGreaterThan(100);
  }
}
