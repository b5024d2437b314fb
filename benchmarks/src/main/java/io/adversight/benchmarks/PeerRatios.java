package io.adversight.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Adversight against its engines called directly, in turns within one process: ONNX Runtime with
 * the same network, and libtorch ({@link BareEngine}), whose calls from Python cost the same.
 */
public final class PeerRatios {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int LABEL = 207;
  private static final int STEPS = 10;
  private static final int CHANNELS = 1024;
  private static final int BATCH = 16;
  private static final Ball BALL = new Ball(Norm.LINF, 8.0 / 255);

  private PeerRatios() {}

  /**
   * Prints a line of a Markdown table per comparison: median milliseconds and their ratio.
   *
   * @param args turns of the short comparisons (default: 9); a second argument leaves out Score-CAM
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    GraphClassifier network = MobileNet.open();
    BareEngine torch = new BareEngine(network, LABEL);
    byte[] file = OnnxWriter.write(network.pixelGraph(), Shape.of(1, 3, 224, 224));
    System.out.println(
        "| work | peer | peer, ms | Adversight, ms | ratio | processor ms: peer, Adversight, ratio"
            + " |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    try (InferenceSession onnx = InferenceSession.of(file, 2)) {
      for (int batch : new int[] {1, BATCH}) {
        Tensor pixels = MobileNet.pixels(batch);
        org.bytedeco.pytorch.Tensor raw = BareEngine.raw(pixels);
        Runnable forward = () -> forward(network, pixels);
        Runnable gradient = () -> torch.forwardAndInputGradient(raw);
        String size = ", batch " + batch;
        int forwards = batch == 1 ? 5 * turns : turns;
        row("forward" + size, "ONNX Runtime", forwards, () -> forward(onnx, pixels), forward);
        row("forward" + size, "libtorch", forwards, () -> torch.forward(raw), forward);
        row("FGSM" + size, "libtorch: one gradient", turns, gradient, () -> fgsm(network, pixels));
        row(
            "PGD-10" + size,
            "libtorch: ten gradients",
            Math.max(1, turns / 3),
            () -> repeat(STEPS, gradient),
            () -> pgd(network, pixels));
      }
    }
    if (args.length < 2) {
      org.bytedeco.pytorch.Tensor raw = BareEngine.raw(MobileNet.pixels(BATCH));
      Tensor photo = MobileNet.pixels(1);
      row(
          "Score-CAM, 1,024 channels",
          "libtorch: 64 passes of 16",
          1,
          () -> repeat(CHANNELS / BATCH, () -> torch.forward(raw)),
          () -> scoreCam(network, photo));
    }
  }

  private static void forward(GraphClassifier network, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      network.logits(pixels).toFloats();
    }
  }

  private static void forward(InferenceSession session, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      session.run(pixels).toFloats();
    }
  }

  private static void fgsm(GraphClassifier network, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      new Fgsm().perturb(problem(network, pixels), BALL, run(pixels)).toFloats();
    }
  }

  private static void pgd(GraphClassifier network, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Pgd pgd = new Pgd(STEPS, 0.25, false);
      pgd.perturb(problem(network, pixels), BALL, run(pixels)).toFloats();
    }
  }

  private static void scoreCam(GraphClassifier network, Tensor photo) {
    try (Scope scope = Scope.open()) {
      Attributions.run(
          List.of(new ScoreCam()), network, photo, Objective.Logit.of(LABEL), run(photo));
    }
  }

  private static Problem problem(GraphClassifier network, Tensor pixels) {
    return Problem.of(network, pixels, Collections.nCopies((int) pixels.size(0), LABEL));
  }

  private static Run run(Tensor pixels) {
    return Run.of((int) pixels.size(0));
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  private static void row(String name, String peer, int turns, Runnable theirs, Runnable ours) {
    double[][] wall = new double[2][turns];
    double[][] processor = new double[2][turns];
    if (turns > 1) {
      theirs.run();
      ours.run();
    }
    for (int turn = 0; turn < turns; turn++) {
      measure(theirs, wall[0], processor[0], turn);
      measure(ours, wall[1], processor[1], turn);
    }
    for (double[] times : List.of(wall[0], wall[1], processor[0], processor[1])) {
      Arrays.sort(times);
    }
    int middle = turns / 2;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.0f, %.0f, %.2f |%n",
        name,
        peer,
        wall[0][middle],
        wall[1][middle],
        wall[0][middle] / wall[1][middle],
        processor[0][middle],
        processor[1][middle],
        processor[0][middle] / processor[1][middle]);
  }

  private static void measure(Runnable work, double[] wall, double[] processor, int turn) {
    long startOwn = SYSTEM.getProcessCpuTime();
    long startWall = System.nanoTime();
    work.run();
    wall[turn] = (System.nanoTime() - startWall) / 1e6;
    processor[turn] = (SYSTEM.getProcessCpuTime() - startOwn) / 1e6;
  }
}
