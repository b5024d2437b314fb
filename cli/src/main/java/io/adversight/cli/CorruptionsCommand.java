package io.adversight.cli;

import io.adversight.catalog.Catalog;
import io.adversight.catalog.Entry;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.CorruptionFolder;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.CorruptionSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How adversarial images survive the physical world. */
@Example("adversight corruptions --model digits --attack fgsm --epsilon 0.2 drawn-digits:0-9")
@Command(
    name = "corruptions",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how many adversarial examples survive image corruptions such as blur, noise and",
      "JPEG. destroyed: adversarial images that are classified right again after the corruption;",
      "kept: clean images that are still classified right after it, for comparison."
    },
    sortOptions = false)
final class CorruptionsCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "pgd", List.of(AlgorithmOptions.ATTACKS));
  private static final AlgorithmOptions.Naming CORRUPTION =
      new AlgorithmOptions.Naming(
          "--corruption",
          Catalog.entries(Kind.CORRUPTION).stream().map(Entry::id).collect(Collectors.joining(",")),
          List.of(Kind.CORRUPTION));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: pgd)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions();

  @Option(
      names = "--corruption",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: all; each by itself)")
  String corruption = CORRUPTION.defaults();

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  CorruptionsCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK, CORRUPTION);
  }

  @Override
  public Integer call() {
    Algorithm attacked = AlgorithmOptions.only(spec, ATTACK, attack);
    ball.check(List.of(attacked));
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    CorruptionSpec task =
        new CorruptionSpec(
            attacked,
            ball.norm,
            ball.epsilonsFor(attacked, classifier.card().input()),
            AlgorithmOptions.read(spec, CORRUPTION, corruption),
            output.seed,
            output.batch);
    Path path = output.folder();
    CorruptionFolder folder = new CorruptionFolder(path, task, classifier, images);
    List<CorruptionSpec.Rates> rates =
        LongTask.run(
            "images",
            images.size(),
            folder::abandon,
            run -> rates(task, classifier, NetworkView.of(images, classifier), folder, run));
    Path report = folder.finish(rates, Provenance.of(classifier, CommandWords.of(spec)));
    print(task, rates, report);
    return 0;
  }

  private static List<CorruptionSpec.Rates> rates(
      CorruptionSpec task,
      GraphClassifier classifier,
      NetworkView view,
      CorruptionFolder folder,
      Run run) {
    List<CorruptionSpec.Rates> sums =
        new ArrayList<>(Collections.nCopies(task.corruptions().size(), CorruptionSpec.Rates.EMPTY));
    for (int first = 0; first < view.size(); first += task.batch()) {
      int end = Math.min(view.size(), first + task.batch());
      Optional<List<CorruptionSpec.Rates>> known = folder.recall(first);
      List<CorruptionSpec.Rates> some =
          known.isPresent() ? known.get() : task.rates(classifier, view, first, end, run);
      if (known.isEmpty()) {
        folder.keep(first, some);
      }
      for (int d = 0; d < some.size(); d++) {
        sums.set(d, sums.get(d).plus(some.get(d)));
      }
      run.report(end, view.size(), "images");
    }
    return sums;
  }

  private void print(CorruptionSpec task, List<CorruptionSpec.Rates> rates, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    TextTable table = new TextTable(List.of("corruption", "destroyed", "of", "kept", "of"));
    for (int d = 0; d < rates.size(); d++) {
      CorruptionSpec.Rates one = rates.get(d);
      table.row(
          List.of(
              task.corruptions().get(d).toString(),
              TextTable.percent(one.destroyed()),
              Long.toString(one.destroyed().trials()),
              TextTable.percent(one.kept()),
              Long.toString(one.kept().trials())));
    }
    table.print(out);
    ReportLine.print(out, report);
  }
}
