package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.Sweep;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.SweepFolder;
import io.adversight.report.robustness.SweepTable;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.robustness.SweepSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks with balls of growing size. */
@Example("adversight sweep --model digits --attack fgsm --to 0.3 --count 6 drawn-digits:0-3")
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Attacks images with growing epsilon: the attack success rate, the probabilities on the way,",
      "and the epsilon at which the prediction of each flips first. A single-step attack costs one",
      "gradient for all sizes. Writes sweep.csv, sweep.png and a drawing for the first images."
    },
    sortOptions = false)
final class SweepCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "fgsm", List.of(Kind.BOUNDED_ATTACK));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "a bounded one from: adversight catalog (default: fgsm)")
  String attack = ATTACK.defaults();

  @Option(
      names = "--to",
      paramLabel = "E",
      description =
          "the largest epsilon in pixels of [0, 1] (default: twice the usual, 16/255 in LINF)")
  @Nullable String to;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "epsilons from 0 to the largest in equal steps, 0 not counted (default: 16)")
  int count = 16;

  @Option(
      names = "--epsilon",
      paramLabel = "E,E",
      description = "these epsilons instead, such as 0,1/255,4/255")
  @Nullable String given;

  @Option(
      names = "--norm",
      paramLabel = "LINF|L2|L1",
      description = "norm of the perturbation (default: LINF)")
  Norm norm = Norm.LINF;

  @Mixin GoalOption goal = new GoalOption();

  @Option(
      names = "--rounding",
      description = "also classify every image after 8-bit quantization: one forward pass more")
  boolean rounding;

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  SweepCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK);
  }

  @Override
  public Integer call() {
    Algorithm algorithm = AlgorithmOptions.only(spec, ATTACK, attack);
    algorithm.attack(norm);
    for (String sizes : Stream.of(given, to).filter(Objects::nonNull).toList()) {
      BallOptions.parse(sizes, norm);
    }
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    List<Double> epsilons = epsilons(classifier.card().input());
    OptionalInt target =
        ClassWord.index(goal.target(), classifier.labels(), spec.commandLine().getErr());
    SweepSpec task =
        new SweepSpec(algorithm, norm, epsilons, target, rounding, output.seed, output.batch);
    Path path = output.folder();
    DataSet attacked = images.without(task.ofTarget(classifier, images));
    SweepFolder folder = new SweepFolder(path, task, classifier, attacked);
    Sweep sweep =
        LongTask.run(
            "images",
            attacked.size(),
            folder::abandon,
            run -> sweep(task, classifier, NetworkView.of(attacked, classifier), folder, run));
    Path report = folder.finish(sweep, Provenance.of(classifier, CommandWords.of(spec)));
    print(sweep, attacked.isLabelled(), report);
    return 0;
  }

  private List<Double> epsilons(Input input) {
    if (given != null) {
      List<Double> sizes = BallOptions.parse(given, norm).stream().sorted().distinct().toList();
      if (sizes.isEmpty()) {
        throw new InputException("--epsilon needs at least one value");
      }
      return sizes;
    }
    if (count < 1) {
      throw new InputException("--count must be at least 1, but was " + count);
    }
    List<Double> last =
        to == null
            ? List.of(2 * Epsilon.usual(norm, Math.max(input.height(), input.width())))
            : BallOptions.parse(to, norm);
    if (last.size() != 1) {
      throw new InputException("--to takes one value, but got \"%s\"".formatted(to));
    }
    return IntStream.rangeClosed(0, count).mapToObj(i -> last.get(0) * i / count).toList();
  }

  private static Sweep sweep(
      SweepSpec task, GraphClassifier classifier, NetworkView view, SweepFolder folder, Run run) {
    List<Sweep.Track> tracks = new ArrayList<>();
    for (int first = 0; first < view.size(); first += task.batch()) {
      int end = Math.min(view.size(), first + task.batch());
      Optional<List<Sweep.Track>> known = folder.recall(first);
      List<Sweep.Track> some =
          known.isPresent() ? known.get() : task.tracks(classifier, view, first, end, run);
      if (known.isEmpty()) {
        folder.keep(first, some);
      }
      tracks.addAll(some);
      run.report(end, view.size(), "images");
    }
    return new Sweep(tracks);
  }

  private void print(Sweep sweep, boolean labelled, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    TextTable.of(SweepTable.of(sweep, norm, labelled)).print(out);
    sweep
        .medianFirstFlip()
        .ifPresentOrElse(
            epsilon ->
                out.println("half of the images flip up to epsilon " + Epsilon.text(norm, epsilon)),
            () -> out.println("less than half of the images flip"));
    ReportLine.print(out, report);
  }
}
