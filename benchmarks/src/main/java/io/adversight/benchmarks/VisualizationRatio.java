package io.adversight.benchmarks;

import io.adversight.graph.Layer;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.Canvas;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.PatchScan;
import java.util.List;
import java.util.Locale;

/**
 * An optimisation step against a bare forward pass and input gradient, and a scan of all layers
 * against plain forward passes, in turns within one process.
 */
public final class VisualizationRatio {
  private static final int LABEL = 388;
  private static final int ROUNDS = 3;
  private static final int STEPS = 30;
  private static final int BATCHES = 4;

  private VisualizationRatio() {}

  /**
   * Prints mean times of each round in milliseconds, and their ratios.
   *
   * @param args the batch of the optimisation steps (default: 1), then of the scan (default: 16)
   */
  public static void main(String[] args) {
    GraphClassifier classifier = MobileNet.open();
    int batch = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int scanned = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    Tensor pixels = MobileNet.pixels(batch);
    for (int round = 0; round < ROUNDS; round++) {
      long bare = 0;
      for (int turn = 0; turn < STEPS; turn++) {
        long begun = System.nanoTime();
        gradient(classifier, pixels);
        bare += System.nanoTime() - begun;
      }
      long start = System.nanoTime();
      FeatureVisualization.ofSteps(STEPS)
          .of(Objective.Logit.of(LABEL), Canvas.of(classifier, batch), Run.of(batch));
      long ours = System.nanoTime() - start;
      print("optimisation step", bare / STEPS, ours / STEPS);
      scan(classifier, MobileNet.pixels(scanned));
    }
  }

  private static void scan(GraphClassifier classifier, Tensor pixels) {
    List<String> layers =
        classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
    long plain = 0;
    long scanning = 0;
    try (PatchScan scan = new PatchScan(classifier, layers, 9)) {
      for (int i = 0; i < BATCHES; i++) {
        long start = System.nanoTime();
        try (Scope scope = Scope.open();
            Gradients.Off off = Gradients.off()) {
          classifier.logits(pixels);
        }
        long middle = System.nanoTime();
        scan.add(pixels);
        plain += middle - start;
        scanning += System.nanoTime() - middle;
      }
    }
    print("scan of a batch", plain / BATCHES, scanning / BATCHES);
  }

  private static void print(String what, long bare, long ours) {
    System.out.printf(
        Locale.ROOT,
        "%s: bare %.1f ms, Adversight %.1f ms, ratio %.2f%n",
        what,
        bare / 1e6,
        ours / 1e6,
        (double) ours / bare);
  }

  private static float gradient(GraphClassifier classifier, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = pixels.leaf();
      Tensor logit = classifier.logits(leaf).select(1, LABEL).sum();
      return Gradients.of(logit, leaf).toFloats()[0];
    }
  }
}
