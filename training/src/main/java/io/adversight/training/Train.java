package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.data.DataSets;
import io.adversight.data.Labels;
import io.adversight.graph.OnnxWriter;
import io.adversight.home.DataHome;
import io.adversight.model.LabelSource;
import io.adversight.model.ModelCard;
import io.adversight.model.OutputKind;
import io.adversight.model.Resize;
import io.adversight.run.Progress;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    DataSet train = DataSets.find(recipe.dataSet() + "-train", home);
    DataSet test = DataSets.find(recipe.dataSet(), home);
    return run(recipe, train, test, out, Device.CPU, progress);
  }

  /** Trains on the given data. */
  public static Result run(
      Recipe recipe, DataSet train, DataSet test, Path out, Device device, Progress progress) {
    String file = recipe.name() + ".onnx";
    ModelCard card =
        ModelCard.of(
            recipe.name(),
            file,
            Batch.size(train),
            recipe.preprocessing(),
            Resize.stretch(),
            OutputKind.LOGITS,
            train.classNames().size(),
            labels(train));
    OutputFolder folder = new OutputFolder(out);
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + out, e);
    }
    Labels labels = card.labels().load(out, card.classes());
    Training training = new Training(recipe, train, test, card, labels, out, device);
    training.run(out, progress);
    Curve curve = training.curve();
    var input = card.input();
    Shape picture = Shape.of(1, input.channels(), input.height(), input.width());
    byte[] bytes = OnnxWriter.write(training.graph(), picture);
    folder.write(file, bytes);
    double accuracy = curve.points().get(curve.points().size() - 1).testAccuracy();
    ModelCard finished =
        new ModelCard(
            recipe.name(),
            recipe.title(),
            file,
            sha256(bytes),
            bytes.length,
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
    folder.write(recipe.name() + ".card.json", finished.toJson() + "\n");
    return new Result(finished, out.resolve(file), curve);
  }

  private static LabelSource labels(DataSet set) {
    return Labels.builtIn().stream()
        .filter(name -> Labels.named(name).names().equals(set.classNames()))
        .findFirst()
        .<LabelSource>map(LabelSource.BuiltIn::new)
        .orElseGet(() -> new LabelSource.Inline(set.classNames()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
