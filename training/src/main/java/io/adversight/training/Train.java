package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.data.Split;
import io.adversight.evaluation.robustness.AccuracyUnderAttack;
import io.adversight.graph.Graph;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.home.ByteProgress;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.InputResize;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelDescription;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.NetworkView;
import io.adversight.model.OutputKind;
import io.adversight.model.Prototypes;
import io.adversight.model.WeightsFile;
import io.adversight.run.Progress;
import io.adversight.run.Run;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.Architecture;
import io.adversight.training.architecture.Backbone;
import io.adversight.training.data.Batch;
import io.adversight.training.data.TrainingData;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a network from a recipe. */
public final class Train {
  private static final String LICENCE = "Apache-2.0";

  /** A recipe trains on its own set alone. */
  private static final String NO_EXTRA_DATA = "none";

  /** On how many of the first test images a card's accuracy under attack is measured. */
  public static final int ATTACKED = 500;

  /** The folder of the networks that {@link Keep#EVERY_EPOCH} leaves, numbered by epochs done. */
  public static final String EPOCHS = "epochs";

  private Train() {}

  /** Which networks a training leaves. */
  public enum Keep {
    /** The finished one. */
    LAST,
    /** The one before training and that of every epoch as well. */
    EVERY_EPOCH
  }

  /**
   * What a training left behind.
   *
   * @param card of the network, with its measured accuracy
   * @param file the network
   * @param curve how it went
   */
  public record Result(ModelCard card, Path file, TrainingCurve curve) {}

  /**
   * Trains on the recipe's own data set, on the processor.
   *
   * @param out the folder of the network, its card, the curve and the checkpoints; a training that
   *     was stopped there goes on
   * @param keep which networks stay besides the last
   * @param attacked on how many of the first test images accuracy under attack is measured for the
   *     card, at most; 0 for none
   * @param epochs hears of every epoch that is done
   */
  public static Result run(
      Recipe recipe,
      DataHome home,
      Path out,
      Keep keep,
      int attacked,
      Progress progress,
      Consumer<TrainingCurve.Point> epochs) {
    Split data = TrainingData.of(recipe.dataSet(), home, recipe.seed());
    Architecture architecture = recipe.architecture().on(new Models(home));
    return run(recipe, architecture, data, out, keep, attacked, Device.CPU, progress, epochs);
  }

  /** Trains on the given data. */
  public static Result run(
      Recipe recipe, DataSet train, DataSet test, Path out, Device device, Progress progress) {
    return run(recipe, train, test, out, Keep.LAST, device, progress);
  }

  /** Trains on the given data. */
  static Result run(
      Recipe recipe,
      DataSet train,
      DataSet test,
      Path out,
      Keep keep,
      Device device,
      Progress progress) {
    Architecture architecture = recipe.architecture().on(new Models(new DataHome(out, List.of())));
    Split data = new Split(train, test);
    return run(recipe, architecture, data, out, keep, ATTACKED, device, progress, point -> {});
  }

  private static Result run(
      Recipe recipe,
      Architecture architecture,
      Split data,
      Path out,
      Keep keep,
      int attacked,
      Device device,
      Progress progress,
      Consumer<TrainingCurve.Point> epochs) {
    ModelCard card = card(recipe, architecture, data.first());
    if (architecture.outputs().size() > 1) {
      card = card.withOutputName(architecture.outputs().get(0));
    }
    TrainingFolder folder = TrainingFolder.open(out);
    Labels labels = card.labels().load(out, card.classes());
    DataSet train = seen(data.first(), architecture, card, labels);
    DataSet test = seen(data.second(), architecture, card, labels);
    Training training =
        new Training(
            recipe, architecture, train, test, card, labels, first(recipe, out), out, device);
    TrainingFolder times =
        keep == Keep.EVERY_EPOCH ? TrainingFolder.open(out.resolve(EPOCHS)) : folder;
    Runnable kept =
        keep == Keep.LAST
            ? () -> {}
            : () ->
                times.write(
                    String.format(
                        Locale.ROOT,
                        "%s-%03d.onnx",
                        recipe.name(),
                        training.curve().points().size()),
                    network(recipe, architecture, training));
    kept.run();
    training.run(
        folder,
        progress,
        point -> {
          kept.run();
          epochs.accept(point);
        });
    byte[] network = network(recipe, architecture, training);
    Path file = folder.write(card.file(), network);
    ModelCard whole = described(card, recipe, network, Map.of());
    GraphClassifier finished = ModelReader.open(ModelFile.of(file, whole), device);
    Map<String, Double> measured = measure(finished, test, attacked, recipe, progress);
    ModelCard known = described(card, recipe, network, measured);
    folder.write(recipe.name() + ".card.json", known.toJson() + "\n");
    return new Result(known, file, training.curve());
  }

