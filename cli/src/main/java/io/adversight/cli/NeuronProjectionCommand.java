package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.study.image.ImageInputs;
import io.adversight.visualization.objective.ObjectiveText;
import io.adversight.visualization.patch.NeuronProjection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Maps a neuron back to a photo. */
@Example("adversight neuron-projection --model aviary --objective class:0 aviary:0")
@Command(
    name = "neuron-projection",
    mixinStandardHelpOptions = true,
    description = {
      "Projects one neuron back to the pixels of a photo: the gradient, the deconvnet and guided",
      "backpropagation, side by side. 0 is grey."
    },
    sortOptions = false)
final class NeuronProjectionCommand implements Callable<Integer> {

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "PHOTO", description = "an image, or one of a data set such as aviary:3")
  String photo = "";

  @Option(
      names = "--objective",
      required = true,
      paramLabel = "OBJECTIVE",
      description = {"the neuron, such as neuron:LAYER:7:3:3, or:", ObjectiveText.FORMS})
  String objective = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  NeuronProjectionCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    GraphClassifier classifier = model.open(home);
    Objective read = ObjectiveText.read(objective, classifier);
    Raster image = ImageInputs.view(new ImageArguments(home).read(photo), classifier.card());
    ImageOutputFolder folder = new ImageOutputFolder(out);
    List<String> zero = new ArrayList<>();
    List<Raster> all = new ArrayList<>(List.of(image));
    List<String> names = new ArrayList<>(List.of("photo"));
    for (NeuronProjection projection : NeuronProjection.values()) {
      Raster signed = projection.of(read, classifier, List.of(image)).get(0);
      String name = projection.name().toLowerCase(Locale.ROOT);
      folder.values(
          name,
          "Mapped back by " + name,
          signed,
          NeuronProjection.shown(signed),
          Map.of("objective", objective));
      all.add(NeuronProjection.shown(signed));
      boolean isZero = signed.min() == 0 && signed.max() == 0;
      names.add(isZero ? name + " (0 everywhere)" : name);
      if (isZero) {
        zero.add(name);
      }
    }
    if (!zero.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              "%s: 0 everywhere, so all grey: no gradient of %s reaches this photo's pixels;"
                      .formatted(String.join(", ", zero), objective)
                  + " take another neuron or photo");
    }
    folder.sheet(
        "all",
        "%s mapped back to the photo; grey is zero".formatted(objective),
        ContactSheet.of(all, names, all.size(), 200),
        Map.of());
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(
            Map.of("model", classifier.card().nameInResults(), "photo", photo),
            Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
