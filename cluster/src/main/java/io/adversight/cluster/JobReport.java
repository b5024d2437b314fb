package io.adversight.cluster;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.input.InputException;
import io.adversight.report.Provenance;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.RobustnessTable;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report on the rows of a job: one HTML page and its numbers as JSON. */
final class JobReport {
  private static final int SHOWN_ERRORS = 20;

  private final SparkSession spark;
  private final JobFolder folder;
  private final JsonNode spec;
  private final Norm norm;
  private @Nullable JobSummary summary;

  /**
   * A report on the job in a folder.
   *
   * @throws InputException if there is none
   */
  JobReport(SparkSession spark, JobFolder folder) {
    this.spark = spark;
    this.folder = folder;
    this.spec = folder.spec();
    this.norm = Norm.valueOf(Json.text(spec, "norm"));
  }

  /**
   * What the rows add up to.
   *
   * @param images rows, those of errors among them
   * @param errors rows without results
   * @param parts of the images
   * @param firstError image and reason; empty without errors
   */
  record Totals(long images, long errors, long parts, String firstError) {}

  /**
   * What a run took.
   *
   * @param seconds since it began
   * @param coreSeconds that its tasks took, added up; 0 if it did nothing
   * @param cpuSeconds that their threads computed
   */
  record Effort(double seconds, double coreSeconds, double cpuSeconds) {
    /** A report alone. */
    static final Effort NONE = new Effort(0, 0, 0);
  }

  private JobSummary summary() {
    JobSummary known = summary;
    if (known == null) {
      known =
          new JobSummary(spark.read().schema(ImageRow.SCHEMA).parquet(folder.rows()), spec, norm);
      summary = known;
    }
    return known;
  }

  /**
   * Counts the rows.
   *
   * @throws InputException if there are none
   * @throws IllegalStateException if a part is there twice
   */
  Totals totals() {
    if (!folder.hasRows()) {
      throw new InputException(
          "%s has no rows yet; run the job first".formatted(folder.place("rows")));
    }
    return summary().totals();
  }

  /** Where the page is. */
  String place() {
    return folder.place("report.html");
  }

  /** Writes the report anew, of the rows that are there. */
  void rewrite() {
    totals();
    write(
        Provenance.ofProcessor(
            List.of(), List.of("adversight", "cluster", "report", folder.place("."))),
        Effort.NONE);
  }

  /**
   * Writes {@code result.json} and {@code report.html}.
   *
   * @param effort of the run that ends now
   */
  void write(Provenance provenance, Effort effort) {
    JobSummary summary = summary();
    Totals totals = summary.totals();
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", spec);
    result.set("provenance", ResultJson.provenance(provenance, effort.seconds()));
    result.put("images", totals.images());
    result.put("errors", totals.errors());
    result.put("parts", totals.parts());
    if (effort.coreSeconds() > 0) {
      result.put("coreSeconds", effort.coreSeconds());
      result.put("cpuSeconds", effort.cpuSeconds());
    }
    result.set("clean", ResultJson.proportion(summary.clean()));
    result.put("labelled", summary.isLabelled());
    ArrayNode attacks = result.putArray("attacks");
    summary.attacks().forEach(attack -> attacks.add(attack.json(norm)));
    ArrayNode together = result.putArray("together");
    summary.together().forEach(row -> together.add(row.json()));
    ArrayNode similarities = result.putArray("similarities");
    summary.similarities().forEach(row -> similarities.add(row.json()));
    ArrayNode errors = result.putArray("errorRows");
    for (Row row : summary.errors(SHOWN_ERRORS)) {
      errors.addObject().put("name", row.getString(0)).put("reason", row.getString(1));
    }
    folder.write(
        "result.json",
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
    folder.write("report.html", page(summary, totals, result).html());
  }

  /** The attacks in words, a line each. */
  List<String> lines() {
    JobSummary summary = summary();
    List<String> lines = new ArrayList<>();
    for (JobSummary.AttackRow attack : summary.attacks()) {
      lines.add(
          "%s%s: %s %s, success %s"
              .formatted(
                  attack.name(),
                  epsilon(attack.epsilon()).map(text -> ", epsilon " + text).orElse(""),
                  summary.isLabelled() ? "robust accuracy" : "kept the prediction",
                  RobustnessTable.percent(
                      summary.isLabelled() ? attack.robustOfAll() : attack.kept()),
                  RobustnessTable.percent(attack.success())));
    }
    return lines;
  }

  private Optional<String> epsilon(double value) {
    return Double.isFinite(value) ? Optional.of(Epsilon.text(norm, value)) : Optional.empty();
  }

  private HtmlPage page(JobSummary summary, Totals totals, ObjectNode result) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", String.format(Locale.ROOT, "%,d", totals.images()));
    facts.put("error rows", String.format(Locale.ROOT, "%,d", totals.errors()));
    if (summary.isLabelled()) {
      facts.put("right without an attack", RobustnessTable.percent(summary.clean()));
    }
    Map<String, String> asked = new LinkedHashMap<>(Facts.of(spec));
    asked.keySet().removeAll(List.of("images", "parts", "part size"));
    facts.putAll(asked);
    facts.put("source", Json.text(spec, "images"));
    List<Block> blocks = new ArrayList<>();
    List<JobSummary.AttackRow> attacks = summary.attacks();
    if (!attacks.isEmpty()) {
      blocks.add(new Block.Section("Attacks", table(attacks, summary.isLabelled())));
    }
    if (!summary.together().isEmpty()) {
      blocks.add(new Block.Section("All attacks together", together(summary.together())));
    }
    if (!summary.similarities().isEmpty()) {
      blocks.add(
          new Block.Section(
              "Explanations before and after an attack", similarities(summary.similarities())));
    }
    if (totals.errors() > 0) {
      blocks.add(new Block.Section("Images without results", errors(totals, result)));
    }
    String title =
        attacks.isEmpty()
            ? "What %s looks at".formatted(Json.text(spec, "model"))
            : "Attacks on %s".formatted(Json.text(spec, "model"));
    return new HtmlPage(title, facts, blocks, result, spec);
  }

