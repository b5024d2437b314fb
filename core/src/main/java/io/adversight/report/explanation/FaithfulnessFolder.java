package io.adversight.report.explanation;

import io.adversight.catalog.Kind;
import io.adversight.data.Labels;
import io.adversight.evaluation.explanation.Faithfulness;
import io.adversight.model.ModelCard;
import io.adversight.plot.BoxPlot;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.Plot;
import io.adversight.report.PerImageFolders;
import io.adversight.report.PerImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.Names;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.SampleStatistics;
import io.adversight.study.Algorithm;
import io.adversight.study.explanation.FaithfulnessStudy;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How faithful explanations are.
 *
 * <pre>
 * report.html  faithfulness.csv  result.json  curve-MEASURE.png  box-MEASURE.png
 * IMAGE/image.json
 * </pre>
 */
public final class FaithfulnessFolder implements PerImageResults {
  private final PerImageFolders folder;
  private final FaithfulnessStudy.Spec spec;
  private final ModelCard card;
  private final Labels labels;

  /**
   * Opens a folder for measurements, or goes on with the same ones.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public FaithfulnessFolder(
      Path folder, FaithfulnessStudy.Spec spec, ModelCard card, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.set("methods", ResultJson.algorithms(spec.methods()));
    node.set("measures", ResultJson.algorithms(spec.measures()));
    spec.explained().ifPresent(index -> node.put("explainedClass", index));
    node.put("seed", spec.seed());
    this.folder = new PerImageFolders(folder, node);
    this.spec = spec;
    this.card = card;
    this.labels = labels;
  }

  /** Adds what was found about one image. */
  public void accept(FaithfulnessStudy.Result result) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", result.image().name());
    node.put("file", result.image().file());
    node.put("explained", labels.name(result.explained()));
    ArrayNode rows = node.putArray("rows");
    for (FaithfulnessStudy.Row row : result.rows()) {
      ObjectNode one = rows.addObject();
      one.put("method", row.method().toString());
      one.put("measure", row.measure().toString());
      one.put("value", row.finding().value());
      row.finding()
          .curve()
          .ifPresent(
              curve -> {
                ArrayNode shares = one.putArray("shares");
                curve.shares().forEach(shares::add);
                ArrayNode values = one.putArray("values");
                curve.values().forEach(values::add);
              });
    }
    folder.add(result.image(), place -> node);
  }

  /** Mean ± standard deviation, a line per method and a column per measure; heading first. */
  public List<List<String>> summary() {
    return summary(folder.images());
  }

  private List<List<String>> summary(List<JsonNode> images) {
    List<String> header = new ArrayList<>(List.of("method"));
    spec.measures().forEach(measure -> header.add(heading(measure)));
    List<List<String>> lines = new ArrayList<>(List.of(header));
    for (Algorithm method : spec.methods()) {
      List<String> line = new ArrayList<>(List.of(method.toString()));
      for (Algorithm measure : spec.measures()) {
        double[] values = values(images, method, measure).stream().mapToDouble(v -> v).toArray();
        line.add(
            String.format(
                Locale.ROOT,
                "%.4g ± %.2g",
                SampleStatistics.mean(values),
                SampleStatistics.spread(values)));
      }
      lines.add(line);
    }
    return lines;
  }

  private static String heading(Algorithm measure) {
    boolean large = measure.create(Faithfulness.class, Kind.FAITHFULNESS).largeIsGood();
    return measure + (large ? " (large is good)" : " (small is good)");
  }

  private static List<JsonNode> rows(List<JsonNode> images, Algorithm method, Algorithm measure) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode image : images) {
      for (JsonNode row : image.path("rows")) {
        if (Json.text(row, "method").equals(method.toString())
            && Json.text(row, "measure").equals(measure.toString())) {
          found.add(row);
        }
      }
    }
    return found;
  }

  private static List<Double> values(List<JsonNode> images, Algorithm method, Algorithm measure) {
    return rows(images, method, measure).stream()
        .map(row -> Json.number(row.path("value")))
        .toList();
  }

  @Override
  public PerImageFolders folders() {
    return folder;
  }

  @Override
  public Path finish(Provenance provenance) {
    List<JsonNode> images = folder.images();
    folder.write("faithfulness.csv", csv(images));
    Map<String, Plot> plots = plots(images);
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", folder.spec());
    result.set("provenance", ResultJson.provenance(provenance, folder.seconds()));
    ArrayNode written = result.putArray("images");
    images.forEach(written::add);
    folder.writeResult(result);
    folder.write("report.html", page(images, plots, result));
    return folder.path().resolve("report.html");
  }

  private static String csv(List<JsonNode> images) {
    List<List<String>> lines = new ArrayList<>();
    for (JsonNode image : images) {
      for (JsonNode row : image.path("rows")) {
        lines.add(
            List.of(
                Json.text(image, "name"),
                Json.text(image, "explained"),
                Json.text(row, "method"),
                Json.text(row, "measure"),
                row.path("value").asString()));
      }
    }
    return Csv.table(List.of("image", "class", "method", "measure", "value"), lines);
  }

  /** The mean curve of every method, and the distribution of every measure. */
  private Map<String, Plot> plots(List<JsonNode> images) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (Algorithm measure : spec.measures()) {
      List<Line> lines = new ArrayList<>();
      Map<String, List<Double>> samples = new LinkedHashMap<>();
      for (Algorithm method : spec.methods()) {
        List<JsonNode> rows = rows(images, method, measure);
        if (!rows.isEmpty() && rows.get(0).has("shares")) {
          lines.add(mean(method.toString(), rows));
        }
        samples.put(method.toString(), values(images, method, measure));
      }
      if (!lines.isEmpty()) {
        Plot plot =
            LinePlot.of("Mean curve: " + measure, "share of the pixels", "probability", lines)
                .within(0, 1);
        plots.put("curve-%s.png".formatted(Names.file(measure.toString())), plot);
      }
      if (samples.values().stream().allMatch(values -> values.size() >= BoxPlot.FEWEST)) {
        Plot plot = new BoxPlot(measure.toString(), heading(measure), samples);
        plots.put("box-%s.png".formatted(Names.file(measure.toString())), plot);
      }
    }
    return plots;
  }

  private static Line mean(String method, List<JsonNode> rows) {
    List<Double> shares = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    JsonNode first = rows.get(0);
    for (int k = 0; k < first.path("shares").size(); k++) {
      int point = k;
      shares.add(Json.number(first.path("shares").path(k)));
      means.add(
          rows.stream()
              .mapToDouble(row -> Json.number(row.path("values").path(point)))
              .average()
              .orElse(0));
    }
    return new Line(method, shares, means);
  }

  private String page(List<JsonNode> images, Map<String, Plot> plots, ObjectNode result) {
    String title = "Faithfulness of explanations, " + card.nameInResults();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(images.size()));
    facts.put("seed", Long.toString(spec.seed()));
    List<List<String>> lines = summary(images);
    return new HtmlPage(
            title,
            facts,
            List.of(
                new Block.Section(
                    "Methods",
                    Block.Table.headed(lines, 1),
                    new Block.Note("Mean ± standard deviation over the images.")),
                new Block.Section("Plots", Block.Group.ofPlots(folder.path(), plots))),
            result,
            card.nameInResults(),
            card.sha256())
        .html();
  }
}
