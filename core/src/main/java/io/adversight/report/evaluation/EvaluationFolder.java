package io.adversight.report.evaluation;

import io.adversight.data.DataSet;
import io.adversight.file.FileNames;
import io.adversight.model.Classifier;
import io.adversight.plot.Plot;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Names;
import io.adversight.report.robustness.RobustnessJournal;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import io.adversight.study.evaluation.Parts;
import io.adversight.study.robustness.RobustnessStore;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with a robustness report. Finished parts stay: the same evaluation goes on where it was,
 * and one with more networks adds to it.
 *
 * <pre>
 * report.html  result.json  evaluation.csv  evaluation.md  images.csv  PLOT.png
 * evaluation.json                  images, threat model, budget
 * networks/NETWORK/network.json    the network
 * networks/NETWORK/journal/        outcomes of attacks, as of a measurement of robustness
 * networks/NETWORK/parts/          everything else that is finished
 * </pre>
 */
public final class EvaluationFolder {
  private static final String NETWORKS = "networks";

  private final EvaluationSpec evaluation;
  private final DataSet images;
  private final ObjectNode spec;
  private final ResultFolder folder;
  private final List<NetworkParts> opened = new ArrayList<>();
  private final long start = System.nanoTime();

  /**
   * Opens a folder for an evaluation, or goes on with the same one.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public EvaluationFolder(Path place, EvaluationSpec evaluation, DataSet images) {
    this.evaluation = evaluation;
    this.images = images;
    spec = Json.MAPPER.createObjectNode();
    spec.put("data", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    spec.put("norm", evaluation.norm().name());
    evaluation.epsilons().forEach(spec.putArray("epsilon")::add);
    spec.put("budget", Names.of(evaluation.budget()));
    spec.put("seed", evaluation.seed());
    folder = ResultFolder.open(place, spec, "evaluation.json");
    folder.leaveOut(images.leftOut());
  }

  /** Where the parts of one network are kept. */
  public Parts of(Classifier network) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", network.card().nameInResults());
    node.put("modelSha256", network.card().sha256());
    Path place = folder.resolve(NETWORKS).resolve(FileNames.of(network.card().nameInResults()));
    NetworkParts parts = new NetworkParts(ResultFolder.open(place, node, "network.json"));
    opened.add(parts);
    return parts;
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    if (opened.stream().allMatch(NetworkParts::isEmpty)
        && !Files.exists(folder.resolve("result.json"))) {
      folder.delete(NETWORKS);
    }
    folder.abandon();
  }

  /**
   * Writes page, tables, plots and JSON.
   *
   * @return the page
   */
  public Path finish(List<NetworkEvaluation> networks, Provenance provenance) {
    double seconds = (System.nanoTime() - start) / 1e9;
    ObjectNode result = EvaluationJson.of(spec, evaluation, networks, provenance, seconds);
    folder.write("evaluation.csv", EvaluationCsv.measures(evaluation, networks));
    folder.write(
        "evaluation.md", new EvaluationMarkdown().with(evaluation, images, networks).table());
    folder.write("images.csv", EvaluationCsv.images(evaluation, networks, images));
    Map<String, Plot> plots = EvaluationPlots.of(evaluation, networks);
    plots.forEach((file, plot) -> folder.write(file, plot.png()));
    folder.writeResult(result);
    folder.write(
        "report.html",
        new EvaluationPage(new EvaluationView(evaluation, images, networks, folder.path(), plots))
            .page(spec, result)
            .html());
    return folder.resolve("report.html");
  }

  /** The parts of one network. */
  private static final class NetworkParts implements Parts {
    private final ResultFolder folder;
    private final RobustnessJournal journal;

    NetworkParts(ResultFolder folder) {
      this.folder = folder;
      this.journal = new RobustnessJournal(folder.resolve("journal"));
    }

    boolean isEmpty() {
      return !Files.exists(folder.resolve("journal")) && !Files.exists(folder.resolve("parts"));
    }

    @Override
    public RobustnessStore store() {
      return journal;
    }

    @Override
    public <T> T part(String name, Class<T> type, Supplier<T> work) {
      String file = "parts/%s.json".formatted(name);
      Optional<T> known = folder.recall(file, json -> Json.MAPPER.treeToValue(json, type));
      if (known.isPresent()) {
        return known.get();
      }
      T made = work.get();
      folder.keep(file, Json.MAPPER.valueToTree(made));
      return made;
    }
  }
}
