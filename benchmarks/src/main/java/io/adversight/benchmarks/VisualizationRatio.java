package io.adversight.benchmarks;

import io.adversight.graph.Layer;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.FrameListener;
import io.adversight.run.Run;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.patch.PatchScan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * An optimisation step against a bare forward pass and input gradient, and a scan of all layers for
 * patches against plain forward passes, in turns within one process.
 */
public final class VisualizationRatio {
  private static final int LABEL = 388;
  private static final int ROUNDS = 3;
  private static final int STEPS = 40;
  private static final int IMAGES = 300;
  private static final int BEST = 9;

  private final GraphClassifier classifier;
  private final LongSupplier clock;

  private VisualizationRatio(GraphClassifier classifier, LongSupplier clock) {
    this.classifier = classifier;
    this.clock = clock;
  }

  /**
   * Prints medians in milliseconds and their ratios: wall time on two threads, or with the word
   * {@code processor} the processor's time on one, which other programs disturb less.
   *
   * @param args the clock (wall), the batch of the steps (1), that of the scan (16)
   */
  public static void main(String[] args) {
    boolean processor = args.length > 0 && args[0].equals("processor");
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int scanned = args.length > 2 ? Integer.parseInt(args[2]) : 16;
    GraphClassifier classifier = MobileNet.open();
    Engine.setThreads(processor ? 1 : 2);
    VisualizationRatio ratio =
        new VisualizationRatio(
            classifier,
            processor
                ? () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : System::nanoTime);
    for (int round = 0; round < ROUNDS; round++) {
      ratio.steps(batch);
      ratio.scan(scanned);
    }
  }

  /** Between any two steps a bare pass, so that both meet the same disturbances. */
  private void steps(int batch) {
    Tensor pixels = MobileNet.pixels(batch);
    List<Long> bare = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    long[] resumed = {clock.getAsLong()};
    FrameListener between =
        (images, loss) -> {
          long arrived = clock.getAsLong();
          ours.add(arrived - resumed[0]);
          gradient(pixels);
          resumed[0] = clock.getAsLong();
          bare.add(resumed[0] - arrived);
        };
    FeatureVisualization.ofSteps(STEPS)
        .of(
            Objective.Logit.of(LABEL),
            ImageBatch.of(classifier, batch),
            Run.of(batch).with(between));
    print("optimisation step", bare, ours);
  }

  private float gradient(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = pixels.leaf();
      Tensor logit = classifier.logits(leaf).select(1, LABEL).sum();
      return Gradients.of(logit, leaf).toFloats()[0];
    }
  }

  private void scan(int batch) {
    List<String> layers =
        classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
    List<Long> plain = new ArrayList<>();
    List<Long> scanning = new ArrayList<>();
    try (PatchScan scan = new PatchScan(classifier, layers, BEST)) {
      for (int seen = 0; seen < IMAGES; seen += batch) {
        try (Scope scope = Scope.open();
            Gradients.Off off = Gradients.off()) {
          Tensor pixels = MobileNet.pixels(batch, seen);
          long start = clock.getAsLong();
          classifier.logits(pixels);
          long middle = clock.getAsLong();
          scan.add(pixels);
          plain.add(middle - start);
          scanning.add(clock.getAsLong() - middle);
        }
      }
    }
    print("scan of a batch", plain, scanning);
  }

  private static void print(String what, List<Long> bare, List<Long> ours) {
    System.out.printf(
        Locale.ROOT,
        "%s: bare %.1f ms, Adversight %.1f ms, ratio %.2f%n",
        what,
        median(bare) / 1e6,
        median(ours) / 1e6,
        median(ours) / median(bare));
  }

  private static double median(List<Long> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
