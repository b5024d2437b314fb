package io.adversight.report.explanation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.plot.BoxPlot;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.format.EpsilonAxis;
import io.adversight.report.format.Names;
import io.adversight.report.format.SampleStatistics;
import io.adversight.report.format.Titles;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How alike explanations are before and after attacks, over many images. */
final class ComparisonTable {
  static final List<String> KEYS = List.of("attack", "epsilon", "method", "explains");

  /**
   * What a number belongs to.
   *
   * @param norm of epsilon
   * @param epsilon NaN where the attack has none
   * @param explains which class the map after the attack explains
   */
  record Condition(String attack, Norm norm, double epsilon, String method, String explains) {
    List<String> cells() {
      return List.of(
          attack, Double.isNaN(epsilon) ? "" : Epsilon.text(norm, epsilon), method, explains);
    }
  }

  private record Row(
      String image, Condition condition, boolean success, String empty, List<Double> values) {}

  private final List<String> measures;
  private final Norm norm;
  private final List<Row> rows = new ArrayList<>();
  private final Map<Condition, List<Row>> byCondition = new LinkedHashMap<>();

  /** Reads the comparisons of images. */
  ComparisonTable(List<JsonNode> images, List<String> measures, Norm norm) {
    this.norm = norm;
    this.measures = withShares(images, measures);
    for (JsonNode image : images) {
      for (JsonNode attack : image.path("attacks")) {
        for (JsonNode comparison : attack.path("comparisons")) {
          add(Json.text(image, "name"), attack, comparison);
        }
      }
    }
  }

  private void add(String image, JsonNode attack, JsonNode comparison) {
    Condition condition =
        new Condition(
            Json.text(attack, "id"),
            norm,
            Json.number(attack.path("epsilon")),
            Json.text(comparison, "method"),
            Json.text(comparison, "explains"));
    Row row =
        new Row(
            image,
            condition,
            attack.path("success").asBoolean(),
            Json.text(comparison, "empty"),
            measures.stream().map(m -> Json.number(comparison.path("values").path(m))).toList());
    rows.add(row);
    byCondition.computeIfAbsent(condition, c -> new ArrayList<>()).add(row);
  }

  /** The measures, and the shares of maps on objects where images have them. */
  private static List<String> withShares(List<JsonNode> images, List<String> measures) {
    Set<String> all = new LinkedHashSet<>(measures);
    for (JsonNode image : images) {
      for (JsonNode attack : image.path("attacks")) {
        attack
            .path("comparisons")
            .forEach(comparison -> comparison.path("values").propertyNames().forEach(all::add));
      }
    }
    return List.copyOf(all);
  }

  Norm norm() {
    return norm;
  }

  List<String> measures() {
    return measures;
  }

