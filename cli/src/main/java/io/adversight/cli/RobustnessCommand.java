package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.robustness.RobustnessFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.image.LabelledImages;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.study.robustness.RobustnessStudy;
import io.adversight.study.robustness.RobustnessSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how robust a network is. */
@Example("adversight robustness --model digits --attack fgsm --epsilon 0.1 drawn-digits:0-19")
@Command(
    name = "robustness",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the robust accuracy of a network: attacks every correctly classified image of a"
          + " labelled set.",
      "With --out the measurements are kept: the same command resumes where it stopped, and more",
      "attacks, epsilons or images are added.",
      "Parameters of the attacks named with --attack are options, listed below."
    },
    footer = {
      "",
      "Example:",
      "  adversight robustness --model resnet20-cifar10 --first 100 --epsilon 2/255,8/255 cifar10"
    },
    sortOptions = false)
final class RobustnessCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming(
          "--attack", "fgsm,pgd,auto-attack", List.of(AlgorithmOptions.ATTACKS));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--attack",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: fgsm,pgd,auto-attack)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions(0.25, 1);

  @Option(
      names = "--no-rounding",
      description = "do not classify adversarial images again after 8-bit quantization")
  boolean noRounding;

  @Option(
      names = "--early-stop",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "early stopping: an iterative attack stops on an image once it succeeds (default);"
              + " --no-early-stop: all steps are taken")
  boolean earlyStop;

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--sample",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "only N images, drawn by the seed: for folders that are sorted by class")
  @Nullable Integer sample;

  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  RobustnessCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK);
  }

  private Set<RobustnessSpec.Option> options() {
    Set<RobustnessSpec.Option> options = EnumSet.noneOf(RobustnessSpec.Option.class);
    if (!noRounding) {
      options.add(RobustnessSpec.Option.ROUNDING);
    }
    if (earlyStop) {
      options.add(RobustnessSpec.Option.EARLY_STOP);
    }
    return options;
  }

  @Override
  public Integer call() {
    List<Algorithm> attacks = AlgorithmOptions.read(spec, ATTACK, attack);
    ball.check(attacks);
    DataSet some =
        data.open(home, set -> sample == null ? set : set.shuffled(output.seed).take(sample));
    GraphClassifier classifier = model.open(home);
    RobustnessSpec measured =
        new RobustnessSpec(
            attacks,
            ball.norm,
            ball.epsilons(classifier.card().input()),
            output.seed,
            output.batch,
            options());
    LabelledImages images = LabelledImages.of(classifier, some);
    RobustnessStudy study = new RobustnessStudy(measured, images);
    Path place = output.folder();
    RobustnessFolder folder = new RobustnessFolder(place, measured, images);
    measure(study, folder);
    RobustnessSummary summary = folder.finish(Provenance.of(classifier, CommandWords.of(spec)));
    print(summary, folder.report());
    return 0;
  }

  private void measure(RobustnessStudy study, RobustnessFolder folder) {
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("images", 0, Console.isInteractive())) {
      PrintWriter err = spec.commandLine().getErr();
      study.run(
          folder.store(),
          new RobustnessProgress(console, folder, ball.norm, err),
          cancelling.flag());
      finished = true;
    } finally {
      if (!finished) {
        folder.abandon();
      }
    }
  }

  private void print(RobustnessSummary summary, Path report) {
    PrintWriter printer = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(printer, report.resolveSibling("result.json"));
      return;
    }
    printer.println(
        "%s of %s images are classified right without an attack"
            .formatted(summary.clean().successes(), summary.clean().trials()));
    print(printer, RobustnessTable.accuracies(summary, ball.norm));
    print(printer, RobustnessTable.norms(summary, ball.norm));
    if (!summary.signs().isEmpty()) {
      printer.println();
      printer.println("robustness may be only apparent:");
      summary.signs().forEach(sign -> printer.println("  " + sign));
    }
    printer.println();
    ReportLine.print(printer, report);
  }

  private static void print(PrintWriter printer, RobustnessTable table) {
    if (!table.rows().isEmpty()) {
      printer.println();
      TextTable.of(table).print(printer);
    }
  }
}
