package io.adversight.cli;

import io.adversight.attribution.Attribution;
import io.adversight.attribution.Attributions;
import io.adversight.attribution.Heatmap;
import io.adversight.catalog.Kind;
import io.adversight.home.DataHome;
import io.adversight.image.ColorScale;
import io.adversight.image.ContactSheet;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.image.ImageInputs;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.Visualization;
import io.adversight.visualization.objective.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a class looks like to the network, beside where it sees it in a photo. */
@Example("adversight class-visualization --model aviary --steps 16 aviary:2")
@Command(
    name = "class-visualization",
    mixinStandardHelpOptions = true,
    description = {
      "Shows an image that maximizes a class beside the heat map of the class for a photo.",
      "Parameters of the parts that are named are options, listed below."
    },
    sortOptions = false)
final class ClassVisualizationCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults(
          "fourier", "grey-margin,jitter,random-scale,random-rotation", "adam-ascent", "", 128);
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming("--method", "grad-cam", List.of(AlgorithmOptions.METHODS));
  private static final double OPACITY = 0.6;

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(paramLabel = "PHOTO", description = "an image, or one of a data set such as aviary:3")
  String photo = "";

  @Mixin ClassOption explained = new ClassOption();

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description = "explanations of the photo (default: grad-cam)")
  String method = METHOD.defaults();

  @Mixin VisualizationOptions options = new VisualizationOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ClassVisualizationCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    List<AlgorithmOptions.Naming> all = new ArrayList<>(DEFAULTS.namings());
    all.add(METHOD);
    return all;
  }

  @Override
  public Integer call() {
    VisualizationOptions.Way way = options.way(spec, DEFAULTS);
    List<Algorithm> methods = AlgorithmOptions.read(spec, METHOD, method);
    GraphClassifier classifier = model.open(home);
    Raster image = ImageInputs.view(new ImageArguments(home).read(photo), classifier.card());
    OptionalInt typed = explained.in(classifier.labels(), spec.commandLine().getErr());
    Objective.Logit objective =
        Objective.Logit.of(typed.orElseGet(() -> predicted(classifier, image)));
    ImageOutputFolder folder = new ImageOutputFolder(options.folder());
    List<Raster> all = new ArrayList<>(List.of(image.toRgb()));
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("steps", way.way().steps(), Console.isInteractive())) {
      List<Heatmap> maps = explain(methods, classifier, image, objective, cancelling);
      for (int i = 0; i < maps.size(); i++) {
        Raster map = maps.get(i).map();
        Raster overlay = Overlay.blend(image.toRgb(), ColorScale.of(map).apply(map), OPACITY);
        folder.values(
            methods.get(i).id(),
            "The photo explained by " + methods.get(i).id(),
            map,
            overlay,
            Map.of("method", methods.get(i).id()));
        all.add(overlay);
      }
      var frames = options.frames(way);
      Run run = options.run(1, frames).with(cancelling.flag()).with(console.progress(0));
      Visualization made =
          way.way()
              .of(Evidence.of(objective.classes().get(0)), options.batch(classifier, 1), run)
              .get(0);
      folder.image(
          "class",
          "What the network takes for the class",
          made.image(),
          Map.of("before", made.before(), "after", made.after()));
      options.save(frames, folder, "class");
      all.add(made.image());
    }
    String name = classifier.labels().name(objective.classes().get(0));
    folder.sheet(
        "all",
        "The photo, where %s is seen in it, and what %s looks like to the network"
            .formatted(name, name),
        ContactSheet.of(all, captions(methods), all.size(), 200),
        Map.of("class", name));
    Map<String, Object> settings = new LinkedHashMap<>(way.settings());
    settings.put("model", classifier.card().nameInResults());
    settings.put("photo", photo);
    settings.put("class", name);
    spec.commandLine().getOut().println(name);
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }

  private static List<String> captions(List<Algorithm> methods) {
    List<String> captions = new ArrayList<>(List.of("photo"));
    methods.forEach(method -> captions.add(method.id()));
    captions.add("the class to the network");
    return captions;
  }

  private static int predicted(GraphClassifier classifier, Raster image) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      return (int) classifier.logits(pixels).argmax(1).toLongs()[0];
    }
  }

  private List<Heatmap> explain(
      List<Algorithm> methods,
      GraphClassifier classifier,
      Raster image,
      Objective objective,
      Cancelling cancelling) {
    List<Attribution> made =
        methods.stream().map(m -> m.create(Attribution.class, Kind.ATTRIBUTION)).toList();
    try (Scope scope = Scope.open()) {
      Run run = Run.of(new Rng(options.seed), 0, 1).with(cancelling.flag());
      Tensor pixels = Batches.of(List.of(image)).to(classifier.device());
      return Attributions.run(made, classifier, pixels, objective, run).stream()
          .map(perImage -> perImage.get(0))
          .toList();
    }
  }
}
