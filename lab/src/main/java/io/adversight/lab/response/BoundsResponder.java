package io.adversight.lab.response;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.input.InputException;
import io.adversight.lab.http.Json;
import io.adversight.lab.live.Frame;
import io.adversight.lab.live.Responder;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.lab.panel.PanelRequests;
import io.adversight.lab.panel.PanelState;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How near the nearest adversarial image is: at least the certified radius, by CLEVER's estimate,
 * and at most what PGD with bisected epsilon finds.
 */
public final class BoundsResponder implements Responder {
  private static final String BATCHES = "20";
  private static final String SAMPLES = "32";
  private static final long PAUSE_NANOS = 250_000_000;

  private final PanelRequests requests;

  record Parameters(PanelState state) {}

  /** How far the work has come. */
  record Working(boolean progress, long done, long total, String unit) {}

  /**
   * The distances, in the state's norm.
   *
   * @param certified no image nearer than this has another class; null if there is no certificate
   * @param clever the estimate
   * @param found at which an adversarial image was found; null if none was
   * @param notCertified why there is no certificate; null if there is
   */
  record Fields(
      @Nullable Double certified,
      double clever,
      @Nullable Double found,
      @Nullable String notCertified) {}

  public BoundsResponder(PanelRequests requests) {
    this.requests = requests;
  }

  @Override
  public void answer(JsonNode message, Consumer<Frame> frames, AtomicBoolean cancel) {
    PanelRequest request = requests.of(Json.read(message, Parameters.class).state());
    Norm norm = request.norm();
    DistanceBound clever =
        bound(
            "clever",
            norm,
            Map.of(
                "radius", sampled(norm), "batches", BATCHES, "samples", SAMPLES, "classes", "1"));
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(request.subject().view())).to(request.network().device());
      SmallestDistance distance =
          SmallestDistance.of(
              List.of(clever),
              AlgorithmChoice.of("pgd").create(Attack.class, Kind.BOUNDED_ATTACK),
              request.classifier(),
              pixels,
              run(request, frames, cancel));
      Double certified = null;
      String notCertified = null;
      try {
        certified =
            bound("certified-radius", norm, Map.of())
                .estimate(request.classifier(), pixels, run(request, frames, cancel))
                .score();
      } catch (InputException e) {
        notCertified = String.valueOf(e.getMessage());
      }
      Double found =
          distance.attack().isPresent() ? (Double) distance.attack().getAsDouble() : null;
      frames.accept(
          Frame.last(
              new Fields(certified, distance.bounds().get(0).score(), found, notCertified),
              List.of()));
    }
  }

  private static DistanceBound bound(String id, Norm norm, Map<String, String> parameters) {
    return new AlgorithmChoice(id, parameters)
        .algorithm()
        .with("norm", norm.name())
        .create(DistanceBound.class, Kind.DISTANCE_BOUND);
  }

  /** The radius of the ball that CLEVER samples. */
  private static String sampled(Norm norm) {
    return norm == Norm.LINF ? "0.5" : norm == Norm.L2 ? "5" : "40";
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
