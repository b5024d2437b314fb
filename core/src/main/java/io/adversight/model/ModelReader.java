package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.ModelSignature;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.input.InputException;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.adversight.tensor.TensorException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes classifiers of ONNX files. */
public final class ModelReader {
  private ModelReader() {}

  /**
   * The classifier that a file and its card describe. A network of up to {@link LabelSet#MOST}
   * independent labels becomes one whose classes are the subsets of its labels.
   *
   * @throws ModelFormatException if the file is not a network that can be used, or does not fit its
   *     card
   */
  public static GraphClassifier open(ModelFile file, Device device) {
    ModelCard card = file.card();
    if (!card.output().isMultiLabel()) {
      return openAny(file, device);
    }
    if (card.classes() > LabelSet.MOST) {
      card.ensureExclusive();
    }
    return openAny(file, device).deciding(LabelSet.of(List.of("all"), file.labels()));
  }

  /**
   * The same for a network of any {@link OutputKind}: one of independent labels stays as it is, for
   * predictions of each label, or for a choice of {@linkplain GraphClassifier#deciding some}.
   *
   * @throws ModelFormatException if the file is not a network that can be used, or does not fit its
   *     card
   */
  public static GraphClassifier openAny(ModelFile file, Device device) {
    ModelCard card = file.card();
    Input input = card.input();
    Shape image =
        card.preprocessing().layout() == AxisOrder.NCHW
            ? Shape.of(1, input.channels(), input.height(), input.width())
            : Shape.of(1, input.height(), input.width(), input.channels());
    ImportOptions options = card.in().file().in(new ImportOptions().image(image));
    ImportedModel model =
        file.network(card.outputName().isEmpty() ? options : options.output(card.outputName()));
    OutputDetection.ensureOne(file.toString(), model.outputs(), card.outputName());
    OutputDetection.ensureAgreement(
        file.toString(),
        model.graph(),
        card.output(),
        outputs(file.toString(), model.graph(), image));
    GraphClassifier network = fitting(file.toString(), card, file.labels(), model, device);
    return file.home().map(network::foundIn).orElse(network);
  }

  private static GraphClassifier fitting(
      String name, ModelCard card, Labels labels, ImportedModel model, Device device) {
    try {
      String prototypes = model.metadata().getOrDefault(Prototypes.KEY, "[]");
      return new GraphClassifier(
              card, labels, model.graph(), Prototypes.parse(prototypes, name), device)
          .on(EngineChoice.AUTO);
    } catch (IllegalArgumentException | TensorException e) {
      throw new ModelFormatException(name, "the network does not fit its card: " + e.getMessage());
    }
  }

  /**
   * What is said of a file that has no card. Absent parts are read off the network, or stand for
   * pixels in [0, 1] as they are.
   *
   * @param input which input of the file takes the images
   * @param channels the order of the channels
   * @param range what a white pixel is before mean and std; found in the network if empty: 255
   *     where it takes whole numbers, or divides by 255 itself
   * @param mean one per channel, or one for all
   * @param std one per channel, or one for all
   * @param layout of the network's input
   * @param side height and width of the network's input
   * @param output what the outputs are
   * @param outputName which output of the file gives the classes
   */
  public record Given(
      FileInput input,
      Optional<ChannelOrder> channels,
      Optional<Double> range,
      List<Double> mean,
      List<Double> std,
      Optional<AxisOrder> layout,
      Optional<Integer> side,
      Optional<OutputKind> output,
      Optional<String> outputName) {}

  /**
   * A card for a file that has none; what is not given is taken from the configuration of Hugging
   * Face beside it, or found in the network.
   *
   * @throws ModelFormatException if the file is not a network of one image
   */
  public static ModelCard describe(Path file, String id, Given given, LabelSource labels) {
    Optional<HuggingFaceConfig> config = HuggingFaceConfig.beside(file);
    ModelCard card =
        described(file, id, config.map(each -> each.completing(given)).orElse(given), labels);
    if (config.isEmpty()) {
      return card;
    }
    ModelCard named = card.withLabels(named(card.labels(), config.get().labels(), card.classes()));
    return given.side().isPresent() ? named : named.withResize(config.get().resize());
  }

