package io.adversight.metric.statistic;

import io.adversight.describe.Check;
import io.adversight.describe.Doc;
import io.adversight.describe.Paper;
import io.adversight.image.Raster;
import io.adversight.metric.AlignedMaps;
import java.util.Arrays;

/**
 * Gini index of a map's magnitudes ("sparseness", Chalasani et al. 2020): 0 for equal values,
 * towards 1 for a single spot. With x sorted, sum of (2 i - n - 1) x_i over n sum x_i. A map of
 * zeros has 0.
 *
 * @param offset added to every magnitude; Quantus adds 1e-7
 */
@Doc("Gini index (sparseness)")
@Paper("chalasani2020")
public record Gini(@Doc("added to every magnitude") double offset) implements MapStatistic {
  /** The formula as published. */
  public Gini() {
    this(0);
  }

  /** Checks the offset. */
  public Gini {
    Check.atLeast(0.0, offset, "offset");
    Check.finite(offset, "offset");
  }

  @Override
  public double of(Raster map) {
    return of(AlignedMaps.values(map));
  }

  double of(double[] values) {
    double[] sorted =
        Arrays.stream(values).map(value -> Math.abs(value) + offset).sorted().toArray();
    int n = sorted.length;
    double weighted = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weighted += (2.0 * (i + 1) - n - 1) * sorted[i];
      sum += sorted[i];
    }
    return sum == 0 ? 0 : weighted / (n * sum);
  }
}
