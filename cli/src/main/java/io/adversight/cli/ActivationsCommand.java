package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.graph.Layer;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.study.image.ImageInputs;
import io.adversight.visualization.layer.ActivationSheet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every layer says of a photo. */
@Example("adversight activations --model aviary aviary:0")
@Command(
    name = "activations",
    mixinStandardHelpOptions = true,
    description = "Shows the activations of layers for a photo, one map per channel.",
    sortOptions = false)
final class ActivationsCommand implements Callable<Integer> {
  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "PHOTO", description = "an image, or one of a data set such as aviary:3")
  String photo = "";

  @Option(
      names = "--layer",
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "the layers (default: all made of maps)")
  List<String> layers = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  ActivationsCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    GraphClassifier classifier = model.open(home);
    List<String> wanted =
        layers.isEmpty()
            ? classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList()
            : layers.stream().map(name -> classifier.layer(name).name()).toList();
    Raster image = ImageInputs.view(new ImageArguments(home).read(photo), classifier.card());
    ImageOutputFolder folder = new ImageOutputFolder(out);
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("layers", wanted.size(), Console.isInteractive())) {
      for (int i = 0; i < wanted.size(); i++) {
        if (cancelling.flag().get()) {
          throw new CancellationException("cancelled");
        }
        String name = String.format(Locale.ROOT, "%03d-%s", i + 1, FileNames.of(wanted.get(i)));
        folder.sheet(
            name,
            "Activations of layer " + wanted.get(i) + ", a map for each channel",
            ActivationSheet.of(classifier, wanted.get(i), image),
            Map.of("layer", wanted.get(i)));
        console.stepTo(i + 1, wanted.size());
      }
    }
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(
            Map.of("model", classifier.card().nameInResults(), "photo", photo),
            Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
