package io.adversight.cli;

import io.adversight.defense.DefenseChain;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.LabelSet;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.Preprocessing;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network, and how it is computed. */
final class ModelOptions {
  private static final Pattern GRID = Pattern.compile("(\\d{1,4})x(\\d{1,4})");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME|FILE.onnx",
      description = "a known model (see: adversight models list) or an ONNX file")
  String model = "";

  @Mixin DescriptionOptions description = new DescriptionOptions();

  @Option(
      names = "--input",
      paramLabel = "PIXELS",
      description =
          "side of the images that the network is given (default: the network's own);"
              + " networks with global pooling take other sizes than their own")
  @Nullable Integer side;

  @Option(
      names = "--label-set",
      split = ",",
      paramLabel = "LABEL",
      description =
          "for a network of independent labels (multi-label): those that are decided on, one label"
              + " (on or off) or several (each subset is a class); all: every label")
  List<String> labelSet = List.of();

  @Option(
      names = "--grid",
      paramLabel = "ROWSxCOLUMNS",
      description =
          "for a network of tokens: the grid on which the last of them lie (default: found in the"
              + " network)")
  @Nullable String grid;

  @Option(names = "--device", paramLabel = "cpu|cuda", description = "where to compute")
  String device = "cpu";

  @Option(names = "--threads", paramLabel = "N", description = "threads of one operation")
  @Nullable Integer threads;

  @Mixin EngineOption engine = new EngineOption();
  @Mixin DefenseOptions defense = new DefenseOptions();

  /** Opens the network, fetching it first if need be, behind the defence that was asked for. */
  GraphClassifier open(DataHome home) {
    return open(home, model);
  }

  /**
   * Opens all networks that the option names, parted by commas, each behind the defence that was
   * asked for.
   *
   * @throws IllegalArgumentException if one is named twice
   */
  List<GraphClassifier> openAll(DataHome home) {
    List<String> names = Arrays.stream(model.split(",", -1)).map(String::strip).toList();
    if (names.contains("") || names.stream().distinct().count() < names.size()) {
      throw new InputException(
          "--model takes networks parted by commas, each once, but got \"%s\"".formatted(model));
    }
    return names.stream().map(name -> open(home, name)).toList();
  }

  /** Opens a network of a name behind the defence that was asked for. */
  GraphClassifier open(DataHome home, String name) {
    Optional<DefenseChain> chain = defense.chain();
    useThreads();
    ModelFile file = file(home, name);
    Device where = Device.parse(device);
    GraphClassifier network =
        labelSet.isEmpty()
            ? ModelReader.open(file, where)
            : ModelReader.openAny(file, where).deciding(LabelSet.of(labelSet, file.labels()));
    return defense.before(noted(onGrid(network), name).on(engine.engine()), chain);
  }

  /** Opens a network of a name, as it is, where the others are computed. */
  GraphClassifier openOther(DataHome home, String name) {
    ModelFile file = Downloads.locate(new Models(home), name);
    return ModelReader.open(side == null ? file : file.withInput(side, side), Device.parse(device))
        .on(engine.engine());
  }

  /**
   * Opens a network whose weights or layers are looked at, not what it makes of images.
   *
   * @throws IllegalArgumentException if a defence was asked for
   */
  GraphClassifier openAlone(DataHome home) {
    defense.refuse("a defence changes images, not the network");
    useThreads();
    return noted(onGrid(ModelReader.openAny(file(home), Device.parse(device))), model)
        .on(engine.engine());
  }

  /** Opens a network with any kind of outputs, of which nothing but predictions is asked. */
  GraphClassifier openAny(DataHome home) {
    Optional<DefenseChain> chain = defense.chain();
    useThreads();
    return labelSet.isEmpty()
        ? defense.before(
            noted(ModelReader.openAny(file(home), Device.parse(device)), model).on(engine.engine()),
            chain)
        : open(home);
  }

  private GraphClassifier onGrid(GraphClassifier network) {
    if (grid == null) {
      return network;
    }
    Matcher sides = GRID.matcher(grid);
    if (!sides.matches()) {
      throw new InputException(
          "--grid must be rows and columns such as 14x14, but was \"%s\"".formatted(grid));
    }
    return network.withGrid(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
  }

  /** Says where batches save no time. */
  private static GraphClassifier noted(GraphClassifier classifier, String name) {
    if (classifier.graph().runsImageByImage()) {
      System.err.println( // the options know no command's writer
          "note: %s was exported for one image at a time: the images of a batch are computed one by one"
              .formatted(name));
    }
    return classifier;
  }

  private void useThreads() {
    if (threads != null) {
      Engine.setThreads(threads);
    }
  }

  /** The network's file with its card: the one it has, or one made of these options. */
  ModelFile file(DataHome home) {
    return file(home, model);
  }

  private ModelFile file(DataHome home, String name) {
    ModelFile own = ownFile(home, name);
    return side == null ? own : own.withInput(side, side);
  }

  private ModelFile ownFile(DataHome home, String name) {
    Models models = new Models(home);
    if (!Models.isPath(name)) {
      refuseDescription("a known model has its own preprocessing");
      return Downloads.locate(models, name);
    }
    Path path = Path.of(name);
    if (Files.exists(path) && !description.isGiven() && Models.cardBeside(path).isPresent()) {
      return Downloads.locate(models, name);
    }
    ModelCard card = description.cardFor(path, id(path));
    if (!description.saysPreprocessing()) {
      System.err.println("note: " + assumed(path, card)); // the options know no command's writer
    }
    return ModelFile.of(path, card).foundIn(home);
  }

  private static String assumed(Path path, ModelCard card) {
    Preprocessing input = card.preprocessing();
    boolean plain =
        input.mean().stream().allMatch(mean -> mean == 0)
            && input.std().stream().allMatch(std -> std == 1);
    return ("%s has no card: its input is taken as %s of %s x %s pixels in [0, %s]%s, its output as"
            + " %s; --channels, --range, --mean, --std and --output-kind say otherwise")
        .formatted(
            path.getFileName(),
            input.channels(),
            card.input().height(),
            card.input().width(),
            input.range() == 1 ? "1" : "255",
            plain ? "" : " with mean %s and std %s".formatted(input.mean(), input.std()),
            card.output().inWords(card.classes()));
  }

  private void refuseDescription(String why) {
    if (description.isGiven()) {
      throw new InputException(
          why
              + "; --mean, --std, --range, --channels, --layout, --size, --labels,"
              + " --output-kind, --output-name, --input-name and --input-value are for"
              + " files");
    }
  }

  /** A file's name as an id: lower-case words joined by hyphens. */
  static String id(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "model" : last.toString();
    String id =
        name.replaceAll("\\.onnx$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return id.isEmpty() ? "model" : id;
  }
}
