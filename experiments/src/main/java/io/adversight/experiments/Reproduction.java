package io.adversight.experiments;

import io.adversight.home.DataHome;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run of one experiment in a folder of its own; a run that was stopped goes on there.
 *
 * <pre>
 * experiment.json      what is run
 * parts/               finished stages
 * results/             result.json, numbers.csv, tables, plots and images
 * report.html
 * </pre>
 */
public final class Reproduction {
  private final Experiment experiment;
  private final Plan plan;
  private final RunOptions options;
  private final ResultFolder folder;

  /**
   * Opens the folder of a run, or goes on with it.
   *
   * @param parent the folder of all experiments' runs
   * @throws io.adversight.input.InputException if the folder holds a run of other settings, or the
   *     experiment does not take such options
   */
  public Reproduction(Experiment experiment, RunOptions options, Path parent) {
    this.experiment = experiment;
    this.plan = Experiments.plan(experiment.name());
    this.options = options;
    ObjectNode spec = Json.MAPPER.createObjectNode();
    spec.put("experiment", experiment.name());
    spec.put("quick", options.quick());
    spec.set("settings", options.settings(plan));
    options.ownEngine().ifPresent(engine -> spec.put("engine", engine.toString()));
    this.folder =
        ResultFolder.open(
            parent.resolve(experiment.name() + options.suffix()), spec, "experiment.json");
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Measures, or goes on measuring, and writes the results.
   *
   * @param run reports progress and hears of the wish to stop
   */
  public Measured measure(DataHome home, Run run) {
    long start = System.nanoTime();
    Bench bench = new Bench(plan, options, home, folder, run);
    experiment.measure(bench);
    double seconds = (System.nanoTime() - start) / 1e9 + earlier();
    JsonNode origin = Measured.origin(Provenance.ofProcessor(bench.opened(), command()), seconds);
    Measured measured = bench.measured(options.quick(), origin);
    folder.write("results/numbers.csv", measured.csv());
    folder.write("results/result.json", measured.toJson());
    folder.write(
        "report.html",
        new ExperimentPage(experiment.name(), plan, measured, new ResultSource.InFolder(results()))
            .page()
            .html());
    return measured;
  }

  /** What does the same again, wherever it is started. */
  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("adversight", "reproduce", experiment.name()));
    if (options.quick()) {
      words.add("--quick");
    }
    options.model().ifPresent(model -> words.addAll(List.of("--model", model)));
    options.images().ifPresent(images -> words.addAll(List.of("--images", images)));
    options.ownEngine().ifPresent(engine -> words.addAll(List.of("--engine", engine.toString())));
    return words;
  }

  /** The seconds of the runs that finished here before: their stages are not computed again. */
  private double earlier() {
    return new ResultSource.InFolder(results())
        .measured()
        .map(measured -> Json.number(measured.origin().path("seconds")))
        .orElse(0.0);
  }

  private Path results() {
    return folder.resolve("results");
  }

  /** The page of this run. */
  public Path page() {
    return folder.resolve("report.html");
  }
}
