package io.adversight.benchmarks;

import io.adversight.graph.Layer;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.FeatureVisualization;
import io.adversight.visualization.parameterization.ImageBatch;
import io.adversight.visualization.patch.PatchScan;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What feature visualisation costs beside the passes it cannot do without, on MobileNetV1. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(2)
public class VisualizationBenchmark {
  private static final int LABEL = 388;
  private static final int STEPS = 64;
  private static final int SCANNED = 16;
  private static final int BEST = 9;

  /** Images that are made together. */
  @State(org.openjdk.jmh.annotations.Scope.Benchmark)
  public static class Making {
    @Param({"1", "4"})
    int batch;

    private GraphClassifier classifier;
    private Tensor pixels;

    /** Opens the network. */
    @Setup
    public void open() {
      classifier = MobileNet.open();
      pixels = MobileNet.pixels(batch);
    }
  }

  /** Images that are looked through. */
  @State(org.openjdk.jmh.annotations.Scope.Benchmark)
  public static class Scanning {
    private GraphClassifier classifier;
    private Tensor pixels;
    private PatchScan scan;

    /** Opens the network and a scan of all its layers. */
    @Setup
    public void open() {
      classifier = MobileNet.open();
      pixels = MobileNet.pixels(SCANNED);
      List<String> layers =
          classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
      scan = new PatchScan(classifier, layers, BEST);
      scan.add(pixels);
    }

    /** Frees what was found. */
    @TearDown
    public void close() {
      scan.close();
    }
  }

  /** One forward pass and the input gradient. */
  @Benchmark
  public float gradient(Making making) {
    try (Scope scope = Scope.open()) {
      Tensor leaf = making.pixels.leaf();
      Tensor logit = making.classifier.logits(leaf).select(1, LABEL).sum();
      return Gradients.of(logit, leaf).toFloats()[0];
    }
  }

  /** A step of a class visualisation in its default setting. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Object optimisationStep(Making making) {
    return FeatureVisualization.ofSteps(STEPS)
        .of(
            Objective.Logit.of(LABEL),
            ImageBatch.of(making.classifier, making.batch),
            Run.of(making.batch));
  }

  /** Sixteen images through the network. */
  @Benchmark
  public float forwards(Scanning scanning) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      return scanning.classifier.logits(scanning.pixels).toFloats()[0];
    }
  }

  /** Sixteen images through the network, with the strongest places of every layer kept. */
  @Benchmark
  public int scan(Scanning scanning) {
    scanning.scan.add(scanning.pixels);
    return scanning.scan.done();
  }
}
