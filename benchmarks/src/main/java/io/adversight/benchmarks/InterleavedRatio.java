package io.adversight.benchmarks;

import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Locale;

/**
 * Forward and input gradient against libtorch called directly, in turns within one process, so that
 * a noisy machine disturbs both alike.
 */
public final class InterleavedRatio {
  private static final int LABEL = 207;
  private static final int ROUNDS = 5;
  private static final int TURNS = 40;

  private InterleavedRatio() {}

  /** Prints the mean times of each round in milliseconds, and their ratio. */
  public static void main(String[] args) {
    GraphClassifier classifier = MobileNet.open();
    Tensor pixels = MobileNet.pixels(1);
    BareEngine bare = new BareEngine(classifier, LABEL);
    org.bytedeco.pytorch.Tensor raw = BareEngine.raw(pixels);
    for (int round = 0; round < ROUNDS; round++) {
      long direct = 0;
      long ours = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        long start = System.nanoTime();
        bare.forwardAndInputGradient(raw);
        long middle = System.nanoTime();
        gradient(classifier, pixels);
        direct += middle - start;
        ours += System.nanoTime() - middle;
      }
      System.out.printf(
          Locale.ROOT,
          "direct %.1f ms, Adversight %.1f ms, ratio %.2f%n",
          direct / 1e6 / TURNS,
          ours / 1e6 / TURNS,
          (double) ours / direct);
    }
  }

  private static float gradient(GraphClassifier classifier, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = pixels.leaf();
      Tensor logit = classifier.logits(leaf).select(1, LABEL).sum();
      return Gradients.of(logit, leaf).toFloats()[0];
    }
  }
}
