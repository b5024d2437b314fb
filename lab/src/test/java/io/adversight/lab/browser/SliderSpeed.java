package io.adversight.lab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.Lab;
import io.adversight.lab.LabOptions;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the slider: from its event to the drawn canvas, in milliseconds and in forward passes of
 * the same network that are computed in turns with the moves, and what the browser computes for a
 * move. Not one of the tests that always run; CONTRIBUTING names the command, which wants an idle
 * machine. Networks that are not at hand are left out.
 */
@ExtendWith(InChromium.class)
class SliderSpeed {
  private static final int WARM_UP = 15;
  private static final int MOVES = 40;

  /** Moves the slider to a new value and returns the milliseconds until it is drawn. */
  private static final String MOVE =
      """
      async share => {
        const slider = document.querySelector("input[aria-label=Epsilon]");
        const canvas = document.querySelectorAll(".exhibit canvas")[2];
        const put = CanvasRenderingContext2D.prototype.putImageData;
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
        await new Promise(done => setTimeout(done, 120));
        const drawn = new Promise(done => {
          CanvasRenderingContext2D.prototype.putImageData = function (...all) {
            put.apply(this, all);
            if (this.canvas === canvas) done(performance.now());
          };
        });
        const start = performance.now();
        set.call(slider, slider.max * share);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        const time = await drawn - start;
        CanvasRenderingContext2D.prototype.putImageData = put;
        return time;
      }
      """;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"digits", "aviary", "mobilenet-v1-tf"})
  void ofANetwork(String model, Chromium chromium) {
    String mirrors = System.getenv().getOrDefault("ADVERSIGHT_MIRROR", "");
    DataHome data =
        DataHome.of(Map.of("ADVERSIGHT_HOME", home.toString(), "ADVERSIGHT_MIRROR", mirrors));
    ModelStore models = new ModelStore(data);
    Assumptions.assumeTrue(
        models.list().stream()
            .anyMatch(known -> known.id().equals(model) && ModelStore.isAtHand(known)),
        () -> model + " is not at hand; name a mirror with ADVERSIGHT_MIRROR");
    GraphClassifier classifier = models.open(model);
    Raster grey = grey(classifier);
    try (Lab lab = lab(data);
        BrowserSession session = chromium.session()) {
      String image = model.equals("digits") ? ",\"image\":{\"id\":\"s-digit-9\"}" : "";
      Page page =
          session
              .open(lab.address(), "{\"model\":\"%s\"%s}".formatted(model, image))
              .settled()
              .page();
      for (int i = 0; i < WARM_UP; i++) { // the compilers of the browser and of Java
        forward(classifier, grey);
        move(page, 0.9 - 0.02 * i);
      }
      CDPSession metrics = page.context().newCDPSession(page);
      metrics.send("Performance.enable");
      CDPSession processes = page.context().browser().newBrowserCDPSession();
      double busy = metric(metrics, "TaskDuration");
      double layout = metric(metrics, "LayoutDuration");
      double all = processorSeconds(processes);
      double[] forwards = new double[MOVES];
      double[] moves = new double[MOVES];
      for (int i = 0; i < MOVES; i++) {
        forwards[i] = forward(classifier, grey);
        moves[i] = move(page, 0.2 + 0.6 * i / MOVES);
      }
      double perMove = 1000 / (double) MOVES;
      double forward = median(forwards);
      double move = median(moves);
      double allowed = 1.5 * forward + 10;
      System.out.printf(
          Locale.ROOT,
          "%s: slider event to drawn canvas %.1f ms, forward pass %.1f ms (medians of %s turns),"
              + " ratio %.2f; allowed 1.5 x forward + 10 ms = %.1f ms: %s%n"
              + "%s: browser, per move: main thread %.1f ms (allowed 25 ms), of which layout %.2f"
              + " ms; all its processes %.1f ms%n",
          model,
          move,
          forward,
          MOVES,
          move / forward,
          allowed,
          move <= allowed ? "kept" : "MISSED",
          model,
          perMove * (metric(metrics, "TaskDuration") - busy),
          perMove * (metric(metrics, "LayoutDuration") - layout),
          perMove * (processorSeconds(processes) - all));
      assertThat(session.problems()).isEmpty();
    }
  }

  private static Lab lab(DataHome data) {
    return Lab.start(
        new LabOptions(LabOptions.LOOPBACK, 0, Optional.empty(), Optional.empty(), data));
  }

  private static double move(Page page, double share) {
    return ((Number) page.evaluate(MOVE, share)).doubleValue();
  }

  private static Raster grey(GraphClassifier classifier) {
    var input = classifier.card().input();
    return Raster.generate(input.channels(), input.height(), input.width(), (c, y, x) -> 0.5);
  }

  /** Milliseconds of one forward pass of one image. */
  private static double forward(GraphClassifier classifier, Raster image) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      long start = System.nanoTime();
      float[] unused = classifier.logits(pixels).toFloats();
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Processor time of all processes of the browser since it was started. */
  private static double processorSeconds(CDPSession session) {
    double sum = 0;
    JsonObject found = session.send("SystemInfo.getProcessInfo");
    for (JsonElement process : found.getAsJsonArray("processInfo")) {
      sum += process.getAsJsonObject().get("cpuTime").getAsDouble();
    }
    return sum;
  }

  /** Seconds since the page was opened. */
  private static double metric(CDPSession session, String name) {
    for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals(name)) {
        return metric.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new AssertionError("the browser has no metric " + name);
  }
}
