package io.adversight.experiments.fgsmmaps;

import io.adversight.experiments.Sample;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.text.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * The similarities of all images' pairs of maps, to be asked.
 *
 * @param rows one per image
 */
record Pairs(List<JsonNode> rows) {
  Pairs {
    rows = List.copyOf(rows);
  }

  /** Which pairs: those where the predicted class changed, or did not, or both. */
  enum Which {
    ALL,
    FLIPPED,
    KEPT
  }

  /** The similarities of one method by one measure, of the images that have such a pair. */
  List<Double> of(String kind, double epsilon, Which which, int method, int measure) {
    return rows.stream()
        .map(row -> find(row, kind, epsilon, which))
        .flatMap(Optional::stream)
        .map(pair -> Json.number(pair.path("similarities").path(method).path(measure)))
        .toList();
  }

  /** Their mean; NaN if there are none. */
  double mean(String kind, double epsilon, Which which, int method, int measure) {
    return Sample.of(of(kind, epsilon, which, method, measure)).mean();
  }

  /** The share of images whose predicted class changed. */
  double flips(String kind, double epsilon) {
    return Sample.of(
            rows.stream()
                .map(row -> find(row, kind, epsilon, Which.ALL))
                .flatMap(Optional::stream)
                .map(pair -> pair.path("flipped").asBoolean() ? 1.0 : 0.0)
                .toList())
        .mean();
  }

  private static Optional<JsonNode> find(JsonNode row, String kind, double epsilon, Which which) {
    return row.path("pairs")
        .valueStream()
        .filter(pair -> Json.text(pair, "kind").equals(kind))
        .filter(pair -> Json.number(pair.path("epsilon")) == epsilon)
        .filter(
            pair ->
                which == Which.ALL || pair.path("flipped").asBoolean() == (which == Which.FLIPPED))
        .findFirst();
  }

  /**
   * How well dissimilarity of the maps tells attacked images from noisy ones. It needs the clean
   * image.
   */
  RocCurve roc(double epsilon, int method, int measure) {
    return RocCurve.of(
        dissimilarities("attack", epsilon, method, measure),
        dissimilarities("noise", epsilon, method, measure));
  }

  private double[] dissimilarities(String kind, double epsilon, int method, int measure) {
    return of(kind, epsilon, Which.ALL, method, measure).stream()
        .mapToDouble(similarity -> -similarity)
        .toArray();
  }

  /** How well a detector that sees one image alone tells attacked images from clean ones. */
  OptionalDouble auc(String detector, double epsilon) {
    double[] attacked = scores(detector, Double.toString(epsilon));
    double[] clean = scores(detector, "clean");
    return attacked.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(RocCurve.of(attacked, clean).auc());
  }

  private double[] scores(String detector, String of) {
    return rows.stream()
        .map(row -> row.path("scores").path(detector).path(of))
        .filter(JsonNode::isNumber)
        .mapToDouble(Json::number)
        .toArray();
  }
}
