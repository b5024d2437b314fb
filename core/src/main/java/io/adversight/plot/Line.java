package io.adversight.plot;

import java.util.List;

/**
 * Points joined by a line.
 *
 * @param name what the legend calls it
 * @param x where the points lie, in drawing order
 * @param y their values, finite, as many
 */
public record Line(String name, List<Double> x, List<Double> y) {
  /** Checks that there are as many values as places, and at least one. */
  public Line {
    x = List.copyOf(x);
    y = List.copyOf(y);
    if (x.isEmpty() || x.size() != y.size()) {
      throw new IllegalArgumentException(
          "line \"%s\" needs as many values as places, at least one, but has %s and %s"
              .formatted(name, y.size(), x.size()));
    }
    if (!x.stream().allMatch(Double::isFinite) || !y.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "line \"%s\" has values that are not finite".formatted(name));
    }
  }
}
