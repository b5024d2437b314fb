package io.adversight.study.explanation;

import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.metric.distance.ImageDistance;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.statistic.MapStatistic;
import io.adversight.study.Algorithm;
import java.util.List;

/**
 * A number that compares the map after an attack with the one before: a similarity, a distance, or
 * how much a statistic of one map grew.
 *
 * @param algorithm a measure or statistic of the catalogue
 */
public record MapMeasure(Algorithm algorithm) {
  /** The kinds of the catalogue that compare maps. */
  public static final List<Kind> KINDS =
      List.of(Kind.MAP_SIMILARITY, Kind.IMAGE_DISTANCE, Kind.MAP_STATISTIC);

  /** What tables call it. */
  public String name() {
    return isStatistic() ? "change of " + algorithm : algorithm.toString();
  }

  private boolean isStatistic() {
    return create() instanceof MapStatistic;
  }

  private Object create() {
    return algorithm.create(Object.class, KINDS.toArray(Kind[]::new));
  }

  /** The number for two maps of one image. */
  public double of(Raster before, Raster after) {
    Object measure = create();
    if (measure instanceof MapSimilarity similarity) {
      return similarity.similarity(before, after);
    }
    if (measure instanceof ImageDistance distance) {
      return distance.distance(before, after);
    }
    MapStatistic statistic = (MapStatistic) measure;
    return statistic.of(after) - statistic.of(before);
  }
}
