package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.format.NumberText;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.visualization.Recognition;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.objective.ObjectiveText;
import io.adversight.visualization.parameterization.ImageBatch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes images for classes, channels, neurons, layers and directions. */
@Example("adversight visualize --model aviary --objective class:3 --steps 16")
@Command(
    name = "visualize",
    mixinStandardHelpOptions = true,
    description = {
      "Feature visualization: images that maximize a class, channel, neuron, layer or direction.",
      "Parameters of the parts that are named are options, listed below."
    },
    sortOptions = false)
final class VisualizeCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults(
          "fourier", "grey-margin,jitter,random-scale,random-rotation", "adam-ascent", "", 256);
  private static final int COLUMNS = 6;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--objective",
      required = true,
      paramLabel = "OBJECTIVE",
      description = {
        "what is maximized, once or more; joined by \" + \" and \" - \", with factors:",
        ObjectiveText.FORMS
      })
  List<String> objectives = List.of();

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "images per objective, each from its own start (default: 1)")
  int images = 1;

  @Mixin VisualizationOptions options = new VisualizationOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  VisualizeCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return DEFAULTS.namings();
  }

  @Override
  public Integer call() {
    VisualizationOptions.Way way = options.way(spec, DEFAULTS);
    GraphClassifier classifier = model.open(home);
    List<Objective> read =
        objectives.stream().map(text -> ObjectiveText.read(text, classifier)).toList();
    ImageOutputFolder folder = new ImageOutputFolder(options.folder());
    PrintWriter out = spec.commandLine().getOut();
    List<Raster> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    ImageBatch batch = options.batch(classifier, images);
    int steps = way.way().steps();
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open("steps", (long) steps * read.size(), Console.isInteractive())) {
      for (int i = 0; i < read.size(); i++) {
        var frames = options.frames(way);
        Run run =
            options
                .run(images, frames)
                .with(cancelling.flag())
                .with(console.progress((long) i * steps));
        List<Visualization> made = way.way().of(read.get(i), batch, run);
        for (int k = 0; k < made.size(); k++) {
          String name = FileNames.of(objectives.get(i)) + (images > 1 ? "-" + (k + 1) : "");
          Map<String, Object> facts = facts(objectives.get(i), made.get(k), read.get(i), batch);
          folder.image(name, "An image for " + objectives.get(i), made.get(k).image(), facts);
          names.add(objectives.get(i));
          out.println(line(name, facts));
          all.add(made.get(k).image());
        }
        options.save(frames, folder, FileNames.of(objectives.get(i)));
      }
    }
    if (all.size() > 1) {
      folder.sheet("all", "All images", ContactSheet.of(all, names, COLUMNS, 128), Map.of());
    }
    Map<String, Object> settings = new LinkedHashMap<>(way.settings());
    settings.put("model", classifier.card().nameInResults());
    settings.put("objectives", objectives);
    ReportLine.print(
        out, folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }

  private Map<String, Object> facts(
      String text, Visualization made, Objective objective, ImageBatch batch) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("objective", text);
    facts.put("before", (float) made.before());
    facts.put("after", (float) made.after());
    Recognition.of(objective, batch, made.image())
        .ifPresent(
            seen -> {
              facts.put("probability", (float) seen.plain());
              facts.put("probabilityTransformed", (float) seen.transformed());
            });
    return facts;
  }

  private static String line(String name, Map<String, Object> facts) {
    String line = "%s  %s -> %s".formatted(name, text(facts, "before"), text(facts, "after"));
    return facts.containsKey("probability")
        ? "%s, probability %s, under transformations %s"
            .formatted(line, text(facts, "probability"), text(facts, "probabilityTransformed"))
        : line;
  }

  private static String text(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Float number ? NumberText.of(number) : "";
  }
}
