package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.layer.Representation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands have in common that make images from what layers say of a photo. */
final class RepresentationOptions {
  private static final int COLUMNS = 6;

  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "PHOTO", description = "an image, or one of a data set such as aviary:3")
  String photo = "";

  @Option(
      names = "--layer",
      required = true,
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "the layers, one image each (see: adversight layers)")
  List<String> layers = List.of();

  @Mixin VisualizationOptions options = new VisualizationOptions();

  /** Makes and writes one image per layer. */
  int run(
      DataHome home,
      CommandSpec spec,
      VisualizationOptions.Defaults defaults,
      Function<Representation, Objective> objective) {
    VisualizationOptions.Way way = options.way(spec, defaults);
    GraphClassifier classifier = model.open(home);
    layers.forEach(classifier::layer);
    Raster image = options.sized(new ImageArguments(home).read(photo), classifier.card());
    ImageOutputFolder folder = new ImageOutputFolder(options.folder());
    List<Raster> all = new ArrayList<>(List.of(image));
    List<String> names = new ArrayList<>(List.of("photo"));
    int steps = way.way().steps();
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open("steps", (long) steps * layers.size(), Console.isInteractive())) {
      for (int i = 0; i < layers.size(); i++) {
        String layer = layers.get(i);
        var frames = options.frames(way);
        Run run =
            options.run(1, frames).with(cancelling.flag()).with(console.progress((long) i * steps));
        Objective optimized = objective.apply(Representation.of(classifier, layer, image));
        Visualization made = way.way().of(optimized, options.batch(classifier, 1), run).get(0);
        String name = FileNames.of(layer);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("layer", layer);
        facts.put("before", made.before());
        facts.put("after", made.after());
        folder.image(name, "Made from layer " + layer, made.image(), facts);
        options.save(frames, folder, name);
        spec.commandLine()
            .getOut()
            .println(
                String.format(Locale.ROOT, "%s  %.4g -> %.4g", layer, made.before(), made.after()));
        all.add(made.image());
        names.add(layer);
      }
    }
    folder.sheet(
        "all",
        "The photo, then what was made from each layer",
        ContactSheet.of(all, names, COLUMNS, 160),
        Map.of("first", photo));
    Map<String, Object> settings = new LinkedHashMap<>(way.settings());
    settings.put("model", classifier.card().nameInResults());
    settings.put("photo", photo);
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
