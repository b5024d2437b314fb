package io.adversight.benchmarks;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.Cam;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What explanations cost beside the passes they cannot do without, on MobileNetV1. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ExplanationBenchmark {
  private static final int LABEL = 207;
  private static final int BATCH = 32;

  private static final List<Attribution> EIGHT =
      List.of(
          new Gradient(),
          new InputXGradient(),
          new GradCam(),
          new GradCamPlusPlus(),
          new LayerCam(),
          new XGradCam(),
          new HiResCam(),
          new Cam());

  private GraphClassifier classifier;
  private Tensor pixels;
  private Tensor many;
  private BareEngine bare;
  private org.bytedeco.pytorch.Tensor rawPixels;

  /** Opens the network. */
  @Setup
  public void open() {
    classifier = MobileNet.open();
    pixels = MobileNet.pixels(1);
    many = MobileNet.pixels(BATCH);
    bare = new BareEngine(classifier, LABEL);
    rawPixels = BareEngine.raw(pixels);
  }

  /** libtorch alone: one forward pass and the input gradient. */
  @Benchmark
  public float bareGradient() {
    return bare.forwardAndInputGradient(rawPixels);
  }

  /** Eight maps of one objective, as finished heat maps. */
  @Benchmark
  public Object eightMaps() {
    return Attributions.run(EIGHT, classifier, pixels, Objective.Logit.of(LABEL), Run.of(1));
  }

  /** As many forward passes as Score-CAM of 1024 channels needs. */
  @Benchmark
  public float forwardsOfScoreCam() {
    float sum = 0;
    for (int first = 0; first < 1024; first += BATCH) {
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        sum += classifier.logits(many).toFloats()[0];
      }
    }
    return sum;
  }

  /** Score-CAM of the last layer, 1024 channels. */
  @Benchmark
  public Object scoreCam() {
    return Attributions.run(
        List.of(new ScoreCam()), classifier, pixels, Objective.Logit.of(LABEL), Run.of(1));
  }
}
