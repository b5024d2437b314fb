package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.file.AtomicFile;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.report.Provenance;
import io.adversight.report.evaluation.EvaluationFolder;
import io.adversight.report.evaluation.EvaluationMarkdown;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.evaluation.Budget;
import io.adversight.study.evaluation.Check;
import io.adversight.study.evaluation.Evaluation;
import io.adversight.study.evaluation.EvaluationSpec;
import io.adversight.study.evaluation.NetworkEvaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the robustness report of one or more networks. */
@Example("adversight evaluate --model digits --data drawn-digits:0-1 --budget quick")
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a robustness report: robust accuracy against the standard ensemble and attacks of"
          + " less knowledge, and checks of whether the attacks were strong enough.",
      "The same command resumes where it stopped; --model A,B puts networks side by side.",
      "--model embedded reports on all networks that come with Adversight, each on the test images"
          + " of its data set, in one folder for each set, and writes the table robustness.md.",
      "--gate makes it a test: the exit code is 5 if a network misses it."
    },
    sortOptions = false)
final class RobustnessReportCommand implements Callable<Integer> {
  /** How many images are taken of a set that was not cut otherwise. */
  private static final int USUAL = 100;

  /** The word for all embedded networks. */
  private static final String EMBEDDED = "embedded";

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGES",
      description =
          "a data set (mnist, cifar10, ...), a part of it (cifar10:0-99), or a folder with a folder"
              + " of images per class")
  @Nullable String images;

  @Option(names = "--data", paramLabel = "IMAGES", description = "the same as an option")
  @Nullable String data;

  @Option(
      names = "--first",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "only the first N images")
  @Nullable Integer first;

  @Option(
      names = "--sample",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "only N images, drawn by the seed (default: 100 of a larger set)")
  @Nullable Integer sample;

  @Mixin BallOptions ball = new BallOptions();

  @Option(
      names = "--budget",
      paramLabel = "quick|standard|thorough",
      description =
          "what is spent: standard is AutoAttack as its authors set it (default); quick gives a"
              + " first impression; thorough doubles the steps and enlarges subsets")
  Budget budget = Budget.STANDARD;

  @Option(
      names = "--surrogate",
      split = ",",
      paramLabel = "NAME",
      description =
          "networks of transfer attacks, or none (default: the others of --model, else up to two"
              + " embedded ones with the same classes and input size)")
  @Nullable List<String> surrogate;

  @Option(
      names = "--gate",
      split = ",",
      paramLabel = "robust-accuracy>=0.4@8/255",
      description =
          "what every network must reach; also clean-accuracy>=P, median-norm>=R and warnings<=N")
  List<String> gate = List.of();

  @Mixin OutputOptions output = new OutputOptions(64);
  @Mixin ReadingOptions reading = new ReadingOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  RobustnessReportCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    ball.check();
    EvaluationSpec.check(ball.norm);
    List<Gate> gates = gate.stream().map(text -> Gate.parse(text, ball.norm)).toList();
    boolean embedded = model.model.equals(EMBEDDED);
    List<EvaluationTask> tasks = embedded ? embedded(gates) : List.of(named(gates));
    EvaluationMarkdown table = new EvaluationMarkdown();
    boolean passes = true;
    for (EvaluationTask task : tasks) {
      EvaluationFolder folder = new EvaluationFolder(task.folder(), task.spec(), task.images());
      List<NetworkEvaluation> found = run(task, folder);
      Provenance provenance =
          task.networks().size() == 1
              ? Provenance.of(task.networks().get(0), CommandWords.of(spec))
              : Provenance.ofProcessor(task.networks(), CommandWords.of(spec));
      Path report = folder.finish(found, provenance);
      print(task.spec(), found, report);
      passes &= passes(gates, task.spec(), found);
      table.with(task.spec(), task.images(), found);
    }
    if (embedded) {
      Path file = output.folder().resolve("robustness.md");
      AtomicFile.write(file, table.table());
      if (!output.json) {
        spec.commandLine().getOut().println("table: " + file);
      }
    }
    return passes ? 0 : Errors.GATE_MISSED;
  }

  private EvaluationTask named(List<Gate> gates) {
    if ((images == null) == (data == null)) {
      throw new InputException(
          "name the images once, as evaluate --model digits mnist or --data mnist");
    }
    DataSet set = images(Objects.requireNonNullElse(images, data));
    List<GraphClassifier> networks = model.openAll(home);
    Input input = networks.get(0).card().input();
    return new EvaluationTask(output.folder(), networks, set, wanted(ball.epsilons(input), gates));
  }

  /** A report for each data set that embedded networks are trained on. */
  private List<EvaluationTask> embedded(List<Gate> gates) {
    if (images != null || data != null) {
      throw new InputException(
          "--model embedded takes the test images of each network's own data set; leave out %s"
              .formatted(Objects.requireNonNullElse(images, data)));
    }
    boolean usual = ball.epsilon == null && ball.norm == Norm.LINF;
    List<EvaluationTask> tasks = new ArrayList<>();
    for (EmbeddedFamily family : EmbeddedFamily.all(home)) {
      DataSet set = images(family.data());
      List<GraphClassifier> networks =
          family.networks().stream().map(name -> model.open(home, name)).toList();
      Input input = networks.get(0).card().input();
      tasks.add(
          new EvaluationTask(
              output.folder().resolve(family.data()),
              networks,
              set,
              wanted(usual ? family.epsilons() : ball.epsilons(input), gates)));
    }
    return tasks;
  }

  private DataSet images(String name) {
    DataOptions options = DataOptions.of(name, first, reading);
    boolean cut = first != null || options.isRange();
    return options.open(
        home,
        set -> {
          int count = sample != null ? sample : cut ? set.size() : Math.min(set.size(), USUAL);
          return count >= set.size() ? set : set.shuffled(output.seed).take(count);
        });
  }

  /** Gates are judged at their own epsilons, which are measured, too. */
  private EvaluationSpec wanted(List<Double> sizes, List<Gate> gates) {
    List<Double> epsilons = new ArrayList<>(sizes);
    gates.forEach(each -> each.epsilon().ifPresent(epsilons::add));
    return new EvaluationSpec(ball.norm, epsilons, budget, output.seed, output.batch);
  }

  private List<NetworkEvaluation> run(EvaluationTask task, EvaluationFolder folder) {
    Surrogates surrogates = new Surrogates(home, model, surrogate);
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("images", 0, Console.isInteractive())) {
      List<Evaluation> evaluations =
          task.networks().stream()
              .map(
                  n ->
                      new Evaluation(
                          task.spec(), n, task.images(), surrogates.of(n, task.networks())))
              .toList();
      List<NetworkEvaluation> found = new ArrayList<>();
      for (int i = 0; i < evaluations.size(); i++) {
        GraphClassifier network = task.networks().get(i);
        String name = network.card().nameInResults();
        found.add(
            evaluations
                .get(i)
                .run(
                    folder.of(network),
                    (what, done, total) -> console.stepTo(name + ", " + what, done, total),
                    cancelling.flag()));
      }
      finished = true;
      return found;
    } finally {
      if (!finished) {
        folder.abandon();
      }
    }
  }

  private void print(EvaluationSpec wanted, List<NetworkEvaluation> found, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    List<String> header = new ArrayList<>(List.of("network", "clean accuracy"));
    wanted
        .epsilons()
        .forEach(epsilon -> header.add("robust at " + Epsilon.text(wanted.norm(), epsilon)));
    header.addAll(List.of("median norm", "PASS", "WARN", "NOT RUN"));
    TextTable table = new TextTable(header);
    for (NetworkEvaluation one : found) {
      List<String> row = new ArrayList<>();
      row.add(one.card().nameInResults());
      row.add(RobustnessTable.percent(one.worst().clean()));
      wanted
          .epsilons()
          .forEach(epsilon -> row.add(RobustnessTable.percent(one.worst().robust(epsilon))));
      row.add(Gate.number(one.worst().median()));
      Arrays.stream(Check.Verdict.values())
          .forEach(verdict -> row.add(Long.toString(one.count(verdict))));
      table.row(row);
    }
    table.print(out);
    for (NetworkEvaluation one : found) {
      one.checks().stream()
          .filter(check -> check.verdict() == Check.Verdict.WARN)
          .forEach(
              check ->
                  out.println(
                      "WARN %s: %s (expected: %s)"
                          .formatted(one.card().nameInResults(), check.found(), check.name())));
    }
    ReportLine.print(out, report);
  }

  private boolean passes(List<Gate> gates, EvaluationSpec wanted, List<NetworkEvaluation> found) {
    boolean passes = true;
    PrintWriter err = spec.commandLine().getErr();
    for (NetworkEvaluation network : found) {
      for (Gate each : gates) {
        if (!each.holds(network, wanted.epsilon())) {
          passes = false;
          err.println(
              "adversight: %s misses the gate %s: it has %s"
                  .formatted(
                      network.card().nameInResults(),
                      each.text(wanted.norm()),
                      Gate.number(each.of(network, wanted.epsilon()))));
        }
      }
    }
    return passes;
  }
}
