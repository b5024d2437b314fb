package io.adversight.cli;

import io.adversight.experiments.Claim;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Experiments;
import io.adversight.experiments.Measured;
import io.adversight.experiments.Plan;
import io.adversight.experiments.Reproduction;
import io.adversight.experiments.ReproductionsPage;
import io.adversight.experiments.RunOptions;
import io.adversight.file.AtomicFile;
import io.adversight.home.DataHome;
import io.adversight.home.FetchException;
import io.adversight.input.InputException;
import io.adversight.tensor.Engine;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures tables and figures of the five studies again. */
@Example("adversight reproduce advis-epsilon --quick --model aviary --images aviary:0-3")
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Measures tables and figures of five studies again, and judges their claims. An experiment",
      "that was stopped goes on when it is started again; its budget is in the list."
    },
    footer = {
      "",
      "  reproduce list     all experiments: minutes on two cores, and what is measured",
      "  reproduce NAME     one or several of them",
      "  reproduce all      all of them",
      "  reproduce report   a page of everything that was measured, here or before"
    },
    sortOptions = false)
final class ReproduceCommand implements Callable<Integer> {
  private final DataHome home;

  @Parameters(
      arity = "1..*",
      paramLabel = "list|NAME|all|report",
      description = "what to do: list, report, or experiments by name")
  List<String> words = List.of();

  @Option(names = "--quick", description = "a subset that takes minutes")
  boolean quick;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE.onnx",
      description = "the same protocol on another network, where an experiment has one alone")
  @Nullable String model;

  @Option(
      names = "--images",
      paramLabel = "SET|FOLDER",
      description = "other images: a data set, a part of one (aviary:0-9), or a folder")
  @Nullable String images;

  @Option(names = "--threads", paramLabel = "N", description = "threads of one operation")
  @Nullable Integer threads;

  @Mixin EngineOption engine = new EngineOption();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "adversight-out/reproduce",
      description = "for the results, a folder per experiment (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  ReproduceCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    PrintWriter printer = spec.commandLine().getOut();
    if (threads != null) {
      Engine.setThreads(threads);
    }
    switch (only()) {
      case "list" -> list(printer);
      case "report" -> report(printer);
      case "all" -> {
        boolean whole = runWhatCanBeRun(printer);
        report(printer);
        return whole ? 0 : Errors.INPUT;
      }
      default -> {
        run(words.stream().map(Experiments::named).toList(), printer);
        report(printer);
      }
    }
    return 0;
  }

  /** The word where there is one alone. */
  private String only() {
    List<String> alone = List.of("list", "report", "all");
    Optional<String> mixed = words.stream().filter(alone::contains).findFirst();
    if (mixed.isPresent() && words.size() > 1) {
      throw new InputException("%s stands alone, without other words".formatted(mixed.get()));
    }
    return mixed.orElse("");
  }

  private static void list(PrintWriter printer) {
    TextTable table =
        new TextTable(List.of("experiment", "minutes", "quick", "--model", "measured", "title"));
    for (Experiment experiment : Experiments.all()) {
      Plan plan = Experiments.plan(experiment.name());
      table.row(
          List.of(
              experiment.name(),
              minutes(plan.minutes()),
              minutes(plan.quickMinutes()),
              plan.takesModel() ? "yes" : "no",
              Experiments.committed(experiment.name())
                  .map(found -> found.quick() ? "quick" : "full")
                  .orElse("no"),
              "%s: %s".formatted(plan.study(), plan.title())));
    }
    table.print(printer);
    printer.flush();
  }

  private static String minutes(double minutes) {
    return String.format(Locale.ROOT, "%.0f", Math.max(1, minutes));
  }

  /** All experiments but those whose networks or images are not here; whether that is all. */
  private boolean runWhatCanBeRun(PrintWriter printer) {
    boolean whole = true;
    for (Experiment experiment : Experiments.all()) {
      try {
        run(List.of(experiment), printer);
      } catch (InputException | FetchException e) {
        spec.commandLine()
            .getErr()
            .println("%s: left out: %s".formatted(experiment.name(), e.getMessage()));
        whole = false;
      }
    }
    return whole;
  }

  private void run(List<Experiment> experiments, PrintWriter printer) {
    RunOptions options =
        new RunOptions(
            quick, Optional.ofNullable(model), Optional.ofNullable(images), engine.engine());
    for (Experiment experiment : experiments) {
      Reproduction reproduction = new Reproduction(experiment, options, out);
      Measured measured =
          LongTask.run("stages", 1, reproduction::abandon, run -> reproduction.measure(home, run));
      print(experiment, measured, printer);
    }
  }

  private static void print(Experiment experiment, Measured measured, PrintWriter printer) {
    Plan plan = Experiments.plan(experiment.name());
    printer.println("%s: %s".formatted(experiment.name(), plan.title()));
    TextTable table = new TextTable(List.of("claim", "verdict"));
    for (Claim claim : plan.claims()) {
      table.row(List.of(claim.id(), claim.judge(measured.numbers()).words()));
    }
    table.print(printer);
  }

  private void report(PrintWriter printer) {
    ReproductionsPage page = ReproductionsPage.of(out);
    write("reproductions.md", page.markdown());
    write("report.html", page.page().html());
    ReportLine.print(printer, out.resolve("report.html"));
  }

  private void write(String name, String text) {
    AtomicFile.writeDurably(out.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
