package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.graph.Graph;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.input.UnknownNameException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.objective.ObjectiveText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How features come about during a training. */
@Example({
  "adversight data aviary --count 48 --out my-birds",
  "adversight train aviary --data my-birds/images --keep-epochs --out my-training",
  "adversight training-history --model aviary --steps 8 --objective class:3 my-training/epochs"
})
@Command(
    name = "training-history",
    mixinStandardHelpOptions = true,
    description = {
      "Feature visualizations of a network at several epochs of its training: one row per",
      "objective, one column per network file, all from the same random start."
    },
    sortOptions = false)
final class TrainingHistoryCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults("fourier", "jitter", "adam-ascent", "", 128);
  private static final int SMALLEST_SHOWN = 96;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE.onnx",
      description = {
        "the network of --model at other times, in this order, or folders of such files, such as",
        "those of: adversight train --keep-epochs"
      })
  List<Path> given = List.of();

  @Option(
      names = "--objective",
      required = true,
      paramLabel = "OBJECTIVE",
      description = {"once or more:", ObjectiveText.FORMS})
  List<String> objectives = List.of();

  @Mixin VisualizationOptions options = new VisualizationOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  TrainingHistoryCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return DEFAULTS.namings();
  }

  @Override
  public Integer call() {
    VisualizationOptions.Way way = options.way(spec, DEFAULTS);
    GraphClassifier last = model.open(home);
    List<Path> files = given.stream().flatMap(path -> networks(path).stream()).toList();
    List<GraphClassifier> times = new ArrayList<>();
    for (Path file : files) {
      Graph graph = OnnxImporter.read(file).graph();
      times.add(last.withGraph(graph));
    }
    for (GraphClassifier time : times) {
      objectives.forEach(text -> ObjectiveText.read(text, time));
    }
    ImageOutputFolder folder = new ImageOutputFolder(options.folder());
    List<Raster> all = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int steps = way.way().steps();
    long total = (long) steps * times.size() * objectives.size();
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("steps", total, Console.isInteractive())) {
      for (String text : objectives) {
        for (int i = 0; i < times.size(); i++) {
          var frames = options.frames(way);
          Run run =
              options
                  .run(1, frames)
                  .with(cancelling.flag())
                  .with(console.progress((long) steps * all.size()));
          Objective objective = ObjectiveText.read(text, times.get(i));
          Visualization made = way.way().of(objective, options.batch(times.get(i), 1), run).get(0);
          Map<String, Object> facts = new LinkedHashMap<>();
          facts.put("objective", text);
          facts.put("network", files.get(i).toString());
          facts.put("after", made.after());
          String name = String.format(Locale.ROOT, "%s-%03d", FileNames.of(text), i + 1);
          folder.image(
              name, "%s in %s".formatted(text, files.get(i).getFileName()), made.image(), facts);
          options.save(frames, folder, name);
          all.add(made.image());
          names.add("%s, %s".formatted(files.get(i).getFileName(), text));
        }
      }
    }
    folder.sheet(
        "all",
        "Every objective, a row each, from early to late",
        ContactSheet.of(all, names, times.size(), SMALLEST_SHOWN),
        Map.of("columns", files.size()));
    Map<String, Object> settings = new LinkedHashMap<>(way.settings());
    settings.put("model", last.card().nameInResults());
    settings.put("networks", files.stream().map(Path::toString).toList());
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(settings, Provenance.of(last, CommandWords.of(spec))));
    return 0;
  }

  /** A file, or the networks of a folder in the order of their names. */
  private static List<Path> networks(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> inside = Files.list(path)) {
      List<Path> found = inside.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
      if (found.isEmpty()) {
        throw new UnknownNameException("the folder %s holds no .onnx file".formatted(path));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(path), e);
    }
  }
}
