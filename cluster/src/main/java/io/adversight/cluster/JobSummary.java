package io.adversight.cluster;

import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.SpecJson;
import io.adversight.study.Algorithm;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the rows of a job add up to, by Spark SQL. */
final class JobSummary {
  /** How much larger than epsilon a perturbation may be for rounding, as everywhere. */
  private static final String ROOM = " * (1 + 1e-6D)";

  private final Dataset<Row> rows;
  private final JsonNode spec;
  private final String norm;
  private final Row counts;
  private final Supplier<JobReport.Totals> totals = Once.of(this::counted);
  private final Supplier<List<AttackRow>> attacks = Once.of(this::attacked);
  private final Supplier<List<Together>> together = Once.of(this::joined);
  private final Supplier<List<Similarity>> similarities = Once.of(this::compared);

  JobSummary(Dataset<Row> rows, JsonNode spec, Norm norm) {
    this.rows = rows;
    this.spec = spec;
    this.norm = norm.name().toLowerCase(Locale.ROOT);
    this.counts =
        rows.selectExpr(
                "count(*)",
                "count(error)",
                "count(distinct part)",
                "count_if(error is null)",
                "count_if(error is null and predicted = label)",
                "count_if(error is null and not label_given)",
                "min(if(error is null, null, struct(part, name, error)))")
            .first();
  }

  /**
   * The counts.
   *
   * @throws IllegalStateException if a part is there twice
   */
  JobReport.Totals totals() {
    return totals.get();
  }

  private JobReport.Totals counted() {
    long twice =
        rows.selectExpr("part", "_metadata.file_path as path")
            .groupBy("part")
            .agg(org.apache.spark.sql.functions.expr("count(distinct path) as files"))
            .where("files > 1")
            .count();
    if (twice > 0) {
      throw new IllegalStateException("%s parts were written twice".formatted(twice));
    }
    Row first = counts.isNullAt(6) ? null : counts.getStruct(6);
    return new JobReport.Totals(
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        first == null ? "" : first.getString(1) + ": " + first.getString(2));
  }

  private long images() {
    return counts.getLong(3);
  }

  private long right() {
    return counts.getLong(4);
  }

  /** Images classified right without an attack, of those with results. */
  Proportion clean() {
    return new Proportion(right(), images());
  }

  /** Whether every image has a class of its own. */
  boolean isLabelled() {
    return counts.getLong(5) == 0;
  }

  /** Names and reasons of the first images without results. */
  List<Row> errors(int most) {
    return rows.where("error is not null")
        .orderBy("part", "name")
        .select("name", "error")
        .limit(most)
        .collectAsList();
  }

  /**
   * What an attack did at one epsilon.
   *
   * @param epsilon NaN for an attack without one
   * @param robustOfAll images classified right before and after, of all
   * @param robustOfRight the same of those classified right before
   * @param kept images whose prediction stayed
   * @param success of the attacked images
   * @param rounded success after 8-bit quantization
   * @param median perturbation norm over those classified right, failures being infinite
   * @param gradients backward passes an image
   */
  record AttackRow(
      String name,
      double epsilon,
      Proportion robustOfAll,
      Proportion robustOfRight,
      Proportion kept,
      Proportion success,
      Proportion rounded,
      double median,
      double gradients) {
    ObjectNode json(Norm norm) {
      ObjectNode node = Json.MAPPER.createObjectNode();
      node.put("attack", name);
      if (Double.isFinite(epsilon)) {
        node.put("epsilon", epsilon);
      }
      node.set("robustOfAll", ResultJson.proportion(robustOfAll));
      node.set("robustOfRight", ResultJson.proportion(robustOfRight));
      node.set("keptPrediction", ResultJson.proportion(kept));
      node.set("success", ResultJson.proportion(success));
      if (rounded.trials() > 0) {
        node.set("successAfterRounding", ResultJson.proportion(rounded));
      }
      if (Double.isFinite(median)) {
        node.put("median" + norm, median);
      }
      node.put("gradientsPerImage", gradients);
      return node;
    }
  }

  /** One row for each attack and epsilon, in the order of the specification. */
  List<AttackRow> attacks() {
    return attacks.get();
  }

  private List<AttackRow> attacked() {
    List<String> names =
        SpecJson.algorithms(spec, "attacks").stream().map(Algorithm::toString).toList();
    if (names.isEmpty()) {
      return List.of();
    }
    Dataset<Row> attacked =
        rows.where("error is null")
            .selectExpr("predicted", "label", "explode(attacks) as a")
            .selectExpr("predicted", "label", "a.*");
    List<AttackRow> found = new ArrayList<>(grouped(attacked, "epsilon"));
    if (Json.text(spec, "kind").equals("robustness")) {
      for (Algorithm minimal : minimal()) {
        for (JsonNode epsilon : spec.path("epsilons")) {
          found.addAll(within(attacked, minimal, Json.number(epsilon)));
        }
      }
    }
    found.sort(
        Comparator.<AttackRow>comparingInt(row -> names.indexOf(row.name()))
            .thenComparingDouble(AttackRow::epsilon));
    return found;
  }

