package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.explanation.FaithfulnessFolder;
import io.adversight.study.explanation.FaithfulnessStudy;
import io.adversight.study.image.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how faithful explanations are to the network. */
@Example("adversight faithfulness --model digits --method grad-cam drawn-digits:0-1")
@Command(
    name = "faithfulness",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the faithfulness of explanations: how the prediction changes when the pixels with",
      "the largest attribution are deleted, inserted, or kept alone.",
      "Parameters of what --method and --measure name are options, listed below."
    },
    sortOptions = false)
final class FaithfulnessCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming(
          "--method", "grad-cam,gradient", List.of(AlgorithmOptions.METHODS));
  private static final AlgorithmOptions.Naming MEASURE =
      new AlgorithmOptions.Naming(
          "--measure",
          "deletion,insertion,average-drop,increase-in-confidence,road,infidelity,max-sensitivity",
          List.of(Kind.FAITHFULNESS));

  private final DataHome home;

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: grad-cam,gradient)")
  String method = METHOD.defaults();

  @Option(
      names = "--measure",
      paramLabel = "NAME[,NAME]",
      description = "measures of faithfulness (default: all)")
  String measure = MEASURE.defaults();

  @Mixin ClassOption explained = new ClassOption();

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  FaithfulnessCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(METHOD, MEASURE);
  }

  @Override
  public Integer call() {
    List<ImageSource> sources = work.sources(home);
    GraphClassifier classifier = work.model.open(home);
    FaithfulnessStudy.Spec wanted =
        new FaithfulnessStudy.Spec(
            AlgorithmOptions.read(spec, METHOD, method),
            AlgorithmOptions.read(spec, MEASURE, measure),
            explained.in(classifier.labels(), spec.commandLine().getErr()),
            output.seed);
    FaithfulnessStudy study = new FaithfulnessStudy(wanted, classifier);
    Path folder = output.folder();
    FaithfulnessFolder results =
        work.run(
            sources,
            classifier,
            output.batch,
            () -> new FaithfulnessFolder(folder, wanted, classifier.card(), classifier.labels()),
            (images, kept, progress, cancel) -> study.run(images, cancel).forEach(kept::accept));
    Path report = results.finish(Provenance.of(classifier, CommandWords.of(spec)));
    output.print(spec.commandLine().getOut(), results.summary(), report);
    return 0;
  }
}
