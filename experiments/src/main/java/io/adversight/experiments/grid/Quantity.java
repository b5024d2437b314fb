package io.adversight.experiments.grid;

import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.metric.PositiveMass;
import io.adversight.metric.statistic.AreaAbove;
import io.adversight.study.explanation.ObjectShares;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is measured of a single heat map. Shares are those of its positive values, so that a map
 * without any has none.
 */
final class Quantity {
  /** The share of positions with at least half of the largest value. */
  static final String AREA = "bright area";

  /** The share that lies beside the first object of the images, such as the bird. */
  static final String BACKGROUND = "background";

  /** The share on an object, by its name. */
  static final String SHARE = "share on ";

  private Quantity() {}

  /** The quantities of a map by name. */
  static Map<String, Double> of(Raster map, Map<String, Raster> objects) {
    Map<String, Double> all = new LinkedHashMap<>();
    if (PositiveMass.of(map).max() <= 0) {
      return all;
    }
    all.put(AREA, new AreaAbove(0.5).of(map));
    ObjectShares.of(map, objects)
        .forEach(
            (name, share) -> {
              all.putIfAbsent(BACKGROUND, 1 - share);
              all.put(SHARE + name, share);
            });
    return all;
  }

  /** The masks of image {@code i}: of the whole object first. */
  static Map<String, Raster> objects(DataSet images, int i) {
    Map<String, Raster> objects = new LinkedHashMap<>();
    images.objects().forEach(name -> objects.put(name, images.mask(i, name)));
    return objects;
  }
}
