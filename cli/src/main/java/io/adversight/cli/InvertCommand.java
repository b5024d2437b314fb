package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.study.image.ImageInputs;
import io.adversight.visualization.layer.Representation;
import io.adversight.visualization.layer.RepresentationDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an image again from what a layer says of it. */
@Example("adversight invert --model aviary --layer pool3 --steps 16 aviary:0")
@Command(
    name = "invert",
    mixinStandardHelpOptions = true,
    description = {
      "Reconstructs an image from the activations of layers (inversion): what they keep and lose.",
      "Parameters of the parts that are named are options, listed below."
    },
    sortOptions = false)
final class InvertCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults("fourier", "none", "adam-ascent", "total-variation", 300);

  private final DataHome home;
  @Mixin RepresentationOptions options = new RepresentationOptions();

  @Option(
      names = "--decoder",
      paramLabel = "FILE.onnx",
      description = "use a trained decoder network instead of optimization")
  @Nullable Path decoder;

  @Spec CommandSpec spec = CommandSpec.create();

  InvertCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return DEFAULTS.namings();
  }

  @Override
  public Integer call() {
    return decoder == null
        ? options.run(home, spec, DEFAULTS, Representation::nearness)
        : decode(new RepresentationDecoder(OnnxImporter.read(decoder).graph()));
  }

  private int decode(RepresentationDecoder trained) {
    if (options.layers.size() != 1) {
      throw new InputException("a decoder belongs to a single layer; name it with --layer");
    }
    GraphClassifier classifier = options.model.open(home);
    String layer = classifier.layer(options.layers.get(0)).name();
    Raster image =
        ImageInputs.view(new ImageArguments(home).read(options.photo), classifier.card());
    Raster decoded = trained.image(Representation.of(classifier, layer, image));
    ImageOutputFolder folder = new ImageOutputFolder(options.options.folder());
    folder.image(
        FileNames.of(layer), "Decoded from layer " + layer, decoded, Map.of("layer", layer));
    folder.sheet(
        "all",
        "The photo, and what the decoder makes of layer " + layer,
        ContactSheet.of(List.of(image, decoded), List.of("photo", "from " + layer), 2, 200),
        Map.of());
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(
            Map.of("model", classifier.card().nameInResults(), "decoder", String.valueOf(decoder)),
            Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
