package io.adversight.cli;

import io.adversight.catalog.Kind;
import io.adversight.evaluation.explanation.SanityCheck;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.explanation.SanityFolder;
import io.adversight.study.explanation.SanityStudy;
import io.adversight.study.image.ImageSource;
import io.adversight.study.image.InputImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that explanations depend on what the network learned. */
@Example("adversight sanity --model digits --method gradient drawn-digits:0-3")
@Command(
    name = "sanity",
    mixinStandardHelpOptions = true,
    description = {
      "Sanity checks of explanations by model randomization: layers are re-initialized from the",
      "last on, cascading and one at a time; the maps should become dissimilar.",
      "All images are computed at once: give a few.",
      "Parameters of what --method and --metric name are options, listed below."
    },
    sortOptions = false)
final class SanityCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming(
          "--method",
          "gradient,guided-backpropagation,grad-cam",
          List.of(AlgorithmOptions.METHODS));
  private static final AlgorithmOptions.Naming METRIC =
      new AlgorithmOptions.Naming("--metric", "spearman,scaled-ssim", List.of(Kind.MAP_SIMILARITY));

  private final DataHome home;

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: gradient,guided-backpropagation,grad-cam)")
  String method = METHOD.defaults();

  @Option(
      names = "--metric",
      paramLabel = "NAME[,NAME]",
      description = "similarities of maps (default: spearman,scaled-ssim)")
  String metric = METRIC.defaults();

  @Mixin OutputOptions output = new OutputOptions();
  @Mixin BatchTaskOptions work = new BatchTaskOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  SanityCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(METHOD, METRIC);
  }

  @Override
  public Integer call() {
    List<ImageSource> sources = work.sources(home);
    if (sources.size() > output.batch) {
      throw new InputException(
          "sanity checks compute all images at once, at most %s (--batch), but there are %s"
              .formatted(output.batch, sources.size()));
    }
    GraphClassifier classifier = work.model.open(home);
    SanityStudy.Spec wanted =
        new SanityStudy.Spec(
            AlgorithmOptions.read(spec, METHOD, method),
            AlgorithmOptions.read(spec, METRIC, metric),
            output.seed);
    SanityStudy study = new SanityStudy(wanted, classifier);
    List<InputImage> images = work.images.read(sources, classifier.card(), classifier.labels());
    if (images.isEmpty()) {
      throw new InputException("none of the images can be read");
    }
    Path path = output.folder();
    SanityFolder folder = new SanityFolder(path, wanted, images, classifier.card());
    boolean finished = false;
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open("methods", wanted.methods().size(), Console.isInteractive())) {
      Map<String, SanityCheck.Report> reports =
          study.run(images, console.progress(0), cancelling.flag());
      Path report =
          folder.finish(reports, images.size(), Provenance.of(classifier, CommandWords.of(spec)));
      finished = true;
      output.print(spec.commandLine().getOut(), SanityFolder.summary(reports), report);
    } finally {
      if (!finished) {
        folder.abandon();
      }
    }
    return 0;
  }
}