  /** Images as they are, or as an imported network sees them. */
  private static DataSet seen(
      DataSet set, Architecture architecture, ModelCard card, Labels labels) {
    return architecture.backbone().isPresent() ? NetworkView.of(set, card, labels).inMemory() : set;
  }

  /** The weights that a recipe starts from: those of an embedded network, or none. */
  private static Map<String, Tensor> first(Recipe recipe, Path out) {
    if (recipe.startFrom().isEmpty()) {
      return Map.of();
    }
    Models embedded = new Models(new DataHome(out, List.of()));
    ModelFile file = embedded.locate(recipe.startFrom(), ByteProgress.NONE);
    ImportOptions unfolded = new ImportOptions().folding(false);
    return file.network(unfolded).graph().constants();
  }

  /** The finished network as a file. */
  private static byte[] network(Recipe recipe, Architecture architecture, Training training) {
    Graph graph = training.graph();
    Prototypes prototypes = training.prototypes();
    Shape image = Backbone.image(training.card());
    Map<String, String> said =
        prototypes.all().isEmpty() ? Map.of() : Map.of(Prototypes.KEY, prototypes.toJson());
    boolean half = recipe.weights() == Recipe.Precision.FLOAT16;
    return OnnxWriter.write(graph, image, architecture.outputs(), half, said);
  }

  /** What the card says of the written file. */
  private static Map<String, Double> measure(
      GraphClassifier finished, DataSet test, int attacked, Recipe recipe, Progress progress) {
    int count = Math.min(attacked, test.size());
    String dataSet = TrainingData.name(recipe.dataSet());
    Run run = Run.of(1).with(progress);
    return AccuracyUnderAttack.of(finished, test, count, recipe.seed(), run)
        .byName(dataSet.substring(dataSet.lastIndexOf('/') + 1));
  }

  private static ModelCard card(Recipe recipe, Architecture architecture, DataSet train) {
    Optional<ModelCard> imported = architecture.backbone().map(Backbone::card);
    imported
        .filter(card -> !card.preprocessing().equals(recipe.preprocessing()))
        .ifPresent(
            card -> {
              throw new InputException(
                  "preprocessing must be that of \"%s\", %s, but is %s"
                      .formatted(card.name(), card.preprocessing(), recipe.preprocessing()));
            });
    return ModelCard.of(
        recipe.name(),
        recipe.name() + ".onnx",
        imported.map(ModelCard::input).orElseGet(() -> Batch.size(train)),
        recipe.preprocessing(),
        imported.map(ModelCard::resize).orElse(InputResize.stretch()),
        OutputKind.LOGITS,
        train.classNames().size(),
        labels(train));
  }

  private static ModelCard described(
      ModelCard card, Recipe recipe, byte[] network, Map<String, Double> measured) {
    return new ModelCard(
        card.name(),
        new WeightsFile(card.file(), Sha256.of(network), network.length, ""),
        card.in(),
        card.out(),
        new ModelDescription(
            recipe.title(),
            measured,
            "training/recipes/%s.json".formatted(recipe.name()),
            LICENCE,
            recipe.note(),
            NO_EXTRA_DATA));
  }

  private static LabelSource labels(DataSet set) {
    return Labels.builtIn().stream()
        .filter(name -> Labels.named(name).names().equals(set.classNames()))
        .findFirst()
        .<LabelSource>map(LabelSource.BuiltIn::new)
        .orElseGet(() -> new LabelSource.Inline(set.classNames()));
  }
}
