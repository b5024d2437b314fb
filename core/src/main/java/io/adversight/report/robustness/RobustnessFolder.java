package io.adversight.report.robustness;

import io.adversight.input.InputException;
import io.adversight.plot.Plot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStore;
import io.adversight.study.robustness.RobustnessSummary;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with a measurement of robustness. What was measured stays: the same measurement goes on
 * where it was, and one with more attacks, epsilons or images adds to it.
 *
 * <pre>
 * report.html  result.json  robustness.csv  robustness.md  robustness.png  outcomes.csv
 * measured.json               network, data set, norm, seed, settings
 * journal/images.jsonl      clean predictions
 * journal/ATTACK.jsonl        outcomes, an image and epsilon a line
 * journal/stages/ATTACK/      how far the batch at work has come
 * </pre>
 */
public final class RobustnessFolder {
  private static final String JOURNAL = "journal";

  private final ResultFolder folder;
  private final ObjectNode identity;
  private final RobustnessSpec spec;
  private final LabelledImages images;
  private final RobustnessJournal journal;

  /**
   * Opens a folder for a measurement, or goes on with one of the same network, images, norm and
   * seed.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public RobustnessFolder(Path place, RobustnessSpec spec, LabelledImages images) {
    this.identity = identity(spec, images);
    this.spec = spec;
    this.images = images;
    this.folder = ResultFolder.open(place, identity, "measured.json");
    folder.leaveOut(images.leftOut());
    this.journal = new RobustnessJournal(folder.resolve(JOURNAL));
    journal.clean().forEach(this::checkImage);
  }

  private static ObjectNode identity(RobustnessSpec spec, LabelledImages images) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", images.classifier().card().nameInResults());
    node.put("modelSha256", images.classifier().card().sha256());
    node.put("data", images.name());
    node.put("norm", spec.norm().name());
    node.put("seed", spec.seed());
    node.put("rounding", spec.has(RobustnessSpec.Option.ROUNDING));
    node.put("earlyStop", spec.has(RobustnessSpec.Option.EARLY_STOP));
    return node;
  }

  private void checkImage(RobustnessStore.Clean clean) {
    if (clean.image() < images.size()
        && !(images.imageName(clean.image()).equals(clean.name())
            && images.sha256(clean.image()).equals(clean.sha256())
            && images.label(clean.image()) == clean.label())) {
      throw new InputException(
          "%s holds a measurement of other images: number %s was %s with other content or class;"
                  .formatted(folder.path(), clean.image(), clean.name())
              + " give another folder with"
              + " --out");
    }
  }

  /** Where outcomes are kept. */
  public RobustnessStore store() {
    return journal;
  }

  /** Removes the folder if no image was attacked in it yet. */
  public void abandon() {
    if (journal.isEmpty()) {
      folder.delete(JOURNAL);
    }
    folder.abandon();
  }

  /** What is known by now. */
  public RobustnessSummary summary() {
    return RobustnessSummary.of(spec, journal, images.size());
  }

  /** Writes tables, plot, page and JSON of a finished measurement. */
  public RobustnessSummary finish(Provenance provenance) {
    RobustnessMeasurement measured =
        new RobustnessMeasurement(
            images.classifier().card().nameInResults(), images.name(), spec, summary());
    folder.write("robustness.csv", RobustnessCsv.summary(measured));
    folder.write("outcomes.csv", RobustnessCsv.outcomes(measured, journal));
    Map<String, Plot> plots = new LinkedHashMap<>();
    RobustnessPlot.of(measured, journal).ifPresent(plot -> plots.put("robustness.png", plot));
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    folder.write("robustness.md", RobustnessMarkdown.page(measured, provenance));
    ObjectNode result = RobustnessJson.of(measured, identity, provenance);
    folder.writeResult(result);
    folder.write("report.html", page(measured, plots, result));
    return measured.summary();
  }

  /** The page of a finished measurement. */
  public Path report() {
    return folder.resolve("report.html");
  }

  private String page(RobustnessMeasurement measured, Map<String, Plot> plots, JsonNode result) {
    RobustnessSummary summary = measured.summary();
    RobustnessTable accuracies = RobustnessTable.accuracies(summary, spec.norm());
    RobustnessTable norms = RobustnessTable.norms(summary, spec.norm());
    Map<String, String> facts = Facts.of(identity);
    facts.put("images", Long.toString(summary.clean().trials()));
    facts.put("right without an attack", RobustnessTable.percent(summary.clean()));
    List<Block> accuracy = new ArrayList<>();
    accuracy.add(Block.Group.ofPlots(folder.path(), plots));
    if (!accuracies.rows().isEmpty()) {
      accuracy.add(new Block.Table(accuracies.header(), accuracies.rows(), 1));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Section("Robust accuracy", accuracy));
    if (!norms.rows().isEmpty()) {
      blocks.add(
          new Block.Section(
              "Perturbation norms", new Block.Table(norms.header(), norms.rows(), 1)));
    }
    List<String> signs =
        summary.signs().isEmpty()
            ? List.of("No sign of masked gradients was seen.")
            : summary.signs().stream().map(sign -> sign.toString()).toList();
    blocks.add(
        new Block.Section("Masked gradients", signs.stream().<Block>map(Block.Note::new).toList()));
    return new HtmlPage("Robustness of " + measured.model(), facts, blocks, result, identity)
        .html();
  }
}
