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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What feature visualisation costs beside the passes it cannot do without, on MobileNetV1. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class VisualizationBenchmark {
  private static final int LABEL = 388;
  private static final int STEPS = 64;
  private static final int BATCH = 16;
  private static final int BEST = 9;

  private GraphClassifier classifier;
  private Tensor pixels;
  private Tensor many;
  private PatchScan scan;

  /** Opens the network and a scan of all its layers. */
  @Setup
  public void open() {
    classifier = MobileNet.open();
    pixels = MobileNet.pixels(1);
    many = MobileNet.pixels(BATCH);
    List<String> layers =
        classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
    scan = new PatchScan(classifier, layers, BEST);
    scan.add(many);
  }

  /** Frees what was found. */
  @TearDown
  public void close() {
    scan.close();
  }

  /** One forward pass and the input gradient. */
  @Benchmark
  public float gradient() {
    try (Scope scope = Scope.open()) {
      Tensor leaf = pixels.leaf();
      Tensor logit = classifier.logits(leaf).select(1, LABEL).sum();
      return Gradients.of(logit, leaf).toFloats()[0];
    }
  }

  /** A step of a class visualisation in its default setting. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Object optimisationStep() {
    return FeatureVisualization.ofSteps(STEPS)
        .of(Objective.Logit.of(LABEL), Canvas.of(classifier, 1), Run.of(1));
  }

  /** Sixteen pictures through the network. */
  @Benchmark
  public float forwards() {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      return classifier.logits(many).toFloats()[0];
    }
  }

  /** Sixteen pictures through the network, with the strongest places of every layer kept. */
  @Benchmark
  public int scan() {
    scan.add(many);
    return scan.done();
  }
}
