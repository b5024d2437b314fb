package io.adversight.report.detection;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Interval;
import io.adversight.metric.numeric.Proportion;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.model.ModelCard;
import io.adversight.plot.Plot;
import io.adversight.report.PerImageFolders;
import io.adversight.report.PerImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.study.detection.DetectionStudy;
import io.adversight.study.detection.DetectorSet;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results of an evaluation of detectors.
 *
 * <pre>
 * result.json  report.html  detection.csv  scores.csv  roc.csv
 * roc-ATTACK-epsilon-VALUE.png  rates-ATTACK.png
 * IMAGE/image.json
 * </pre>
 */
public final class DetectionFolder implements PerImageResults {
  private static final List<String> HEADER =
      List.of(
          "detector",
          "attack",
          "epsilon",
          "attacked",
          "adversarial",
          "detected",
          "rate",
          "low",
          "high",
          "auc",
          "undetected of all");

  private final PerImageFolders folder;
  private final DetectorSet detectors;
  private final ModelCard card;

  /**
   * Opens a folder for an evaluation, or goes on with the same one.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public DetectionFolder(
      Path folder, DetectionStudy.Spec spec, DetectorSet detectors, ModelCard card) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.set("attacks", ResultJson.algorithms(spec.attacks()));
    spec.evaded().forEach(node.putArray("evaded")::add);
    node.put("evasionSteps", spec.evasionSteps());
    node.put("norm", spec.norm().name());
    spec.epsilons().forEach(node.putArray("epsilons")::add);
    node.put("seed", spec.seed());
    node.put("falsePositiveRate", detectors.falsePositiveRate());
    ObjectNode thresholds = node.putObject("thresholds");
    detectors.detectors().forEach(d -> thresholds.put(d.name(), d.threshold()));
    this.folder = new PerImageFolders(folder, node);
    this.detectors = detectors;
    this.card = card;
  }

  /** Adds the scores of one image. */
  public void accept(DetectionStudy.Result result) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", result.image().name());
    node.put("file", result.image().file());
    ArrayNode rows = node.putArray("scored");
    for (DetectionStudy.Scored scored : result.scored()) {
      ObjectNode row = rows.addObject();
      row.put("attack", scored.attack());
      row.put("epsilon", scored.epsilon());
      row.put("adversarial", scored.adversarial());
      row.put("predicted", scored.predicted());
      ObjectNode scores = row.putObject("scores");
      scored.scores().forEach((algorithm, value) -> scores.put(algorithm.toString(), value));
    }
    folder.add(result.image(), place -> node);
  }

  private Norm norm() {
    return Norm.valueOf(folder.spec().path("norm").asString());
  }

  private DetectionTable table(List<JsonNode> images) {
    return new DetectionTable(detectors, norm(), images);
  }

  /** What every detector makes of every attack; heading first. */
  public List<List<String>> summary() {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(rows(table(folder.images()), epsilon -> Epsilon.text(norm(), epsilon)));
    return lines;
  }

  @Override
  public PerImageFolders folders() {
    return folder;
  }

  @Override
  public Path finish(Provenance provenance) {
    List<JsonNode> images = folder.images();
    DetectionTable table = table(images);
    folder.write("scores.csv", scores(images));
    folder.write("detection.csv", Csv.table(HEADER, rows(table, Double::toString)));
    folder.write("roc.csv", roc(table));
    Map<String, Plot> plots = DetectionPlots.of(table, norm());
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", folder.spec());
    result.set("provenance", ResultJson.provenance(provenance, folder.seconds()));
    result.set("detection", json(table));
    folder.writeResult(result);
    folder.write("report.html", page(images.size(), table, plots, result));
    return folder.path().resolve("report.html");
  }

  private String scores(List<JsonNode> images) {
    List<String> names = detectors.scores().stream().map(Algorithm::toString).toList();
    List<String> header =
        new ArrayList<>(List.of("image", "attack", "epsilon", "adversarial", "predicted"));
    header.addAll(names);
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode image : images) {
      for (JsonNode scored : image.path("scored")) {
        List<String> row = new ArrayList<>();
        row.add(Json.text(image, "name"));
        for (String field : header.subList(1, 5)) {
          row.add(scored.path(field).asString());
        }
        names.forEach(name -> row.add(scored.path("scores").path(name).asString()));
        rows.add(row);
      }
    }
    return Csv.table(header, rows);
  }

  private static List<List<String>> rows(DetectionTable table, DoubleFunction<String> epsilon) {
    List<List<String>> rows = new ArrayList<>();
    for (DetectionTable.Row row : table.rows()) {
      Interval interval = row.detected().wilson();
      boolean tried = row.detected().trials() > 0; // without adversarial images there is no share
      rows.add(
          List.of(
              row.detector(),
              row.condition().attack(),
              epsilon.apply(row.condition().epsilon()),
              Long.toString(row.tried()),
              Long.toString(row.detected().trials()),
              Long.toString(row.detected().successes()),
              tried ? share(row.detected().value()) : "",
              tried ? share(interval.low()) : "",
              tried ? share(interval.high()) : "",
              row.roc().map(roc -> share(roc.auc())).orElse(""),
              share(row.evading().value())));
    }
    return rows;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String roc(DetectionTable table) {
    List<List<String>> rows = new ArrayList<>();
    for (DetectionTable.Row row : table.rows()) {
      if (row.roc().isPresent()) {
        for (RocCurve.Point point : row.roc().get().points()) {
          rows.add(
              List.of(
                  row.detector(),
                  row.condition().attack(),
                  Double.toString(row.condition().epsilon()),
                  Double.toString(point.falsePositiveRate()),
                  Double.toString(point.truePositiveRate()),
                  Double.toString(point.threshold())));
        }
      }
    }
    return Csv.table(
        List.of(
            "detector",
            "attack",
            "epsilon",
            "false positive rate",
            "true positive rate",
            "threshold"),
        rows);
  }

  private static ObjectNode json(DetectionTable table) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    ObjectNode alarms = node.putObject("falsePositives");
    table
        .alarms()
        .forEach((name, proportion) -> alarms.set(name, ResultJson.proportion(proportion)));
    ArrayNode rows = node.putArray("rows");
    for (DetectionTable.Row row : table.rows()) {
      ObjectNode one = rows.addObject();
      one.put("detector", row.detector());
      one.put("attack", row.condition().attack());
      one.put("epsilon", row.condition().epsilon());
      one.put("attacked", row.tried());
      one.set("detected", ResultJson.proportion(row.detected()));
      one.set("undetectedOfAll", ResultJson.proportion(row.evading()));
      row.roc().ifPresent(roc -> one.put("auc", roc.auc()));
    }
    return node;
  }

  private String page(
      int images, DetectionTable table, Map<String, Plot> plots, ObjectNode result) {
    String title = "Detection of adversarial images, " + card.nameInResults();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("held-out images", Integer.toString(images));
    facts.put("thresholds found on", detectors.calibrated().size() + " other images");
    facts.put("false-positive rate aimed at", NumberText.percent(detectors.falsePositiveRate()));
    facts.put("norm", folder.spec().path("norm").asString());
    List<Block> blocks = new ArrayList<>();
    blocks.addAll(
        List.of(
            new Block.Section(
                "False alarms on clean images",
                new Block.Table(
                    List.of("detector", "images", "alarms", "rate", "95 % interval"),
                    table.alarms().entrySet().stream()
                        .map(e -> alarm(e.getKey(), e.getValue()))
                        .toList(),
                    1)),
            new Block.Section(
                "Detected adversarial images",
                new Block.Table(HEADER, rows(table, epsilon -> Epsilon.text(norm(), epsilon)), 3),
                new Block.Note(
                    "An image is adversarial if its prediction changed. An \"evasion\" knows the"
                        + " detector that it is named after; every other attack knows none. The"
                        + " last column is the share of all attacked images that end up"
                        + " adversarial and undetected."))));
    if (!plots.isEmpty()) {
      blocks.add(new Block.Section("Curves", Block.Group.ofPlots(folder.path(), plots)));
    }
    return new HtmlPage(title, facts, blocks, result, card.nameInResults(), card.sha256()).html();
  }

  private static List<String> alarm(String name, Proportion alarms) {
    return List.of(
        name,
        Long.toString(alarms.trials()),
        Long.toString(alarms.successes()),
        NumberText.percent(alarms),
        NumberText.interval(alarms));
  }
}
