package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.AccuracyUnderAttack;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the networks that the project has trained. */
@Example("adversight models measure aviary --count 4")
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how often networks are right on the test set that their card names: clean, and",
      "under the attacks by which networks are compared; prints a page in Markdown."
    },
    sortOptions = false)
final class MeasureCommand implements Callable<Integer> {
  private static final String ON = " test top-1";

  private final DataHome home;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "networks (default: all that come with the program)")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "how many images are attacked, from the first (default: 500)")
  int count = 500;

  @Option(names = "--seed", paramLabel = "N", description = "of the attacks (default: 1)")
  long seed = 1;

  @Spec CommandSpec spec = CommandSpec.create();

  MeasureCommand(DataHome home) {
    this.home = home;
  }

  /** A network and its test set. */
  private record Task(ModelCard card, DataSet test) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Models models = new Models(home);
    List<Task> tasks = tasks(models);
    List<String> rows = new ArrayList<>();
    try (Cancelling cancelling = Cancelling.open()) {
      for (Task task : tasks) {
        rows.add(row(models, task, cancelling));
      }
    }
    head(out);
    rows.forEach(out::println);
    out.flush();
    return 0;
  }

  private List<Task> tasks(Models models) {
    List<KnownModel> wanted =
        names.isEmpty()
            ? models.list().stream()
                .filter(model -> model.state() == KnownModel.State.EMBEDDED)
                .toList()
            : names.stream().map(models::find).toList();
    return wanted.stream().map(KnownModel::card).map(this::task).toList();
  }

  private Task task(ModelCard card) {
    String set =
        card.measured().keySet().stream()
            .filter(key -> key.endsWith(ON))
            .map(key -> key.substring(0, key.length() - ON.length()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "the card of %s names no data set of ours to measure it on"
                            .formatted(card.name())));
    return new Task(card, Downloads.dataSet(set, home).inMemory());
  }

  private String row(Models models, Task task, Cancelling cancelling) {
    Classifier network = ModelReader.open(Downloads.locate(models, task.card().name()), Device.CPU);
    int attacked = Math.min(count, task.test().size());
    try (Console console =
        Console.open(task.card().name(), task.test().size(), Console.isInteractive())) {
      Run run =
          Run.of(1)
              .with(cancelling.flag())
              .with((done, total, what) -> console.stepTo(done, total));
      AccuracyUnderAttack measured =
          AccuracyUnderAttack.of(network, task.test(), attacked, seed, run);
      StringBuilder row =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "| `%s` | %s | %,d | %s",
                  task.card().name(),
                  task.test().name(),
                  task.card().bytes(),
                  percent(measured.clean())));
      measured.attacked().values().forEach(share -> row.append(" | ").append(percent(share)));
      return row.append(" |").toString();
    }
  }

  private static String percent(Proportion share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share.value());
  }

  private void head(PrintWriter out) {
    out.println("# The networks that come with Adversight");
    out.println();
    out.printf(
        Locale.ROOT,
        "Accuracy in percent: on the whole test set, and on its first %d images under attack"
            + " (Linf, from the true%nclass; PGD: ten steps of a quarter of epsilon from a random"
            + " start, seed %d). Measured on the shipped files%nby%n",
        count,
        seed);
    out.println();
    out.println(
        "    ./adversight models measure"
            + (names.isEmpty() ? "" : " ...")
            + " > docs/results/networks.md");
    out.println();
    List<String> columns = new ArrayList<>(List.of("network", "test set", "bytes", "clean"));
    columns.addAll(AccuracyUnderAttack.attacks());
    out.println("| " + String.join(" | ", columns) + " |");
    out.println("|" + " --- |".repeat(columns.size()));
  }
}
