package io.adversight.benchmarks;

import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.model.EngineChoice;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Trace;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What Adversight adds to libtorch's own time, on MobileNetV1. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 6, time = 3)
@Fork(1)
public class EngineBenchmark {
  private static final int LABEL = 207;
  private static final int STEPS = 10;

  @Param({"1", "16"})
  int batch;

  private GraphClassifier classifier;
  private Tensor pixels;
  private BareEngine bare;
  private org.bytedeco.pytorch.Tensor rawPixels;
  private List<Attribution> panel;

  /** Opens the network. */
  @Setup
  public void open() {
    classifier = MobileNet.open().on(EngineChoice.LIBTORCH);
    pixels = MobileNet.pixels(batch);
    bare = new BareEngine(classifier, LABEL);
    rawPixels = BareEngine.raw(pixels);
    panel = List.of(new Gradient(), new InputXGradient(), new GradCam());
  }

  /** libtorch alone: one forward pass. */
  @Benchmark
  public float bareForward() {
    return bare.forward(rawPixels);
  }

  /** Adversight: one forward pass. */
  @Benchmark
  public float forward() {
    try (Scope scope = Scope.open()) {
      return classifier.logits(pixels).toFloats()[0];
    }
  }

  /** libtorch alone: one forward pass and the input gradient. */
  @Benchmark
  public float bareGradient() {
    return bare.forwardAndInputGradient(rawPixels);
  }

  /** Adversight: one forward pass and the input gradient. */
  @Benchmark
  public float gradient() {
    try (Scope scope = Scope.open()) {
      Objective objective = Objective.Logit.of(LABEL);
      return problem().gradient(pixels, objective, Run.of(batch)).gradient().toFloats()[0];
    }
  }

  /** The same through a trace, which keeps every layer. */
  @Benchmark
  public float traceGradient() {
    try (Scope scope = Scope.open()) {
      Trace trace = classifier.trace(pixels);
      return trace.gradient(Trace.PIXELS, Objective.Logit.of(LABEL)).toFloats()[0];
    }
  }

  /** Gradient, input x gradient and Grad-CAM of one objective, as finished heat maps. */
  @Benchmark
  public Object panel() {
    try (Scope scope = Scope.open()) {
      return Attributions.run(panel, classifier, pixels, Objective.Logit.of(LABEL), Run.of(batch));
    }
  }

  /** Ten steps of PGD; divide by ten. */
  @Benchmark
  public float pgdOfTenSteps() {
    try (Scope scope = Scope.open()) {
      Pgd pgd = new Pgd(STEPS, 0.25, false);
      return pgd.perturb(problem(), new Ball(Norm.LINF, 8.0 / 255), Run.of(batch)).toFloats()[0];
    }
  }

  /** FGSM at twenty epsilons with one forward pass each: one gradient, twenty forward passes. */
  @Benchmark
  public float fgsmSweepOfTwenty() {
    try (Scope scope = Scope.open()) {
      Problem problem = problem();
      Run run = Run.of(batch);
      float sum = 0;
      for (int i = 1; i <= 20; i++) {
        try (Scope inner = Scope.open()) {
          Tensor changed = new Fgsm().perturb(problem, new Ball(Norm.LINF, i / 255.0), run);
          sum += classifier.logits(changed).toFloats()[0];
        }
      }
      return sum;
    }
  }

  private Problem problem() {
    return Problem.of(classifier, pixels, Collections.nCopies(batch, LABEL));
  }
}
