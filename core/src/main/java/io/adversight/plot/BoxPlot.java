package io.adversight.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BoxChart;

/**
 * The distribution of several samples: median, quartiles, whiskers of one and a half quartile
 * distances, and what lies beyond.
 *
 * @param yAxis what the values are
 * @param samples by name, from left to right; at least one finite value each
 */
public record BoxPlot(String title, String yAxis, Map<String, List<Double>> samples)
    implements Plot {
  /** With fewer values than this the quartiles of a box say nothing. */
  public static final int FEWEST = 5;

  /** Copies the samples. */
  public BoxPlot {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    samples.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    samples = Collections.unmodifiableMap(copy);
    if (samples.isEmpty() || samples.values().stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "the plot \"%s\" needs at least one value in every sample".formatted(title));
    }
  }

  @Override
  public byte[] png() {
    return Style.png(chart());
  }

  @Override
  public byte[] svg() {
    return Style.svg(chart());
  }

  private BoxChart chart() {
    BoxChart chart = Style.boxes(title, yAxis);
    samples.forEach((name, values) -> chart.addSeries(name, new ArrayList<>(values)));
    return chart;
  }
}
