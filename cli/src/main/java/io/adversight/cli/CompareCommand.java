package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.explanation.ComparisonFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.explanation.MapMeasure;
import io.adversight.study.image.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares explanations of clean images with those of attacked ones. */
@Example("adversight compare --model digits --attack fgsm --epsilon 0.1 drawn-digits:0-3")
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the explanations of clean with those of adversarial images: a table per image",
      "and method, difference maps, side-by-side images and a report with plots.",
      "Methods may be explanations of the network or saliency of the image.",
      "Parameters of what --attack, --method and --metric name are options, listed below."
    },
    sortOptions = false)
final class CompareCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "fgsm", List.of(AlgorithmOptions.ATTACKS));
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming(
          "--method",
          "grad-cam,gradient,graph-based-visual-saliency",
          List.of(AlgorithmOptions.METHODS));
  private static final AlgorithmOptions.Naming METRIC =
      new AlgorithmOptions.Naming(
          "--metric",
          "spearman,pearson,scaled-ssim,hog-pearson,top-k-intersection,centroid-shift",
          MapMeasure.KINDS);

  private final DataHome home;

  @Option(
      names = "--attack",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: fgsm)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions();

  @Mixin GoalOption goal = new GoalOption();

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description =
          "explanations, or saliency of the image (default:"
              + " grad-cam,gradient,graph-based-visual-saliency)")
  String method = METHOD.defaults();

  @Option(
      names = "--metric",
      paramLabel = "NAME[,NAME]",
      description =
          "similarities and distances of maps (default:"
              + " spearman,pearson,scaled-ssim,hog-pearson,top-k-intersection,centroid-shift)")
  String metric = METRIC.defaults();

  @Mixin StudyOptions study = new StudyOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  CompareCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK, METHOD, METRIC);
  }

  @Override
  public Integer call() {
    List<Algorithm> attacks = AlgorithmOptions.read(spec, ATTACK, attack);
    List<Algorithm> methods =
        study.withLayer(AlgorithmOptions.read(spec, METHOD, method), AlgorithmOptions.METHODS);
    List<MapMeasure> measures =
        AlgorithmOptions.read(spec, METRIC, metric).stream().map(MapMeasure::new).toList();
    if (attacks.isEmpty() || methods.isEmpty() || measures.isEmpty()) {
      throw new InputException(
          "a comparison needs at least one --attack, one --method and one --metric");
    }
    ball.check(attacks);
    List<ImageSource> sources = study.work.sources(home);
    GraphClassifier classifier = study.work.model.open(home);
    StudySpec wanted =
        study.spec(
            new StudyOptions.Attacking(attacks, ball, goal.target(), Set.of(), 0),
            methods,
            classifier,
            spec.commandLine().getErr());
    Study work = new Study(wanted, classifier);
    Path folder = study.output.folder();
    ComparisonFolder results =
        study.work.run(
            sources,
            classifier,
            study.output.batch,
            () -> new ComparisonFolder(folder, wanted, measures, classifier),
            work::run);
    Path report = results.finish(Provenance.of(classifier, CommandWords.of(spec)));
    study.output.print(spec.commandLine().getOut(), results.summary(), report);
    return 0;
  }
}
