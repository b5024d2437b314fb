package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.detection.DetectionFolder;
import io.adversight.report.detection.DetectorFile;
import io.adversight.study.Algorithm;
import io.adversight.study.detection.DetectionStudy;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.image.ImageSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures detectors against attacks. */
@Example({
  "adversight detect calibrate --model digits --out my-detector.json drawn-digits:0-49",
  "adversight detect evaluate --model digits --detector my-detector.json --attack fgsm --epsilon"
      + " 0.1 drawn-digits:50-59"
})
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluates detectors on adversarial examples of clean images that calibration did not use:",
      "ROC curves, AUC and detection rates per attack and epsilon.",
      "Parameters of the attacks named with --attack are options, listed below."
    },
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "fgsm,pgd", List.of(Kind.BOUNDED_ATTACK));

  private final DataHome home;

  @Option(
      names = "--detector",
      required = true,
      paramLabel = "FILE",
      description = "from: adversight detect calibrate")
  Path detector = Path.of("detector.json");

  @Option(
      names = "--attack",
      paramLabel = "NAME[,NAME]",
      description = "non-adaptive attacks, or none (default: fgsm,pgd)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions(0.25, 1);

  @Option(
      names = "--evade",
      paramLabel = "NAME[,NAME]",
      description =
          "detectors of the file that the adaptive attack evades, or none (default: the"
              + " first)")
  @Nullable String evade;

  @Option(
      names = "--evasion-steps",
      paramLabel = "N",
      description = "gradient steps of the adaptive attack (default: 60)")
  int evasionSteps = 60;

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  EvaluateCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK);
  }

  @Override
  public Integer call() {
    DetectorSet set = DetectorFile.read(detector);
    List<Algorithm> attacks =
        AlgorithmOptions.read(spec, ATTACK, attack.equals("none") ? "" : attack);
    ball.check(attacks);
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    DetectionStudy.Spec wanted =
        new DetectionStudy.Spec(
            attacks,
            evaded(set),
            evasionSteps,
            ball.norm,
            ball.epsilons(classifier.card().input()),
            output.seed);
    set.checkModel(classifier.card().nameInResults(), classifier.card().sha256());
    DetectionStudy study = new DetectionStudy(wanted, set, classifier);
    Path folder = output.folder();
    DetectionFolder results =
        work.run(
            sources,
            classifier,
            output.batch,
            () -> new DetectionFolder(folder, wanted, set, classifier.card()),
            (images, kept, progress, cancel) -> {
              set.checkHeldOut(images);
              study.run(images, cancel).forEach(kept::accept);
            });
    Path report = results.finish(Provenance.of(classifier, CommandWords.of(spec)));
    output.print(spec.commandLine().getOut(), results.summary(), report);
    return 0;
  }

  private List<String> evaded(DetectorSet set) {
    if (evade == null) {
      return List.of(set.detectors().get(0).name());
    }
    return evade.equals("none")
        ? List.of()
        : Arrays.stream(evade.split(",")).map(String::strip).toList();
  }
}
