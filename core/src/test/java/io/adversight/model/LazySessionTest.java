package io.adversight.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.adversight.graph.Graph;
import io.adversight.graph.Node;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.graph.operator.Layout;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LazySessionTest {
  private static LazySession flatten() {
    Node flat = new Node("flat", new Layout.Flatten(1), List.of("x"));
    Graph graph = new Graph("x", List.of(flat), Map.of(), "flat");
    return new LazySession(() -> OnnxWriter.write(graph, Shape.of(1, 1, 1, 2)));
  }

  private static Optional<float[]> pass(LazySession session) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Tensor.of(new float[] {0.25f, 0.5f}, 1, 1, 1, 2);
      return session.run(open -> open.run(pixels)).map(Tensor::toFloats);
    }
  }

  @Test
  void aClosedSessionIsOpenedAgainByAPass() {
    LazySession session = flatten();
    assertThat(session.isOpen()).isFalse();
    assertThat(pass(session).orElseThrow()).containsExactly(0.25f, 0.5f);
    session.close();
    assertThat(session.isOpen()).isFalse();
    assertThat(pass(session)).isPresent();
    session.end();
  }

  @Test
  void anEndedSessionStaysClosed() {
    LazySession session = flatten();
    session.open();
    int open = InferenceSession.open();
    session.end();
    assertThat(InferenceSession.open()).isLessThan(open);
    assertThat(pass(session)).isEmpty();
    session.open();
    assertThat(session.isOpen()).isFalse();
  }
}
