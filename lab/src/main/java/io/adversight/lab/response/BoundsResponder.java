package io.adversight.lab.response;

import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.run.Run;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * How near the nearest adversarial image is: at least the certified radius, by CLEVER's estimate,
 * and at most what PGD with bisected epsilon finds.
 */
public final class BoundsResponder implements Responder {
  private static final long PAUSE_NANOS = 250_000_000;

  private final PanelRequests requests;

  record Parameters(PanelState state) {}

  /** How far the work has come. */
  record Working(boolean progress, long done, long total, String unit) {}

  public BoundsResponder(PanelRequests requests) {
    this.requests = requests;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    PanelRequest request = requests.of(Json.read(message, Parameters.class).state());
    frames.accept(Frame.last(Distances.of(request, () -> run(request, frames, cancel)), List.of()));
  }

  private static Run run(PanelRequest request, Consumer<Frame> frames, AtomicBoolean cancel) {
    long[] shown = {System.nanoTime()};
    return request
        .run()
        .with(cancel)
        .with(
            (done, total, unit) -> {
              if (System.nanoTime() - shown[0] > PAUSE_NANOS) {
                shown[0] = System.nanoTime();
                frames.accept(Frame.part(new Working(true, done, total, unit), List.of()));
              }
            });
  }
}
