package io.adversight.metric.difference;

import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import java.util.function.DoubleBinaryOperator;

/** Combines two maps position by position. */
final class Differences {
  private Differences() {}

  static Raster between(Raster before, Raster after, DoubleBinaryOperator combination) {
    AlignedMaps maps = AlignedMaps.of(before, after);
    Plane first = Plane.mean(maps.first());
    Plane second = Plane.mean(maps.second());
    return Plane.generate(
            first.height(),
            first.width(),
            (y, x) -> combination.applyAsDouble(first.at(y, x), second.at(y, x)))
        .toRaster();
  }
}
