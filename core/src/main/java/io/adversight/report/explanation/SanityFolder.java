package io.adversight.report.explanation;

import io.adversight.evaluation.explanation.SanityCheck;
import io.adversight.evaluation.explanation.SanityCheck.Randomization;
import io.adversight.model.ModelCard;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.Names;
import io.adversight.report.format.ResultJson;
import io.adversight.study.explanation.SanityStudy;
import io.adversight.study.image.InputImage;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sanity checks of explanations, written whole.
 *
 * <pre>
 * report.html  sanity.csv  result.json  cascading-MEASURE.png  independent-MEASURE.png
 * </pre>
 */
public final class SanityFolder {
  private final ResultFolder folder;
  private final ObjectNode spec;
  private final ModelCard card;
  private final long start = System.nanoTime();

  /**
   * Opens a folder for the checks.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public SanityFolder(
      Path folder, SanityStudy.Spec wanted, List<InputImage> images, ModelCard card) {
    this.spec = Json.MAPPER.createObjectNode();
    spec.put("model", card.nameInResults());
    spec.put("modelSha256", card.sha256());
    spec.set("methods", ResultJson.algorithms(wanted.methods()));
    spec.set("measures", ResultJson.algorithms(wanted.measures()));
    spec.put("seed", wanted.seed());
    ArrayNode names = spec.putArray("images");
    images.forEach(image -> names.add(image.identity().content()));
    this.folder = ResultFolder.open(folder, spec, "study.json");
    this.card = card;
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes the reports of all methods.
   *
   * @return the page
   */
  public Path finish(Map<String, SanityCheck.Report> reports, int images, Provenance provenance) {
    folder.write("sanity.csv", csv(reports));
    Map<String, Plot> plots = plots(reports);
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode rows = result.putArray("rows");
    reports.forEach(
        (method, report) ->
            report
                .rows()
                .forEach(
                    row -> {
                      ObjectNode node = rows.addObject();
                      node.put("method", method);
                      node.put("randomization", Names.of(row.randomization()));
                      node.put("layer", row.layer());
                      row.similarity().forEach(node.putObject("similarity")::put);
                    }));
    folder.writeResult(result);
    folder.write("report.html", page(reports, images, plots, result));
    return folder.resolve("report.html");
  }

  private static String csv(Map<String, SanityCheck.Report> reports) {
    List<String> measures = measures(reports);
    List<String> header = new ArrayList<>(List.of("method", "randomization", "layer"));
    header.addAll(measures);
    List<List<String>> lines = new ArrayList<>();
    reports.forEach(
        (method, report) -> {
          for (SanityCheck.Row row : report.rows()) {
            List<String> line = new ArrayList<>();
            line.add(method);
            line.add(Names.of(row.randomization()));
            line.add(row.layer());
            measures.forEach(
                measure ->
                    line.add(Double.toString(row.similarity().getOrDefault(measure, Double.NaN))));
            lines.add(line);
          }
        });
    return Csv.table(header, lines);
  }

  private static List<String> measures(Map<String, SanityCheck.Report> reports) {
    return reports.values().iterator().next().rows().get(0).similarity().keySet().stream()
        .sorted()
        .toList();
  }

  /** The similarity with the trained network's map when all layers are random; heading first. */
  public static List<List<String>> summary(Map<String, SanityCheck.Report> reports) {
    List<String> measures = measures(reports);
    List<String> header = new ArrayList<>(List.of("method"));
    for (String measure : measures) {
      header.add(measure + ", last layer random");
      header.add(measure + ", all layers random");
    }
    List<List<String>> lines = new ArrayList<>(List.of(header));
    reports.forEach(
        (method, report) -> {
          List<SanityCheck.Row> cascade = rows(report, Randomization.CASCADING);
          List<String> line = new ArrayList<>(List.of(method));
          for (String measure : measures) {
            line.add(number(cascade.get(0), measure));
            line.add(number(cascade.get(cascade.size() - 1), measure));
          }
          lines.add(line);
        });
    return lines;
  }

  private static String number(SanityCheck.Row row, String measure) {
    return String.format(Locale.ROOT, "%.3f", row.similarity().getOrDefault(measure, Double.NaN));
  }

  private static List<SanityCheck.Row> rows(SanityCheck.Report report, Randomization wanted) {
    return report.rows().stream().filter(row -> row.randomization() == wanted).toList();
  }

  private static Map<String, Plot> plots(Map<String, SanityCheck.Report> reports) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (Randomization randomization : Randomization.values()) {
      for (String measure : measures(reports)) {
        List<Line> lines = new ArrayList<>();
        reports.forEach(
            (method, report) -> lines.add(line(method, rows(report, randomization), measure)));
        String name = Names.of(randomization);
        plots.put(
            "%s-%s.png".formatted(name, Names.file(measure)),
            LinePlot.of(
                "%s randomisation: %s".formatted(name, measure),
                randomization == Randomization.CASCADING
                    ? "layers that are random, from the last on"
                    : "the layer that is random, 1 is the last",
                measure + " with the trained network's map",
                lines));
      }
    }
    return plots;
  }

  private static Line line(String method, List<SanityCheck.Row> rows, String measure) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      x.add(i + 1.0);
      y.add(rows.get(i).similarity().getOrDefault(measure, 0.0));
    }
    return new Line(method, x, y);
  }

  private String page(
      Map<String, SanityCheck.Report> reports,
      int images,
      Map<String, Plot> plots,
      ObjectNode result) {
    String title = "Sanity checks of explanations, " + card.nameInResults();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(images));
    facts.put("seed", spec.path("seed").asString());
    List<List<String>> lines = summary(reports);
    return new HtmlPage(
            title,
            facts,
            List.of(
                new Block.Section(
                    "Maps of a network with random weights against those of the trained one",
                    Block.Table.headed(lines, 1),
                    new Block.Note(
                        "An explanation that depends on what the network learned becomes unlike;"
                            + " one that stays alike shows the image, not the network (Adebayo et"
                            + " al. 2018).")),
                new Block.Section("Layer by layer", Block.Group.ofPlots(folder.path(), plots))),
            result,
            card.nameInResults(),
            card.sha256())
        .html();
  }
}
