package io.adversight.benchmarks;

import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;

/** Passes of libtorch without an attack or an explanation around them. */
interface Peer {
  /** One forward pass. */
  Runnable forward(Tensor pixels);

  /** One forward pass and the gradient of one logit with respect to the pixels. */
  Runnable gradient(Tensor pixels);

  /** Operators called directly. */
  static Peer bare(GraphClassifier network, int label) {
    BareEngine engine = new BareEngine(network, label);
    return new Peer() {
      @Override
      public Runnable forward(Tensor pixels) {
        org.bytedeco.pytorch.Tensor raw = BareEngine.raw(pixels);
        return () -> engine.forward(raw);
      }

      @Override
      public Runnable gradient(Tensor pixels) {
        org.bytedeco.pytorch.Tensor raw = BareEngine.raw(pixels);
        return () -> engine.forwardAndInputGradient(raw);
      }
    };
  }

  /** The network's graph in libtorch, recorded. */
  static Peer recorded(GraphClassifier network, int label) {
    GraphClassifier torch = network.on(EngineChoice.LIBTORCH);
    return new Peer() {
      @Override
      public Runnable forward(Tensor pixels) {
        return () -> {
          try (Scope scope = Scope.open()) {
            torch.logits(pixels).toFloats();
          }
        };
      }

      @Override
      public Runnable gradient(Tensor pixels) {
        return () -> {
          try (Scope scope = Scope.open()) {
            Tensor leaf = pixels.leaf();
            Gradients.of(torch.logits(leaf).select(1, label).sum(), leaf).toFloats();
          }
        };
      }
    };
  }
}
