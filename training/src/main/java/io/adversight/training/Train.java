package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.Labels;
import io.adversight.graph.OnnxWriter;
import io.adversight.home.DataHome;
import io.adversight.home.Sha256;
import io.adversight.model.Input;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Resize;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Shape;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Makes a network from a recipe. */
public final class Train {
  private static final String LICENCE = "Apache-2.0";

  private Train() {}

  /**
   * What a training left behind.
   *
   * @param card of the network, with its measured accuracy
   * @param file the network
   * @param curve how it went
   */
  public record Result(ModelCard card, Path file, Curve curve) {}

  /**
   * Trains on the recipe's own data set, on the processor.
   *
   * @param out the folder of the network, its card, the curve and the checkpoints; a training that
   *     was stopped there goes on
   */
  public static Result run(Recipe recipe, DataHome home, Path out, Progress progress) {
    DataSet train = DataSets.find(recipe.dataSet() + "-train", home).inMemory();
    DataSet test = DataSets.find(recipe.dataSet(), home).inMemory();
    return run(recipe, train, test, out, Device.CPU, progress);
  }

  /** Trains on the given data. */
  public static Result run(
      Recipe recipe, DataSet train, DataSet test, Path out, Device device, Progress progress) {
    ModelCard card = card(recipe, train);
    OutputFolder folder = OutputFolder.open(out);
    Labels labels = card.labels().load(out, card.classes());
    Training training = new Training(recipe, train, test, card, labels, out, device);
    training.run(folder, progress);
    Input input = card.input();
    Shape picture = Shape.of(1, input.channels(), input.height(), input.width());
    byte[] network = OnnxWriter.write(training.graph(), picture);
    Path file = folder.write(card.file(), network);
    ModelCard measured = measured(card, recipe, network, training.curve());
    folder.write(recipe.name() + ".card.json", measured.toJson() + "\n");
    return new Result(measured, file, training.curve());
  }

  private static ModelCard card(Recipe recipe, DataSet train) {
    return ModelCard.of(
        recipe.name(),
        recipe.name() + ".onnx",
        Batch.size(train),
        recipe.preprocessing(),
        Resize.stretch(),
        OutputKind.LOGITS,
        train.classNames().size(),
        labels(train));
  }

  /** The card with all that is known after the training. */
  private static ModelCard measured(ModelCard card, Recipe recipe, byte[] network, Curve curve) {
    double accuracy = curve.points().get(curve.points().size() - 1).testAccuracy();
    return new ModelCard(
        card.name(),
        recipe.title(),
        card.file(),
        Sha256.of(network),
        network.length,
        card.input(),
        card.preprocessing(),
        card.resize(),
        card.output(),
        card.classes(),
        card.labels(),
        Map.of("%s test top-1".formatted(recipe.dataSet()), accuracy),
        "training/recipes/%s.json".formatted(recipe.name()),
        LICENCE,
        recipe.note(),
        "");
  }

  private static LabelSource labels(DataSet set) {
    return Labels.builtIn().stream()
        .filter(name -> Labels.named(name).names().equals(set.classNames()))
        .findFirst()
        .<LabelSource>map(LabelSource.BuiltIn::new)
        .orElseGet(() -> new LabelSource.Inline(set.classNames()));
  }

  /**
   * Trains from the command line.
   *
   * @param arguments a recipe's name or file, the output folder, and how many threads to use
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      System.err.println("usage: Train RECIPE OUT THREADS   (RECIPE is a name or a JSON file)");
      System.exit(2);
    }
    Engine.setThreads(Integer.parseInt(arguments[2]));
    Recipe recipe =
        arguments[0].endsWith(".json")
            ? Recipe.read(Path.of(arguments[0]))
            : Recipe.named(arguments[0]);
    Result result = run(recipe, DataHome.of(System.getenv()), Path.of(arguments[1]), Train::print);
    System.out.println(result.curve().toCsv());
    System.out.println(result.file() + " " + result.card().measured());
  }

  private static void print(long done, long total, String what) {
    if (done % 100 == 0 || done == total) {
      System.err.printf(Locale.ROOT, "%d of %d %s%n", done, total, what);
    }
  }
}
