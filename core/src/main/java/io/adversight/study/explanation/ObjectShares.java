package io.adversight.study.explanation;

import io.adversight.image.Raster;
import io.adversight.metric.statistic.EnergyInMask;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which share of a map, or of the image, lies on each object that is known in it. */
public final class ObjectShares {
  private ObjectShares() {}

  /**
   * The share of a map's positive values on each object, in [0, 1].
   *
   * @param map (1, H, W), of any size
   * @param objects masks by name
   */
  public static Map<String, Double> of(Raster map, Map<String, Raster> objects) {
    Map<String, Double> shares = new LinkedHashMap<>();
    objects.forEach((name, mask) -> shares.put(name, new EnergyInMask().score(map, mask)));
    return shares;
  }

  /** The share of the image that each object covers: that of a map that is equal everywhere. */
  public static Map<String, Double> ofArea(Map<String, Raster> objects) {
    Map<String, Double> shares = new LinkedHashMap<>();
    objects.forEach(
        (name, mask) -> {
          Raster even = Raster.generate(1, mask.height(), mask.width(), (c, y, x) -> 1);
          shares.put(name, new EnergyInMask().score(even, mask));
        });
    return shares;
  }
}