  /** The attacks whose perturbations tell about balls of any size. */
  private List<Algorithm> minimal() {
    return SpecJson.algorithms(spec, "attacks").stream()
        .filter(
            attack ->
                attack.entry(Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK, Kind.TRANSFORM_ATTACK).kind()
                    == Kind.MINIMAL_ATTACK)
        .toList();
  }

  /** What a minimum-norm attack left within a ball. */
  private List<AttackRow> within(Dataset<Row> attacked, Algorithm attack, double epsilon) {
    String inside = "success and %s <= %sD%s".formatted(norm, epsilon, ROOM);
    return grouped(
        attacked
            .where(attacked.col("attack").equalTo(attack.toString()))
            .drop("epsilon", "success_after_rounding")
            .selectExpr(
                "* except (success)",
                inside + " as success",
                "cast(null as boolean) as success_after_rounding",
                "%sD as epsilon".formatted(epsilon)),
        "epsilon");
  }

  private List<AttackRow> grouped(Dataset<Row> attacked, String epsilon) {
    return attacked
        .groupBy("attack", epsilon)
        .agg(
            org.apache.spark.sql.functions.expr("count(*) as images"),
            sql("count_if(success)"),
            sql("count_if(predicted = label and not success)"),
            sql("count_if(predicted = after)"),
            sql("count(success_after_rounding)"),
            sql("count_if(success_after_rounding)"),
            sql(
                "percentile_approx(if(predicted = label, if(success, %s, double('infinity')), null), 0.5D)"
                    .formatted(norm)),
            sql("avg(backwards)"))
        .collectAsList()
        .stream()
        .map(this::attackRow)
        .toList();
  }

  private static org.apache.spark.sql.Column sql(String expression) {
    return org.apache.spark.sql.functions.expr(expression);
  }

  private AttackRow attackRow(Row row) {
    long attacked = row.getLong(2);
    long robust = row.getLong(4);
    return new AttackRow(
        row.getString(0),
        row.isNullAt(1) ? Double.NaN : row.getDouble(1),
        new Proportion(robust, images()),
        new Proportion(robust, right()),
        new Proportion(row.getLong(5), attacked),
        new Proportion(row.getLong(3), attacked),
        new Proportion(row.getLong(7), row.getLong(6)),
        row.isNullAt(8) ? Double.NaN : row.getDouble(8),
        row.isNullAt(9) ? 0 : row.getDouble(9));
  }

  /** What all attacks together left within a ball. */
  record Together(double epsilon, Proportion ofAll, Proportion ofRight) {
    ObjectNode json() {
      ObjectNode node = Json.MAPPER.createObjectNode();
      node.put("epsilon", epsilon);
      node.set("robustOfAll", ResultJson.proportion(ofAll));
      node.set("robustOfRight", ResultJson.proportion(ofRight));
      return node;
    }
  }

  /** One row for each epsilon; none for a single attack, or without classes. */
  List<Together> together() {
    return together.get();
  }

  private List<Together> joined() {
    if (spec.path("attacks").size() < 2 || !isLabelled()) {
      return List.of();
    }
    List<Together> all = new ArrayList<>();
    for (JsonNode node : spec.path("epsilons")) {
      double epsilon = Json.number(node);
      long robust =
          rows.where("error is null and predicted = label")
              .where(
                  ("not exists(attacks, a -> a.success and coalesce(a.epsilon, a.%s) <= %sD" + ROOM)
                          .formatted(norm, epsilon)
                      + ")")
              .count();
      all.add(
          new Together(epsilon, new Proportion(robust, images()), new Proportion(robust, right())));
    }
    return all;
  }

  /** How alike the maps of a method are before and after an attack. */
  record Similarity(
      String method,
      String attack,
      double epsilon,
      String measure,
      double mean,
      double deviation,
      long maps) {
    ObjectNode json() {
      ObjectNode node = Json.MAPPER.createObjectNode();
      node.put("method", method);
      node.put("attack", attack);
      if (Double.isFinite(epsilon)) {
        node.put("epsilon", epsilon);
      }
      node.put("measure", measure);
      node.put("mean", mean);
      node.put("deviation", deviation);
      node.put("maps", maps);
      return node;
    }
  }

  /** One row for each method, attack, epsilon and measure. */
  List<Similarity> similarities() {
    return similarities.get();
  }

  private List<Similarity> compared() {
    return rows
        .where("error is null")
        .selectExpr("explode(attacks) as a")
        .selectExpr("a.attack", "a.epsilon", "explode(a.explanations) as e")
        .selectExpr("attack", "epsilon", "e.method", "explode(e.similarity) as (measure, value)")
        .groupBy("method", "attack", "epsilon", "measure")
        .agg(sql("avg(value)"), sql("stddev_pop(value)"), sql("count(*)"))
        .orderBy("method", "measure", "attack", "epsilon")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Similarity(
                    row.getString(0),
                    row.getString(1),
                    row.isNullAt(2) ? Double.NaN : row.getDouble(2),
                    row.getString(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getLong(6)))
        .toList();
  }
}
