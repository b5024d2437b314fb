package io.adversight.lab.batch;

import io.adversight.lab.http.OneOf;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A study's results as a table and charts, read off its result.json. A row's number is that of the
 * tile of the {@link StudyWall} with its images.
 */
public record StudyTable(List<Column> columns, List<List<@Nullable Object>> rows) {
  private static final int ROWS_AT_MOST = 2000;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("image", "image", "text"),
          new Column("label", "class", "text"),
          new Column("before", "predicted before", "text"),
          new Column("attack", "attack", "text"),
          new Column("epsilon", "epsilon", "number"),
          new Column("success", "success", "boolean"),
          new Column("after", "predicted after", "text"),
          new Column("probability", "probability after", "number"),
          new Column("roundedSuccess", "success as PNG", "boolean"),
          new Column("l2", "L2", "number"),
          new Column("linf", "Linf", "number"),
          new Column("ssim", "SSIM", "number"),
          new Column("psnr", "PSNR", "number"));

  /** A column; {@code type} is text, number or boolean. */
  public record Column(
      String id, String title, @OneOf({"text", "number", "boolean"}) String type) {}

  /** Lines over one axis. */
  public record Chart(String title, String xTitle, String yTitle, List<Series> series) {}

  /** One line. */
  public record Series(String name, List<Double> x, List<@Nullable Double> y) {}

  /** The first rows of a result. */
  static StudyTable of(JsonNode result) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode image : result.path("images")) {
      for (JsonNode attack : image.path("attacks")) {
        if (rows.size() < ROWS_AT_MOST) {
          rows.add(row(image, attack));
        }
      }
    }
    return new StudyTable(COLUMNS, rows);
  }

  private static List<@Nullable Object> row(JsonNode image, JsonNode attack) {
    JsonNode after = attack.path("after").path("top").path(0);
    List<@Nullable Object> row = new ArrayList<>();
    row.add(image.path("name").asString());
    row.add(image.path("label").path("name").asString());
    row.add(image.path("before").path("top").path(0).path("name").asString());
    row.add(attack.path("id").asString());
    row.add(number(attack.path("epsilon")));
    row.add(attack.path("success").asBoolean());
    row.add(after.path("name").asString());
    row.add(number(after.path("probability")));
    row.add(
        attack.has("successAfterRounding")
            ? attack.path("successAfterRounding").asBoolean()
            : null);
    row.add(number(attack.path("norms").path("l2")));
    row.add(number(attack.path("norms").path("linf")));
    row.add(number(attack.path("ssim")));
    row.add(number(attack.path("psnr")));
    return row;
  }

  /** A finite number, or null. */
  static @Nullable Double number(JsonNode node) {
    double value = node.isNumber() ? Json.number(node) : Double.NaN;
    return Double.isFinite(value) ? value : null;
  }

  /** The usual charts of a result: by attack, over epsilon. */
  static List<Chart> charts(JsonNode result) {
    return List.of(
        chart(result, "success rate", "share", a -> a.path("success").asBoolean() ? 1.0 : 0.0),
        chart(result, "structural similarity", "mean SSIM", a -> number(a.path("ssim"))),
        chart(result, "perturbation norm", "mean L2", a -> number(a.path("norms").path("l2"))));
  }

  private static Chart chart(
      JsonNode result, String title, String yTitle, Function<JsonNode, @Nullable Double> value) {
    Map<String, TreeMap<Double, List<Double>>> byAttack = new LinkedHashMap<>();
    for (JsonNode image : result.path("images")) {
      for (JsonNode attack : image.path("attacks")) {
        Double epsilon = number(attack.path("epsilon"));
        Double y = value.apply(attack);
        if (y != null) {
          byAttack
              .computeIfAbsent(attack.path("id").asString(), id -> new TreeMap<>())
              .computeIfAbsent(epsilon == null ? 0.0 : epsilon, e -> new ArrayList<>())
              .add(y);
        }
      }
    }
    List<Series> series = new ArrayList<>();
    byAttack.forEach(
        (name, points) ->
            series.add(
                new Series(
                    name,
                    List.copyOf(points.keySet()),
                    points.values().stream().map(StudyTable::mean).toList())));
    return new Chart(title, "epsilon", yTitle, series);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
