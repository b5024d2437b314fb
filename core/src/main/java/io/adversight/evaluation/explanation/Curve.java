package io.adversight.evaluation.explanation;

import io.adversight.metric.numeric.Trapezoid;
import java.util.List;

/**
 * A score as pixels go or come.
 *
 * @param shares of the pixels that have gone or come, ascending
 * @param values the score at each share
 */
public record Curve(List<Double> shares, List<Double> values) {
  /** Checks that there are as many shares as values. */
  public Curve {
    shares = List.copyOf(shares);
    values = List.copyOf(values);
    if (shares.size() != values.size()) {
      throw new IllegalArgumentException(
          "%s shares need as many values, but there are %s"
              .formatted(shares.size(), values.size()));
    }
  }

  /** The area under the curve, by trapezoids. */
  public double area() {
    return Trapezoid.area(
        shares.stream().mapToDouble(Double::doubleValue).toArray(),
        values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