  private static ModelCard described(Path file, String id, Given given, LabelSource labels) {
    ImportOptions known = given.input().in(new ImportOptions());
    ImportOptions options = given.outputName().map(known::output).orElse(known);
    ModelSignature signature = OnnxImporter.signature(file, options);
    OutputDetection.ensureOne(file.toString(), signature.outputs(), given.outputName().orElse(""));
    List<Long> shape = signature.inputShape();
    requireImages(shape, file.toString());
    AxisOrder layout = given.layout().orElse(layout(shape));
    OpenInput open = OpenInput.of(shape, layout, given.channels(), given.side());
    OpenInput.Fitting fitting = open.read(file, options);
    ImportedModel model = fitting.model();
    Input input = fitting.input();
    Shape image = open.shape(input);
    ChannelOrder order =
        given.channels().orElse(input.channels() == 1 ? ChannelOrder.GRAY : ChannelOrder.RGB);
    Graph graph = model.graph();
    double range = given.range().orElseGet(() -> InputDetection.range(model, isPlain(given)));
    Preprocessing preprocessing =
        new Preprocessing(order, range, given.mean(), given.std(), layout);
    int outputs = outputs(file.toString(), graph, image);
    OutputDetection.Found output =
        given
            .output()
            .map(kind -> new OutputDetection.Found(outputs == 1 ? kind.ofOne() : kind, ""))
            .orElseGet(
                () ->
                    OutputDetection.kind(
                        file.toString(), graph, OutputDetection.rows(graph, image, preprocessing)));
    OutputDetection.ensureAgreement(file.toString(), graph, output.kind(), outputs);
    int classes = output.kind().isBinary() ? 2 : outputs;
    Path name = file.getFileName();
    return ModelCard.of(
            id,
            name == null ? file.toString() : name.toString(),
            input,
            preprocessing,
            input.height() == input.width() && input.height() >= 64
                ? InputResize.shortSideThenCentreCrop(Math.round(input.height() * 256f / 224f))
                : InputResize.stretch(),
            output.kind(),
            classes,
            named(output.kind().isBinary() ? both(labels) : labels, signature.labels(), classes))
        .withFileInput(given.input())
        .withOutputName(given.outputName().orElse(""))
        .withNote(output.why().isEmpty() ? "" : "the network " + output.why());
  }

  private static AxisOrder layout(List<Long> shape) {
    boolean first = isChannels(shape.get(1)) || (shape.get(1) < 0 && !isChannels(shape.get(3)));
    boolean openLast = shape.get(3) < 0 && shape.get(2) > 0;
    return !first && (isChannels(shape.get(3)) || openLast) ? AxisOrder.NHWC : AxisOrder.NCHW;
  }

  /**
   * A network as its file declares it, of which nothing was computed.
   *
   * @param input the images that it takes
   * @param layout of its input
   */
  public record Declared(ImportedModel model, Input input, AxisOrder layout) {}

  /**
   * Reads a network of which nothing but the file is known. Where the file leaves channels or size
   * open, the first usual ones that fit its weights are taken.
   *
   * @param side height and width of the images, where they are known
   * @throws ModelFormatException if the file is not a network of one image
   */
  public static Declared declared(Path file, Optional<Integer> side) {
    ImportOptions options = new ImportOptions();
    List<Long> shape = OnnxImporter.signature(file, options).inputShape();
    requireImages(shape, file.toString());
    AxisOrder layout = layout(shape);
    OpenInput.Fitting fitting =
        OpenInput.of(shape, layout, Optional.empty(), side).read(file, options);
    return new Declared(fitting.model(), fitting.input(), layout);
  }

  /** The names that the file brings along where none were given. */
  private static LabelSource named(LabelSource labels, List<String> found, int classes) {
    return labels instanceof LabelSource.Numbers && found.size() == classes
        ? new LabelSource.Inline(found)
        : labels;
  }

  /**
   * Refuses a network whose input is no image of one or three channels.
   *
   * @param shape that a file declares for its input
   * @param name what messages call the file
   * @throws ModelFormatException naming the input's shape
   */
  public static void requireImages(List<Long> shape, String name) {
    if (shape.size() != 4) {
      throw new ModelFormatException(
          name,
          "the input must be an image with four dimensions, but has the shape %s; export the network with images (N, C, H, W) as its input"
              .formatted(shape));
    }
    if (shape.stream().anyMatch(size -> size > Input.LONGEST_SIDE)) {
      throw new ModelFormatException(
          name,
          "the input has the shape %s, but the sides of images are at most %s"
              .formatted(shape, Input.LONGEST_SIDE));
    }
    long channels = shape.get(layout(shape) == AxisOrder.NCHW ? 1 : 3);
    if (channels >= 0 && !isChannels(channels)) {
      throw new ModelFormatException(
          name,
          "the input has the shape %s: neither its second nor its last size is 1 (grey) or 3 (colour) channels, so it takes no images"
              .formatted(shape));
    }
  }

  private static boolean isPlain(Given given) {
    return given.mean().stream().allMatch(mean -> mean == 0)
        && given.std().stream().allMatch(std -> std == 1);
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  /** The names of two classes, where only that of the second was given. */
  private static LabelSource both(LabelSource labels) {
    return labels instanceof LabelSource.Inline one && one.names().size() == 1
        ? new LabelSource.Inline(List.of("not " + one.names().get(0), one.names().get(0)))
        : labels;
  }

  /** How many numbers a network gives for one image. */
  private static int outputs(String file, Graph graph, Shape image) {
    try {
      return OutputShape.outputs(graph, image);
    } catch (InputException e) {
      throw new ModelFormatException(file, e.getMessage() + "; choose another with --output-name");
    } catch (IllegalArgumentException | TensorException e) {
      throw new ModelFormatException(
          file,
          "the network does not take images of shape %s: %s".formatted(image, e.getMessage()));
    }
  }
}
