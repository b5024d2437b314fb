package io.adversight.lab.response;

import io.adversight.catalog.Kind;
import io.adversight.image.Raster;
import io.adversight.lab.panel.AlgorithmChoice;
import io.adversight.metric.similarity.MapSimilarity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several numbers of how alike two maps are. */
record Similarities(Map<String, MapSimilarity> measures) {
  /** The usual ones, by their names in the catalogue. */
  static final List<String> USUAL =
      List.of("spearman", "ssim", "hog-pearson", "top-k-intersection");

  static Similarities of(@Nullable List<String> ids) {
    Map<String, MapSimilarity> measures = new LinkedHashMap<>();
    for (String id : ids == null ? USUAL : ids) {
      measures.put(id, AlgorithmChoice.of(id).create(MapSimilarity.class, Kind.MAP_SIMILARITY));
    }
    return new Similarities(measures);
  }

  /** The numbers by id; null for a measure that does not suit these maps. */
  Map<String, @Nullable Double> between(Raster a, Raster b) {
    Map<String, @Nullable Double> found = new LinkedHashMap<>();
    measures.forEach((id, measure) -> found.put(id, of(measure, a, b)));
    return found;
  }

  private static @Nullable Double of(MapSimilarity measure, Raster a, Raster b) {
    try {
      return Finite.of(measure.similarity(a, b));
    } catch (IllegalArgumentException tooSmall) {
      return null;
    }
  }
}
