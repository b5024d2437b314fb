package io.adversight.cli;

import io.adversight.home.DataHome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exaggerates what a layer sees in a photo. */
@Example("adversight caricature --model aviary --layer pool3 --steps 16 aviary:0")
@Command(
    name = "caricature",
    mixinStandardHelpOptions = true,
    description = {
      "Exaggerates the features of layers in a photo (caricature).",
      "Parameters of the parts that are named are options, listed below."
    },
    sortOptions = false)
final class CaricatureCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults("fourier", "jitter", "adam-ascent", "", 256);

  private final DataHome home;
  @Mixin RepresentationOptions options = new RepresentationOptions();

  @Option(
      names = "--power",
      paramLabel = "P",
      description =
          "weight of the cosine similarity with the photo's representation; larger stays closer"
              + " (default: 1)")
  double power = 1;

  @Spec CommandSpec spec = CommandSpec.create();

  CaricatureCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return DEFAULTS.namings();
  }

  @Override
  public Integer call() {
    return options.run(home, spec, DEFAULTS, code -> code.likeness(power));
  }
}
