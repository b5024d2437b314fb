package io.adversight.cli;

import io.adversight.file.FileNames;
import io.adversight.graph.Layer;
import io.adversight.home.DataHome;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Progress;
import io.adversight.study.image.ImageInputs;
import io.adversight.tensor.Scope;
import io.adversight.visualization.objective.LayerAddress;
import io.adversight.visualization.patch.PatchIndex;
import io.adversight.visualization.patch.PatchScan;
import io.adversight.visualization.patch.Patches;
import io.adversight.visualization.patch.TopActivation;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The patches of images that excite channels most. */
@Example("adversight patches build --model aviary --index my-patches aviary:0-9")
@Command(
    name = "patches",
    mixinStandardHelpOptions = true,
    description = "Finds and shows the image patches that activate channels most.",
    synopsisSubcommandLabel = "(build | show)",
    sortOptions = false)
final class PatchesCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine line(DataHome home) {
    CommandLine line = new CommandLine(new PatchesCommand());
    line.addSubcommand("build", new Build(home));
    line.addSubcommand("show", new Show(home));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a subcommand of patches: build or show");
  }

  /** Scans images. */
  @Example("adversight patches build --model aviary --index my-patches aviary:0-9")
  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description =
          "Scans images once, all layers in one pass, and stores the largest activations.",
      sortOptions = false)
  static final class Build implements Callable<Integer>, WritesFile {
    private static final int BATCHES_BETWEEN_WRITES = 8;

    private final DataHome home;
    @Mixin ModelOptions model = new ModelOptions();

    @Parameters(
        arity = "1..*",
        paramLabel = "IMAGE",
        description = {
          "images (PNG, JPEG, WebP, TIFF, BMP, GIF, .npy), folders of them, or images of a data"
              + " set,",
          "such as cifar10:0-99"
        })
    List<String> words = List.of();

    @Option(
        names = "--index",
        required = true,
        paramLabel = "FILE",
        description = "folder of the index; an unfinished index is resumed")
    Path index = Path.of("");

    @Option(
        names = "--layers",
        split = ",",
        paramLabel = "NAME[,NAME]",
        description = "layers that are scanned (default: all made of maps)")
    List<String> layers = List.of();

    @Option(names = "--best", paramLabel = "K", description = "kept per channel (default: 9)")
    int best = 9;

    @Option(names = "--batch", paramLabel = "N", description = "computed together (default: 16)")
    int batch = 16;

    @Spec CommandSpec spec = CommandSpec.create();

    Build(DataHome home) {
      this.home = home;
    }

    @Override
    public Path written() {
      return index;
    }

    @Override
    public Integer call() {
      ImageArguments images = new ImageArguments(home);
      List<String> files = images.list(words);
      GraphClassifier classifier = model.open(home);
      List<String> wanted = wanted(classifier);
      try (PatchScan scan =
              Files.exists(index)
                  ? PatchIndex.read(index).resume(classifier, wanted, best, files)
                  : new PatchScan(classifier, wanted, best);
          Cancelling cancelling = Cancelling.open();
          Console console = Console.open("images", files.size(), Console.isInteractive())) {
        scan(scan, images, classifier, files, cancelling.flag(), console.progress(0));
      }
      spec.commandLine()
          .getOut()
          .println("%s images, %s layers: %s".formatted(files.size(), wanted.size(), index));
      return 0;
    }

    private List<String> wanted(Classifier classifier) {
      return layers.isEmpty()
          ? classifier.layers().stream().filter(Layer::isSpatial).map(Layer::name).toList()
          : layers.stream().map(name -> classifier.layer(name).name()).toList();
    }

    private void scan(
        PatchScan scan,
        ImageArguments images,
        Classifier classifier,
        List<String> files,
        AtomicBoolean cancel,
        Progress progress) {
      for (int batches = 1; scan.done() < files.size(); batches++) {
        int from = scan.done();
        int to = Math.min(files.size(), from + batch);
        List<Raster> views = new ArrayList<>();
        for (String word : files.subList(from, to)) {
          views.add(ImageInputs.view(images.read(word), classifier.card()));
        }
        try (Scope scope = Scope.open()) {
          scan.add(Batches.of(views).to(classifier.device()));
        }
        progress.report(scan.done(), files.size(), "images");
        boolean stop = cancel.get();
        if (stop || batches % BATCHES_BETWEEN_WRITES == 0 || to == files.size()) {
          PatchIndex.write(scan, classifier, files, index);
        }
        if (stop) {
          throw new CancellationException("cancelled");
        }
      }
    }
  }

  /** Shows patches. */
  @Example({
    "adversight patches build --model aviary --index my-patches aviary:0-9",
    "adversight patches show --model aviary --index my-patches relu3:1"
  })
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the image patches with the largest activations of channels, each with its"
            + " projection",
        "by the deconvnet and by guided backpropagation below it."
      },
      sortOptions = false)
  static final class Show implements Callable<Integer> {
    private final DataHome home;
    @Mixin ModelOptions model = new ModelOptions();

    @Parameters(
        arity = "1..*",
        paramLabel = "LAYER:CHANNEL",
        description = "channels, such as conv1:7")
    List<String> places = List.of();

    @Option(
        names = "--index",
        required = true,
        paramLabel = "FILE",
        description = "made by: adversight patches build")
    Path index = Path.of("");

    @Option(names = "--best", paramLabel = "K", description = "patches shown (default: 9)")
    int best = 9;

    @Option(names = "--side", paramLabel = "PIXELS", description = "of a patch (default: 96)")
    int side = 96;

    @Option(
        names = "--out",
        paramLabel = "FOLDER",
        defaultValue = FreshFolder.DEFAULT,
        converter = FreshFolder.class,
        description = "for the results (default: ${DEFAULT-VALUE})")
    Path out = Path.of("");

    @Spec CommandSpec spec = CommandSpec.create();

    Show(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      PatchIndex stored = PatchIndex.read(index);
      GraphClassifier classifier = model.open(home);
      stored.requireModel(classifier);
      List<LayerAddress> read =
          places.stream().map(text -> LayerAddress.of(text, classifier, 1, 1)).toList();
      List<List<TopActivation>> found =
          read.stream().map(place -> stored.top(place, best)).toList();
      ImageOutputFolder folder = new ImageOutputFolder(out);
      List<String> dead = new ArrayList<>();
      try (Cancelling cancelling = Cancelling.open();
          Console console = Console.open("channels", read.size(), Console.isInteractive())) {
        for (int i = 0; i < read.size(); i++) {
          if (cancelling.flag().get()) {
            throw new CancellationException("cancelled");
          }
          if (PatchIndex.isDead(found.get(i))) {
            dead.add(places.get(i));
          } else {
            show(places.get(i), read.get(i), found.get(i), stored, classifier, folder);
          }
          console.stepTo(i + 1, read.size());
        }
      }
      PrintWriter printer = spec.commandLine().getOut();
      dead.forEach(
          place ->
              printer.println(
                  "%s is dead: not above 0 in any of %s images".formatted(place, stored.done())));
      ReportLine.print(
          printer,
          folder.finish(
              Map.of(
                  "model",
                  classifier.card().nameInResults(),
                  "index",
                  index.toString(),
                  "dead",
                  dead),
              Provenance.of(classifier, CommandWords.of(spec))));
      return 0;
    }

    private void show(
        String text,
        LayerAddress place,
        List<TopActivation> found,
        PatchIndex stored,
        GraphClassifier classifier,
        ImageOutputFolder folder) {
      ImageArguments words = new ImageArguments(home);
      List<String> images = found.stream().map(at -> stored.images().get(at.image())).toList();
      List<Raster> views =
          images.stream()
              .map(word -> ImageInputs.view(words.read(word), classifier.card()))
              .toList();
      folder.sheet(
          FileNames.of(text),
          "Patches that excite " + text + " most",
          Patches.of(classifier, place, found, views, side).sheet(),
          Map.of(
              "channel", text,
              "rows", List.of("patches", "deconvnet", "guided backpropagation"),
              "places", found,
              "images", images));
    }
  }
}
