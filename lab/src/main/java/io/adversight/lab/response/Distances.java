package io.adversight.lab.response;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.input.InputException;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.lab.panel.PanelRequest;
import io.adversight.model.Batches;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Distances of the nearest adversarial image in a request's norm.
 *
 * @param certified no image nearer than this has another class; null if there is no certificate
 * @param clever the estimate
 * @param found at which an adversarial image was found; null if none was
 * @param notCertified why there is no certificate; null if there is
 */
record Distances(
    @Nullable Double certified,
    double clever,
    @Nullable Double found,
    @Nullable String notCertified) {
  private static final String BATCHES = "20";
  private static final String SAMPLES = "32";

  /**
   * Of a request's image, whatever its attack and epsilon.
   *
   * @param runs a fresh run for each part of the work
   */
  static Distances of(PanelRequest request, Supplier<Run> runs) {
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
              runs.get());
      Double certified = null;
      String notCertified = null;
      try {
        certified =
            bound("certified-radius", norm, Map.of())
                .estimate(request.classifier(), pixels, runs.get())
                .score();
      } catch (InputException e) {
        notCertified = String.valueOf(e.getMessage());
      }
      Double found =
          distance.attack().isPresent() ? (Double) distance.attack().getAsDouble() : null;
      return new Distances(certified, distance.bounds().get(0).score(), found, notCertified);
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
}
