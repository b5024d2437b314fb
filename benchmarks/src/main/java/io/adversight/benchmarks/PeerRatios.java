package io.adversight.benchmarks;

import io.adversight.attack.blackbox.Square;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.Pgd;
import io.adversight.attack.minimal.CarliniWagner;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.cam.GradCam;
import io.adversight.attribution.cam.GradCamElementWise;
import io.adversight.attribution.cam.GradCamPlusPlus;
import io.adversight.attribution.cam.HiResCam;
import io.adversight.attribution.cam.LayerCam;
import io.adversight.attribution.cam.ScoreCam;
import io.adversight.attribution.cam.XGradCam;
import io.adversight.attribution.gradient.Gradient;
import io.adversight.attribution.gradient.InputXGradient;
import io.adversight.attribution.gradient.IntegratedGradients;
import io.adversight.attribution.gradient.SmoothGrad;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Objective;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.InferenceSession;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Adversight against its engines called directly, in turns within one process: ONNX Runtime with
 * the same network, and libtorch, whose calls from Python cost the same.
 */
public final class PeerRatios {
  private static final int THREADS = 2;
  private static final Ball BALL = new Ball(Norm.LINF, 8.0 / 255);

  /** Too small for any success, so that each image gets all its queries. */
  private static final Ball NEVER = new Ball(Norm.LINF, 1e-7);

  private static final List<Attribution> EIGHT =
      List.of(
          new Gradient(),
          new InputXGradient(),
          new GradCam(),
          new GradCamPlusPlus(),
          new XGradCam(),
          new HiResCam(),
          new LayerCam(),
          new GradCamElementWise());

  private final GraphClassifier network;
  private final int label;
  private final int turns;
  private final Peer torch;

  private PeerRatios(GraphClassifier network, int label, int turns, Peer torch) {
    this.network = network;
    this.label = label;
    this.turns = turns;
    this.torch = torch;
  }

  /**
   * Prints a table for each network.
   *
   * @param args turns of the short comparisons (default: 9); then those of mobilenet, score-cam,
   *     resnet and vit that are measured (default: all)
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    List<String> chosen =
        args.length > 1
            ? List.of(args).subList(1, args.length)
            : List.of("mobilenet", "score-cam", "resnet", "vit");
    if (chosen.contains("mobilenet") || chosen.contains("score-cam")) {
      GraphClassifier network = MobileNet.open();
      PeerRatios ratios = new PeerRatios(network, 207, turns, Peer.bare(network, 207));
      head("MobileNetV1");
      if (chosen.contains("mobilenet")) {
        ratios.basic(1);
        ratios.basic(16);
        ratios.maps();
      }
      if (chosen.contains("score-cam")) {
        ratios.scoreCam();
      }
    }
    if (chosen.contains("resnet")) {
      PeerRatios ratios = of("resnet20-cifar10", turns);
      head("ResNet-20");
      ratios.basic(128);
      ratios.queries(24);
    }
    if (chosen.contains("vit")) {
      PeerRatios ratios = of("aviary-vit", turns);
      head("aviary-vit");
      ratios.basic(16);
    }
  }

  private static void head(String network) {
    System.out.printf("%n### %s%n%n", network);
    Comparison.printHead();
  }

  private static PeerRatios of(String name, int turns) {
    Models models = new Models(DataHome.of(System.getenv()));
    GraphClassifier network =
        ModelReader.open(models.locate(name, (done, total) -> {}), Device.CPU);
    return new PeerRatios(network, 3, turns, Peer.recorded(network, 3));
  }

  private int few() {
    return Math.max(1, turns / 3);
  }

  private Tensor pixels(int batch) {
    Input input = network.card().input();
    Shape shape = Shape.of(batch, input.channels(), input.height(), input.width());
    float[] values = new Rng(1).uniform((int) shape.elements(), 0, 1);
    return Tensor.of(values, shape.toArray());
  }

  /** Predictions, FGSM and PGD. */
  private void basic(int batch) {
    Tensor pixels = pixels(batch);
    String size = ", batch " + batch;
    Runnable gradient = torch.gradient(pixels);
    Runnable forward = scoped(() -> network.logits(pixels).toFloats());
    int forwards = batch == 1 ? 5 * turns : turns;
    Supplier<Problem> problem = problem(pixels);
    Shape image = pixels.shape().with(0, 1);
    byte[] file = OnnxWriter.write(network.pixelGraph(), image);
    try (InferenceSession onnx = InferenceSession.of(file, THREADS)) {
      Runnable theirs = scoped(() -> onnx.run(pixels).toFloats());
      print("forward" + size, "ONNX Runtime", forwards, theirs, forward);
    }
    print("forward" + size, "libtorch", forwards, torch.forward(pixels), forward);
    print(
        "FGSM" + size,
        "libtorch: one gradient",
        turns,
        gradient,
        scoped(() -> new Fgsm().perturb(problem.get(), BALL, run(pixels)).toFloats()));
    Pgd pgd = new Pgd(10, 0.25, false);
    print(
        "PGD-10" + size,
        "libtorch: ten gradients",
        few(),
        repeat(10, gradient),
        scoped(() -> pgd.perturb(problem.get(), BALL, run(pixels)).toFloats()));
  }

