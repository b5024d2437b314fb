package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.visualization.layer.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The filters of convolutions, and of dense layers at the pixels, as images. */
@Example("adversight weights --model aviary")
@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the filters of a convolution: colour images at the input, else a row of squares per",
      "filter; or those of a dense layer that sees the pixels, such as the memories of an",
      "associative memory. Each filter is divided by its own largest absolute weight; 0 is grey."
    },
    sortOptions = false)
final class WeightsCommand implements Callable<Integer> {
  private static final int SCALE = 6;
  private static final int SMALLEST_SHOWN = 56;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "a convolution, or a dense layer at the pixels (default: the first)")
  String layer = "";

  @Option(
      names = "--filters",
      paramLabel = "N",
      description = "at most so many filters (default: 64)")
  int most = 64;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  WeightsCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    GraphClassifier classifier = model.openAlone(home);
    List<Raster> filters = Weights.filters(classifier, layer);
    List<Raster> shown =
        filters.stream().limit(most).map(filter -> Weights.shown(filter, SCALE)).toList();
    boolean wide = filters.get(0).channels() > 3;
    ImageOutputFolder folder = new ImageOutputFolder(out);
    int columns = wide ? 1 : (int) Math.ceil(Math.sqrt(shown.size()));
    folder.sheet(
        "weights",
        "Filters of %s; grey is zero".formatted(layer.isEmpty() ? "the first layer" : layer),
        ContactSheet.of(
            shown,
            IntStream.range(0, shown.size()).mapToObj(i -> "filter " + i).toList(),
            columns,
            SMALLEST_SHOWN),
        Map.of(
            "layer",
            layer,
            "filters",
            filters.size(),
            "normalisation",
            "each filter divided by its largest absolute weight, 0 is grey"));
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(
            Map.of("model", classifier.card().nameInResults()),
            Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
