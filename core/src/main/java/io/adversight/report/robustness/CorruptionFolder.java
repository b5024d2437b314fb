package io.adversight.report.robustness;

import io.adversight.data.DataSet;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.Titles;
import io.adversight.study.robustness.CorruptionSpec;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of destruction rates: finished batches are kept in {@code parts}. */
public final class CorruptionFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final List<String> HEADER =
      List.of(
          "corruption",
          "adversarial",
          "destroyed",
          "destruction rate",
          "low",
          "high",
          "clean",
          "kept",
          "kept rate");

  private final ResultFolder folder;
  private final CorruptionSpec corrupt;
  private final ObjectNode spec;
  private final long start = System.nanoTime();

  /** Opens a folder, or goes on in the one of the same work. */
  public CorruptionFolder(
      Path path, CorruptionSpec corrupt, Classifier classifier, DataSet images) {
    this.corrupt = corrupt;
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.set("attack", ResultJson.algorithm(corrupt.attack()));
    spec.put("norm", corrupt.norm().name());
    corrupt.epsilons().forEach(epsilon -> spec.put("epsilon", epsilon));
    ArrayNode corruptions = spec.putArray("corruptions");
    corrupt.corruptions().forEach(one -> corruptions.add(ResultJson.algorithm(one)));
    spec.put("images", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    spec.put("batch", corrupt.batch());
    spec.put("seed", corrupt.seed());
    folder = ResultFolder.open(path, spec, "corrupt.json");
    folder.leaveOut(images.leftOut());
  }

  /** The rates of a batch that was finished before. */
  public Optional<List<CorruptionSpec.Rates>> recall(int first) {
    return folder.recall(
        part(first),
        json -> {
          List<CorruptionSpec.Rates> rates = new ArrayList<>();
          for (JsonNode one : json) {
            rates.add(
                new CorruptionSpec.Rates(
                    ResultJson.proportion(one.path("destroyed")),
                    ResultJson.proportion(one.path("kept"))));
          }
          return rates;
        });
  }

  /** Keeps the rates of a batch. */
  public void keep(int first, List<CorruptionSpec.Rates> rates) {
    ArrayNode array = MAPPER.createArrayNode();
    rates.forEach(one -> array.add(json(one)));
    folder.keep(part(first), array);
  }

  private static ObjectNode json(CorruptionSpec.Rates rates) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("destroyed", ResultJson.proportion(rates.destroyed()));
    node.set("kept", ResultJson.proportion(rates.kept()));
    return node;
  }

  private static String part(int first) {
    return "parts/%s.json".formatted(first);
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes {@code result.json}, {@code corrupt.csv} and the page.
   *
   * @return the page
   */
  public Path finish(List<CorruptionSpec.Rates> rates, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("corruptions", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode all = result.putArray("corruptions");
    List<List<String>> rows = new ArrayList<>();
    for (int d = 0; d < rates.size(); d++) {
      ObjectNode one = json(rates.get(d));
      one.put("corruption", corrupt.corruptions().get(d).toString());
      all.add(one);
      Proportion destroyed = rates.get(d).destroyed();
      Proportion kept = rates.get(d).kept();
      List<String> row = new ArrayList<>(List.of(corrupt.corruptions().get(d).toString()));
      row.addAll(List.of(Long.toString(destroyed.trials()), Long.toString(destroyed.successes())));
      row.addAll(NumberText.cells(destroyed));
      row.addAll(List.of(Long.toString(kept.trials()), Long.toString(kept.successes())));
      row.add(NumberText.cells(kept).get(0));
      rows.add(row);
    }
    folder.write("corruptions.csv", Csv.table(HEADER, rows));
    folder.writeResult(result);
    folder.write("report.html", page(rates, result));
    return folder.resolve("report.html");
  }

  private String page(List<CorruptionSpec.Rates> rates, ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (int d = 0; d < rates.size(); d++) {
      Proportion destroyed = rates.get(d).destroyed();
      Proportion kept = rates.get(d).kept();
      rows.add(
          List.of(
              Titles.of(ResultJson.algorithm(corrupt.corruptions().get(d))),
              NumberText.percent(destroyed),
              NumberText.interval(destroyed),
              Long.toString(destroyed.trials()),
              NumberText.percent(kept),
              Long.toString(kept.trials())));
    }
    return new HtmlPage(
            "Adversarial images under corruptions, " + Json.text(spec, "model"),
            Facts.of(spec),
            List.of(
                new Block.Section(
                    "What is left of adversarial images",
                    new Block.Table(
                        List.of(
                            "corruption",
                            "destruction rate",
                            "95 % interval",
                            "adversarial images",
                            "clean images still right",
                            "clean images"),
                        rows,
                        1),
                    new Block.Note(
                        "The destruction rate is the share of adversarial images that are"
                            + " classified right again after the corruption (Kurakin et al."
                            + " 2017)."))),
            result,
            spec)
        .html();
  }
}
