package io.adversight.cli;

import io.adversight.describe.Check;
import io.adversight.graph.Layer;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.model.ChannelOrder;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.study.image.ImageInputs;
import io.adversight.tensor.Rng;
import io.adversight.visualization.Dream;
import io.adversight.visualization.layer.Representation;
import io.adversight.visualization.objective.ObjectiveText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** DeepDream. */
@Example("adversight dream --model aviary --octaves 2 aviary:0")
@Command(
    name = "dream",
    mixinStandardHelpOptions = true,
    description =
        "Amplifies the features that a layer detects in a photo, at several scales (DeepDream).",
    sortOptions = false)
final class DreamCommand implements Callable<Integer> {
  private static final double DEPTH = 0.6;
  private static final int COLUMNS = 6;
  private static final int LONG_SIDE = 512;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "PHOTO", description = "an image, or one of a data set such as aviary:3")
  String photo = "";

  @Option(
      names = "--objective",
      paramLabel = "OBJECTIVE",
      description = "objective that is increased (default: layer:LAYER); forms as for visualize")
  @Nullable String objective;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "the layer (default: one at three fifths of the network)")
  @Nullable String layer;

  @Option(
      names = "--guide",
      paramLabel = "IMAGE",
      description = "amplify the features that this image has too")
  @Nullable String guide;

  @Option(names = "--octaves", paramLabel = "N", description = "sizes (default: 4)")
  int octaves = new Dream().octaves();

  @Option(names = "--ratio", paramLabel = "R", description = "between two sizes (default: 1.4)")
  double ratio = new Dream().ratio();

  @Option(names = "--steps", paramLabel = "N", description = "at each size (default: 10)")
  int steps = new Dream().steps();

  @Option(names = "--rate", paramLabel = "R", description = "step length (default: 0.012)")
  double rate = new Dream().rate();

  @Option(names = "--jitter", paramLabel = "N", description = "largest shift (default: 16)")
  int jitter = new Dream().jitter();

  @Option(
      names = "--long-side",
      paramLabel = "PIXELS",
      description = "the photo is brought to it (default: 512 where it is larger)")
  @Nullable Integer longSide;

  @Option(names = "--seed", paramLabel = "N", description = "of the shifts (default: 0)")
  long seed;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "save so many frames on the way, as an animation and as a strip")
  int frames;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  DreamCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    if (longSide != null) {
      Check.within(32, 4096, longSide, "long-side");
    }
    Dream dream = new Dream(octaves, ratio, steps, rate, jitter);
    GraphClassifier classifier = model.open(home);
    String place = layer == null ? inner(classifier) : classifier.layer(layer).name();
    Objective optimized = optimized(classifier, place);
    Raster image = sized(new ImageArguments(home).read(photo));
    Raster coloured =
        classifier.card().preprocessing().channels() == ChannelOrder.GRAY
            ? image.toGrey()
            : image.toRgb();
    ImageOutputFolder folder = new ImageOutputFolder(out);
    var collected = new VisualizationOptions.Frames(frames, octaves * steps);
    Raster made;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("steps", (long) octaves * steps, Console.isInteractive())) {
      Run run = Run.of(new Rng(seed), 0, 1).with(cancelling.flag()).with(console.progress(0));
      made = dream.of(coloured, classifier, optimized, frames > 0 ? run.with(collected) : run);
    }
    folder.image("dream", "A dream of " + photo, made, Map.of("photo", photo, "layer", place));
    if (frames > 0) {
      List<Raster> even =
          collected.kept().stream()
              .map(frame -> RasterResize.stretch(frame, made.height(), made.width()))
              .toList();
      folder.frames("dream-way", "On the way to the dream", even, COLUMNS);
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", classifier.card().nameInResults());
    settings.put("objective", objective == null ? "layer:" + place : objective);
    settings.put("guide", guide == null ? "" : guide);
    settings.put("dream", dream);
    settings.put("seed", seed);
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }

  private Objective optimized(GraphClassifier classifier, String place) {
    if (guide != null) {
      Raster view = ImageInputs.view(new ImageArguments(home).read(guide), classifier.card());
      return Representation.of(classifier, place, view).guide();
    }
    return objective == null
        ? new Objective.LayerEnergy(place)
        : ObjectiveText.read(objective, classifier);
  }

  private static String inner(Classifier classifier) {
    List<String> spatial =
        classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList();
    if (spatial.isEmpty()) {
      throw new InputException("this network has no layer made of maps");
    }
    return spatial.get((int) (DEPTH * (spatial.size() - 1)));
  }

  private Raster sized(Raster image) {
    int longer = Math.max(image.height(), image.width());
    int wanted = longSide == null ? Math.min(LONG_SIDE, longer) : longSide;
    double scale = (double) wanted / longer;
    return wanted == longer
        ? image
        : RasterResize.stretch(
            image, (int) Math.rint(image.height() * scale), (int) Math.rint(image.width() * scale));
  }
}
