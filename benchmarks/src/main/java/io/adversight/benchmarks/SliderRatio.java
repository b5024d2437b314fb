package io.adversight.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Envelope;
import io.adversight.lab.live.Frame;
import io.adversight.lab.panel.LiveAttacks;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.response.UpdateResponder;
import io.adversight.lab.store.ImageStore;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.study.image.ImageInputs;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A move of the lab's slider, from the message to the bytes of the answer, against one forward pass
 * of the same network and image, in turns within one process, so that a noisy machine disturbs both
 * alike.
 */
public final class SliderRatio {
  private static final int THREADS = 2;
  private static final int WARM_UP = 20;
  private static final int TURNS = 40;
  private static final int SIDE = 224;
  private static final double PLUS = 3;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private SliderRatio() {}

  /** Prints medians of wall time and means of processor time, and what is allowed. */
  public static void main(String[] args) {
    Engine.setThreads(THREADS);
    ModelStore models = new ModelStore(DataHome.of(System.getenv()));
    ImageStore images = new ImageStore(Optional.empty());
    String image = images.add(ImageFiles.png(drawing()), "drawing.png", Optional.empty()).id();
    GraphClassifier classifier = models.open("mobilenet-v1-tf");
    UpdateResponder update =
        new UpdateResponder(new PanelRequests(models, images), new LiveAttacks());
    Raster view = ImageInputs.view(images.raster(image), classifier.card());
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(view));
      measure("a move", classifier, pixels, update, image, "", 1.3);
      String overlay = ",\"overlay\":{\"method\":{\"id\":\"grad-cam\"}}";
      measure("a move with a CAM", classifier, pixels, update, image, overlay, 1.5);
    }
  }

  /** Waves in three colours, so that no pixel is at the border of [0, 1]. */
  private static Raster drawing() {
    return Raster.generate(
        3, SIDE, SIDE, (c, y, x) -> 0.5 + 0.4 * Math.sin(x / (5.0 + c)) * Math.cos(y / (9.0 - c)));
  }

  private static void measure(
      String name,
      GraphClassifier classifier,
      Tensor pixels,
      UpdateResponder update,
      String image,
      String more,
      double factor) {
    double[] forwardCpu = new double[TURNS];
    double[] moveCpu = new double[TURNS];
    double[] forwards = new double[TURNS];
    double[] moves = new double[TURNS];
    for (int turn = -WARM_UP; turn < TURNS; turn++) {
      long cpuStart = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      forward(classifier, pixels);
      long middle = System.nanoTime();
      long cpuMiddle = SYSTEM.getProcessCpuTime();
      move(update, image, 0.001 + turn * 1e-5 + WARM_UP * 1e-5, more);
      long end = System.nanoTime();
      if (turn >= 0) {
        forwardCpu[turn] = (cpuMiddle - cpuStart) / 1e6;
        moveCpu[turn] = (SYSTEM.getProcessCpuTime() - cpuMiddle) / 1e6;
        forwards[turn] = (middle - start) / 1e6;
        moves[turn] = (end - middle) / 1e6;
      }
    }
    double forward = median(forwards);
    double move = median(moves);
    print(name + ", wall time", forward, move, factor);
    print(name + ", processor time of all threads", mean(forwardCpu), mean(moveCpu), factor);
  }

  private static void print(String name, double forward, double move, double factor) {
    double allowed = factor * forward + PLUS;
    System.out.printf(
        Locale.ROOT,
        "%s: forward %.1f ms, update %.1f ms, ratio %.2f; allowed %.1f x forward + %.0f ms = %.1f"
            + " ms: %s%n",
        name,
        forward,
        move,
        move / forward,
        factor,
        PLUS,
        allowed,
        move <= allowed ? "kept" : "MISSED");
  }

  private static float forward(GraphClassifier classifier, Tensor pixels) {
    try (Scope scope = Scope.open()) {
      return classifier.logits(pixels).toFloats()[0];
    }
  }

  private static int move(UpdateResponder update, String image, double epsilon, String more) {
    JsonNode message =
        Json.tree(
            """
            {"type":"update","panel":"p","request":1,"images":["adversarial","perturbation"],
            "state":{"model":"mobilenet-v1-tf","image":"%s","attack":{"id":"fgsm"},"epsilon":%s}%s}\
            """
                .formatted(image, epsilon, more));
    int[] bytes = {0};
    update.answer(message, frame -> bytes[0] += encoded(frame), new AtomicBoolean());
    return bytes[0];
  }

  private static int encoded(Frame frame) {
    return Envelope.of((ObjectNode) Json.tree(frame.fields()), frame.blobs()).remaining();
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
