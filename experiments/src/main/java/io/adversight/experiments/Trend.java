package io.adversight.experiments;

import io.adversight.metric.numeric.Correlation;
import io.adversight.plot.Line;
import io.adversight.text.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A quantity that was measured for each image at the same places of an axis, such as epsilons.
 *
 * @param name as numbers have it
 * @param axis the places
 * @param images for each image, a value at each place
 */
public record Trend(String name, List<Double> axis, List<List<Double>> images) {
  /** Copies the values. */
  public Trend {
    axis = List.copyOf(axis);
    images = images.stream().map(List::copyOf).toList();
  }

  /** The array {@code field} of every row. */
  public static Trend of(String name, List<Double> axis, List<JsonNode> rows, String field) {
    return new Trend(
        name,
        axis,
        rows.stream()
            .map(row -> row.path(field).valueStream().map(Json::number).toList())
            .toList());
  }

  /** Notes the trends of some arrays of the rows, and gives the lines of their means. */
  public static List<Line> lines(
      Bench bench, List<Double> axis, List<JsonNode> rows, List<String> fields) {
    return fields.stream()
        .map(
            field -> {
              Trend trend = of(field, axis, rows, field);
              trend.note(bench);
              return new Line(field, axis, trend.means());
            })
        .toList();
  }

  /** The mean over the images at each place. */
  public List<Double> means() {
    return IntStream.range(0, axis.size())
        .mapToObj(e -> Sample.of(images.stream().map(values -> values.get(e)).toList()).mean())
        .toList();
  }

  /** For each image, the rank correlation of its values with the axis; 0 where they are equal. */
  public Sample slopes() {
    double[] places = axis.stream().mapToDouble(Double::doubleValue).toArray();
    return Sample.of(
        images.stream()
            .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
            .map(values -> Correlation.spearman(places, values).orElse(0))
            .toList());
  }

  /** Notes the means, {@code NAME at PLACE}, and the mean slope with its interval. */
  public void note(Bench bench) {
    List<Double> means = means();
    for (int e = 0; e < axis.size(); e++) {
      bench.number("%s at %s".formatted(name, place(axis.get(e))), means.get(e));
    }
    Sample slopes = slopes();
    bench.number(name + " trend", slopes.mean());
    bench.number(name + " trend, lower 95 %", slopes.interval().low());
  }

  /** A place as names of numbers have it: 4, 0.2. */
  public static String place(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
