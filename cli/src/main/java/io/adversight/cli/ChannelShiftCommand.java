package io.adversight.cli;

import io.adversight.evaluation.explanation.ChannelShift;
import io.adversight.home.DataHome;
import io.adversight.image.ContactSheet;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.study.image.ImageInputs;
import io.adversight.visualization.Visualization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an attack switched on. */
@Example(
    "adversight channel-shift --model aviary --layer relu3 --top 2 --steps 16 aviary:2 aviary:3")
@Command(
    name = "channel-shift",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the channels of a layer whose activation rises most from a clean to an adversarial",
      "image, each with an image that maximizes the channel."
    },
    sortOptions = false)
final class ChannelShiftCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final VisualizationOptions.Defaults DEFAULTS =
      new VisualizationOptions.Defaults(
          "fourier", "grey-margin,jitter,random-scale,random-rotation", "adam-ascent", "", 96);

  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Parameters(index = "0", paramLabel = "CLEAN", description = "the clean image")
  String clean = "";

  @Parameters(
      index = "1",
      paramLabel = "CHANGED",
      description = "the adversarial image, such as adversarial.npy of adversight attack")
  String changed = "";

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "the layer (default: the last one made of maps)")
  String layer = "";

  @Option(names = "--top", paramLabel = "N", description = "how many (default: 4)")
  int channels = 4;

  @Mixin VisualizationOptions options = new VisualizationOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ChannelShiftCommand(DataHome home) {
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
    String place = classifier.layer(layer).name();
    ImageArguments words = new ImageArguments(home);
    Raster before = ImageInputs.view(words.read(clean), classifier.card());
    Raster after = ImageInputs.view(words.read(changed), classifier.card());
    List<ChannelShift> risen = ChannelShift.of(classifier, place, before, after, channels);
    ImageOutputFolder folder = new ImageOutputFolder(options.folder());
    List<Raster> all = new ArrayList<>(List.of(before, after));
    List<String> names = new ArrayList<>(List.of("clean", "changed"));
    int steps = way.way().steps();
    try (Cancelling cancelling = Cancelling.open();
        Console console =
            Console.open("steps", (long) steps * risen.size(), Console.isInteractive())) {
      for (int i = 0; i < risen.size(); i++) {
        ChannelShift each = risen.get(i);
        var frames = options.frames(way);
        Run run =
            options.run(1, frames).with(cancelling.flag()).with(console.progress((long) i * steps));
        Visualization made =
            way.way()
                .of(new Objective.Channel(place, each.channel()), options.batch(classifier, 1), run)
                .get(0);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("layer", place);
        facts.put("channel", each.channel());
        facts.put("clean", each.before());
        facts.put("changed", each.after());
        folder.image(
            "channel-" + each.channel(),
            "What channel %s of %s responds to".formatted(each.channel(), place),
            made.image(),
            facts);
        options.save(frames, folder, "channel-" + each.channel());
        spec.commandLine()
            .getOut()
            .println(
                "%s:%s  %s -> %s"
                    .formatted(place, each.channel(), (float) each.before(), (float) each.after()));
        all.add(made.image());
        names.add("channel " + each.channel());
      }
    }
    folder.sheet(
        "all",
        "The clean and the changed image, and the channels of %s that rose most".formatted(place),
        ContactSheet.of(all, names, all.size(), 160),
        Map.of());
    Map<String, Object> settings = new LinkedHashMap<>(way.settings());
    settings.put("model", classifier.card().nameInResults());
    settings.put("clean", clean);
    settings.put("changed", changed);
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(settings, Provenance.of(classifier, CommandWords.of(spec))));
    return 0;
  }
}
