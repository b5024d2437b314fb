package io.adversight.lab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.lab.Lab;
import io.adversight.lab.store.ModelStore;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the slider: from its event to the drawn canvas, in milliseconds and in forward passes of
 * the same network, and what the browser's main thread does for a move. Not one of the tests that
 * always run; CONTRIBUTING names the command, which wants an idle machine.
 */
@ExtendWith(InChromium.class)
class SliderSpeed {
  private static final int MOVES = 40;
  private static final int FORWARDS = 30;

  /** Moves the slider to ever new values, one after the other, and times each until it is drawn. */
  private static final String MEASURE =
      """
      async moves => {
        const slider = document.querySelector("input[aria-label=Epsilon]");
        const canvas = document.querySelectorAll(".exhibit canvas")[2];
        const put = CanvasRenderingContext2D.prototype.putImageData;
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
        const times = [];
        for (let move = 0; move < moves; move++) {
          await new Promise(done => setTimeout(done, 120));
          const drawn = new Promise(done => {
            CanvasRenderingContext2D.prototype.putImageData = function (...all) {
              put.apply(this, all);
              if (this.canvas === canvas) done(performance.now());
            };
          });
          const start = performance.now();
          set.call(slider, slider.max * (0.2 + 0.6 * move / moves));
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          times.push(await drawn - start);
        }
        CanvasRenderingContext2D.prototype.putImageData = put;
        return times;
      }
      """;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"digits", "aviary"})
  void ofANetwork(String model, Chromium chromium) {
    GraphClassifier classifier = new ModelStore(new DataHome(home, List.of())).open(model);
    double forward = median(forwards(classifier));
    try (Lab lab = Labs.start(home, 0);
        BrowserSession session = chromium.session()) {
      String image = model.equals("digits") ? ",\"image\":{\"id\":\"s-digit-9\"}" : "";
      session.open(lab.address(), "{\"model\":\"%s\"%s}".formatted(model, image)).settled();
      session.page().evaluate(MEASURE, 10); // the compiler of the browser and that of Java are warm
      CDPSession metrics = session.page().context().newCDPSession(session.page());
      metrics.send("Performance.enable");
      double busy = metric(metrics, "TaskDuration");
      double layout = metric(metrics, "LayoutDuration");
      @SuppressWarnings("unchecked")
      List<Number> times = (List<Number>) session.page().evaluate(MEASURE, MOVES);
      double perMove = 1000 / (double) MOVES;
      double move = median(times.stream().mapToDouble(Number::doubleValue).toArray());
      System.out.printf(
          Locale.ROOT,
          "%s: slider event to drawn canvas %.1f ms (median of %s), forward pass %.1f ms, ratio"
              + " %.2f; main thread %.1f ms a move, of which layout %.2f ms%n",
          model,
          move,
          MOVES,
          forward,
          move / forward,
          perMove * (metric(metrics, "TaskDuration") - busy),
          perMove * (metric(metrics, "LayoutDuration") - layout));
      assertThat(session.problems()).isEmpty();
    }
  }

  private static double[] forwards(GraphClassifier classifier) {
    var input = classifier.card().input();
    Raster grey =
        Raster.generate(input.channels(), input.height(), input.width(), (c, y, x) -> 0.5);
    double[] times = new double[FORWARDS];
    for (int i = 0; i < FORWARDS; i++) {
      try (Scope scope = Scope.open()) {
        Tensor pixels = Batches.of(List.of(grey)).to(classifier.device());
        long start = System.nanoTime();
        classifier.logits(pixels).toFloats();
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    return Arrays.copyOfRange(times, FORWARDS / 2, FORWARDS);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
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