  private Block table(List<JobSummary.AttackRow> attacks, boolean labelled) {
    List<String> header = new ArrayList<>(List.of("attack", "epsilon"));
    header.addAll(
        labelled
            ? List.of("robust, of all", "robust, of those right")
            : List.of("kept the prediction"));
    header.addAll(
        List.of("success", "after 8-bit quantization", "median norm", "gradients an image"));
    List<List<String>> rows = new ArrayList<>();
    for (JobSummary.AttackRow attack : attacks) {
      List<String> row = new ArrayList<>();
      row.add(attack.name());
      row.add(epsilon(attack.epsilon()).orElse("-"));
      if (labelled) {
        row.add(RobustnessTable.percent(attack.robustOfAll()));
        row.add(RobustnessTable.percent(attack.robustOfRight()));
      } else {
        row.add(RobustnessTable.percent(attack.kept()));
      }
      row.add(RobustnessTable.percent(attack.success()));
      row.add(RobustnessTable.percent(attack.rounded()));
      row.add(
          Double.isFinite(attack.median())
              ? String.format(Locale.ROOT, "%.4g %s", attack.median(), norm)
              : "-");
      row.add(String.format(Locale.ROOT, "%.1f", attack.gradients()));
      rows.add(row);
    }
    return new Block.Table(header, rows, 1);
  }

  private Block together(List<JobSummary.Together> rows) {
    return new Block.Table(
        List.of("epsilon", "robust, of all", "robust, of those right"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        Epsilon.text(norm, row.epsilon()),
                        RobustnessTable.percent(row.ofAll()),
                        RobustnessTable.percent(row.ofRight())))
            .toList(),
        1);
  }

  private Block similarities(List<JobSummary.Similarity> rows) {
    return new Block.Table(
        List.of("method", "attack", "epsilon", "similarity", "mean", "standard deviation", "maps"),
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.method(),
                        row.attack(),
                        epsilon(row.epsilon()).orElse("-"),
                        row.measure(),
                        String.format(Locale.ROOT, "%.4f", row.mean()),
                        String.format(Locale.ROOT, "%.4f", row.deviation()),
                        Long.toString(row.maps())))
            .toList(),
        4);
  }

  private static List<Block> errors(Totals totals, ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : result.path("errorRows")) {
      rows.add(List.of(Json.text(row, "name"), Json.text(row, "reason")));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Table(List.of("image", "reason"), rows, 2));
    if (totals.errors() > rows.size()) {
      blocks.add(
          new Block.Note(
              "The first %s of %s; the column error of rows/ has all."
                  .formatted(rows.size(), totals.errors())));
    }
    return blocks;
  }
}
