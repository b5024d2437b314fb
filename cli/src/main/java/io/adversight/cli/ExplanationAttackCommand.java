package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.explanation.ExplanationAttackFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.explanation.ExplanationAttackStudy;
import io.adversight.study.explanation.Region;
import io.adversight.study.image.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks explanations instead of predictions. */
@Example(
    "adversight explanation-attack --model digits --explained gradient --region top-left --steps 20"
        + " drawn-digits:3")
@Command(
    name = "explanation-attack",
    mixinStandardHelpOptions = true,
    description = {
      "Attacks the explanation instead of the prediction: a small perturbation moves the heat map",
      "into a region of your choice, while the predicted class stays.",
      "Parameters of the attack are options, listed below."
    },
    sortOptions = false)
final class ExplanationAttackCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming(
          "--attack", "explanation-attack", List.of(Kind.EXPLANATION_ATTACK));

  private final DataHome home;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: explanation-attack)")
  String attack = ATTACK.defaults();

  @Option(
      names = "--region",
      paramLabel = "NAME|L,T,R,B",
      description =
          "target region of the map: top-left, top-right, bottom-left, bottom-right, centre, or"
              + " LEFT,TOP,RIGHT,BOTTOM in shares of the image (default: top-left)")
  String region = "top-left";

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ExplanationAttackCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK);
  }

  @Override
  public Integer call() {
    Algorithm algorithm = AlgorithmOptions.only(spec, ATTACK, attack);
    Region aim = Region.parse(region);
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    ExplanationAttackStudy study =
        new ExplanationAttackStudy(algorithm, aim, classifier, output.seed);
    Path folder = output.folder();
    ExplanationAttackFolder results =
        work.run(
            sources,
            classifier,
            output.batch,
            () ->
                new ExplanationAttackFolder(
                    folder, algorithm, aim, classifier.card(), classifier.labels()),
            (images, kept, progress, cancel) -> kept.accept(images, study.run(images, cancel)));
    Path report = results.finish(Provenance.of(classifier, CommandWords.of(spec)));
    output.print(spec.commandLine().getOut(), results.summary(), report);
    return 0;
  }
}