  /** Every comparison, one a line. */
  String csv() {
    List<String> header =
        new ArrayList<>(
            List.of("image", "attack", "epsilon", "success", "method", "explains", "empty"));
    header.addAll(measures);
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      line.add(row.image());
      line.add(row.condition().attack());
      line.add(number(row.condition().epsilon()));
      line.add(Boolean.toString(row.success()));
      line.add(row.condition().method());
      line.add(row.condition().explains());
      line.add(row.empty());
      row.values().forEach(value -> line.add(Double.toString(value)));
      lines.add(line);
    }
    return Csv.table(header, lines);
  }

  private static String number(double epsilon) {
    return Double.isNaN(epsilon) ? "" : Double.toString(epsilon);
  }

  /** Mean, standard deviation and median of every measure. */
  String summaryCsv() {
    List<String> header = new ArrayList<>(KEYS);
    header.addAll(List.of("measure", "images", "mean", "standard deviation", "median"));
    List<List<String>> lines = new ArrayList<>();
    byCondition.forEach(
        (condition, own) -> {
          for (int m = 0; m < measures.size(); m++) {
            double[] values = values(own, m);
            if (values.length == 0) {
              continue;
            }
            lines.add(
                List.of(
                    condition.attack(),
                    number(condition.epsilon()),
                    condition.method(),
                    condition.explains(),
                    measures.get(m),
                    Integer.toString(values.length),
                    Double.toString(SampleStatistics.mean(values)),
                    Double.toString(SampleStatistics.spread(values)),
                    Double.toString(SampleStatistics.median(values))));
          }
        });
    return Csv.table(header, lines);
  }

  List<String> summaryHeader() {
    List<String> header = new ArrayList<>(KEYS);
    header.add("images");
    header.addAll(measures);
    return header;
  }

  /** For people: one line per condition, mean ± standard deviation per measure. */
  List<List<String>> summary() {
    List<List<String>> lines = new ArrayList<>();
    byCondition.forEach(
        (condition, own) -> {
          List<String> line = new ArrayList<>(condition.cells());
          line.add(Integer.toString(own.size()));
          for (int m = 0; m < measures.size(); m++) {
            double[] values = values(own, m);
            line.add(
                values.length == 0
                    ? "-"
                    : String.format(
                        Locale.ROOT,
                        "%.3f ± %.3f",
                        SampleStatistics.mean(values),
                        SampleStatistics.spread(values)));
          }
          lines.add(line);
        });
    return lines;
  }

  private static double[] values(List<Row> own, int measure) {
    return own.stream()
        .mapToDouble(row -> row.values().get(measure))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** The distribution of each measure over the methods, and its mean against epsilon. */
  Map<String, Plot> plots() {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (String attack : byCondition.keySet().stream().map(Condition::attack).distinct().toList()) {
      for (int m = 0; m < measures.size(); m++) {
        boxes(attack, m, plots);
        lines(attack, m, plots);
      }
    }
    return plots;
  }

  private void boxes(String attack, int measure, Map<String, Plot> plots) {
    double strongest =
        byCondition.keySet().stream()
            .filter(c -> c.attack().equals(attack))
            .mapToDouble(c -> Double.isNaN(c.epsilon()) ? 0 : c.epsilon())
            .max()
            .orElse(0);
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    byCondition.forEach(
        (condition, own) -> {
          boolean wanted =
              condition.attack().equals(attack)
                  && condition.explains().equals("original class")
                  && (Double.isNaN(condition.epsilon()) || condition.epsilon() == strongest);
          List<Double> drawn =
              Arrays.stream(values(own, measure)).filter(Double::isFinite).boxed().toList();
          if (wanted && !drawn.isEmpty()) {
            samples.put(condition.method(), drawn);
          }
        });
    if (!samples.isEmpty()
        && samples.values().stream().allMatch(sample -> sample.size() >= BoxPlot.FEWEST)) {
      String strength = strongest == 0 ? "" : ", epsilon " + Epsilon.text(norm, strongest);
      plots.put(
          "box-%s-%s.png".formatted(Names.file(measures.get(measure)), attack),
          new BoxPlot(
              "%s, %s%s".formatted(measures.get(measure), Titles.named(attack), strength),
              measures.get(measure),
              samples));
    }
  }

  private void lines(String attack, int measure, Map<String, Plot> plots) {
    Map<String, List<Condition>> byMethod = new LinkedHashMap<>();
    byCondition.keySet().stream()
        .filter(c -> c.attack().equals(attack) && c.explains().equals("original class"))
        .filter(c -> !Double.isNaN(c.epsilon()))
        .filter(c -> Double.isFinite(SampleStatistics.mean(values(rowsOf(c), measure))))
        .sorted(Comparator.comparingDouble(Condition::epsilon))
        .forEach(c -> byMethod.computeIfAbsent(c.method(), k -> new ArrayList<>()).add(c));
    EpsilonAxis axis =
        EpsilonAxis.of(
            norm,
            byMethod.values().stream().flatMap(List::stream).map(Condition::epsilon).toList());
    List<Line> lines = new ArrayList<>();
    byMethod.forEach(
        (method, conditions) -> {
          if (conditions.size() > 1) {
            lines.add(
                new Line(
                    method,
                    conditions.stream().map(c -> axis.place(c.epsilon())).toList(),
                    conditions.stream()
                        .map(c -> SampleStatistics.mean(values(rowsOf(c), measure)))
                        .toList()));
          }
        });
    if (!lines.isEmpty()) {
      plots.put(
          "epsilon-%s-%s.png".formatted(Names.file(measures.get(measure)), attack),
          LinePlot.of(
              "%s against epsilon, %s".formatted(measures.get(measure), Titles.named(attack)),
              axis.title(),
              "mean " + measures.get(measure),
              lines));
    }
  }

  private List<Row> rowsOf(Condition condition) {
    return byCondition.getOrDefault(condition, List.of());
  }
}
