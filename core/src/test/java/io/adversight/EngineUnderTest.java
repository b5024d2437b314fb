package io.adversight;

import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;

/** The engine on which tests that must pass on each compute their networks. */
public final class EngineUnderTest {
  private static final EngineChoice ENGINE =
      EngineChoice.named(System.getProperty("adversight.test.engine", "libtorch"));

  private EngineUnderTest() {}

  /** A network made of a graph, on that engine. */
  public static GraphClassifier of(GraphClassifier network) {
    return network.on(ENGINE);
  }
}