  private void maps() {
    Tensor photo = pixels(1);
    Runnable gradient = torch.gradient(photo);
    print(
        "eight gradient maps of an image",
        "libtorch: eight gradients",
        turns,
        repeat(EIGHT.size(), gradient),
        explained(EIGHT, photo));
    print(
        "integrated gradients, 50 points",
        "libtorch: 50 gradients in batches of 10",
        few(),
        repeat(5, torch.gradient(pixels(10))),
        explained(List.of(new IntegratedGradients()), photo));
    print(
        "SmoothGrad, 25 samples",
        "libtorch: 25 gradients in one batch",
        few(),
        torch.gradient(pixels(25)),
        explained(List.of(new SmoothGrad(new Gradient(), 25, 0.15)), photo));
  }

  private void scoreCam() {
    print(
        "Score-CAM, 1,024 channels",
        "libtorch: 64 forward passes of 16",
        1,
        repeat(64, torch.forward(pixels(16))),
        explained(List.of(new ScoreCam()), pixels(1)));
  }

  /** Attacks with a budget. */
  private void queries(int batch) {
    Tensor pixels = pixels(batch);
    String size = ", batch " + batch;
    Supplier<Problem> problem = problem(pixels);
    CarliniWagner cw = new CarliniWagner(1, 20, 0.01, 1, 0, false);
    print(
        "C&W, 20 steps" + size,
        "libtorch: 20 gradients",
        few(),
        repeat(20, torch.gradient(pixels)),
        scoped(() -> cw.perturb(problem.get(), Norm.L2, run(pixels)).toFloats()));
    Square square = new Square(100, 0.8);
    print(
        "Square, 100 queries" + size,
        "libtorch: 100 forward passes",
        few(),
        repeat(100, torch.forward(pixels)),
        scoped(() -> square.perturb(problem.get(), NEVER, run(pixels)).toFloats()));
  }

  private Runnable explained(List<Attribution> methods, Tensor photo) {
    Objective objective = Objective.Logit.of(label);
    return scoped(() -> Attributions.run(methods, network, photo, objective, run(photo)));
  }

  /**
   * A new problem each time, which has no gradient yet. The labels are the classes predicted, so
   * that no image counts as done at once.
   */
  private Supplier<Problem> problem(Tensor pixels) {
    long[] predicted = network.logits(pixels).argmax(1).toLongs();
    List<Integer> labels = Arrays.stream(predicted).mapToObj(index -> (int) index).toList();
    return () -> Problem.of(network, pixels, labels);
  }

  private static Run run(Tensor pixels) {
    return Run.of((int) pixels.size(0));
  }

  private static Runnable repeat(int times, Runnable work) {
    return () -> {
      for (int i = 0; i < times; i++) {
        work.run();
      }
    };
  }

  private static Runnable scoped(Runnable work) {
    return () -> {
      try (Scope scope = Scope.open()) {
        work.run();
      }
    };
  }

  private static void print(String work, String peer, int turns, Runnable theirs, Runnable ours) {
    new Comparison(work, peer, turns, theirs, ours).print();
  }
}
