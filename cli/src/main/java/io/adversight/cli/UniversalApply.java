package io.adversight.cli;

import io.adversight.attack.universal.Universal;
import io.adversight.data.DataSet;
import io.adversight.file.FileNames;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.report.robustness.UniversalFile;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Applies a universal change to images. */
@Example({
  "adversight universal craft --model digits --out my-change drawn-digits:0-4",
  "adversight universal apply --model digits --change my-change/universal.npy drawn-digits:12"
})
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Applies a universal change to images of any size, and prints the predictions before and"
          + " after.",
      "Writes IMAGE.png and IMAGE.npy: the network's view, or with --own-size the whole" + " image."
    },
    sortOptions = false)
final class UniversalApply implements Callable<Integer> {
  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--change",
      required = true,
      paramLabel = "FILE.npy",
      description = "made by: adversight universal craft")
  Path change = Path.of("");

  @Option(
      names = "--own-size",
      description = "stretch the change to each image's own size instead of the network's")
  boolean ownSize;

  @Mixin DataOptions data = new DataOptions();

  @Option(names = "--seed", paramLabel = "N", description = "of a patch's places (default: 0)")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  UniversalApply(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Universal made = UniversalFile.read(change);
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    ImageOutputFolder folder = new ImageOutputFolder(out);
    folder.leaveOut(images.leftOut());
    PrintWriter printer = spec.commandLine().getOut();
    FileNames names = new FileNames();
    for (int i = 0; i < images.size(); i++) {
      Raster image = images.image(i);
      Raster before =
          ownSize
              ? NetworkView.coloured(image, classifier.card())
              : NetworkView.of(image, classifier.card());
      Raster after = changed(made, before);
      String name = names.unique(images.imageName(i).replaceAll("\\.[A-Za-z]+$", ""));
      String seen = top(classifier, before);
      String then = top(classifier, after);
      folder.image(
          name,
          images.imageName(i) + " with the change",
          after,
          Map.of("before", seen.strip(), "after", then.strip()));
      printer.println(images.imageName(i));
      printer.println("  before  " + seen);
      printer.println("  after   " + then);
    }
    Map<String, Object> settings =
        Map.of("model", classifier.card().nameInResults(), "change", change.toString());
    ReportLine.print(
        printer, folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }

  private Raster changed(Universal made, Raster image) {
    Universal fitted = UniversalFile.fitted(made, image.height(), image.width());
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image));
      return Batches.rasters(fitted.apply(pixels, Run.of(new Rng(seed), pixels))).get(0);
    }
  }

  private static String top(GraphClassifier classifier, Raster image) {
    try (Scope scope = Scope.open()) {
      Raster view = NetworkView.of(image, classifier.card());
      Prediction prediction =
          classifier.predict(Batches.of(List.of(view)).to(classifier.device())).get(0);
      return String.format(
          Locale.ROOT,
          "%6.2f %%  %s",
          100 * prediction.probability(prediction.top()),
          classifier.labels().name(prediction.top()));
    }
  }
}
