package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.data.Split;
import io.adversight.describe.Check;
import io.adversight.file.AtomicFile;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.run.Run;
import io.adversight.training.DecoderTraining;
import io.adversight.training.data.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network that makes images again from what a layer says of them. */
@Example(
    "adversight train-decoder --model aviary --layer pool4 --images 48 --epochs 1 --out"
        + " my-decoder.onnx")
@Command(
    name = "train-decoder",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a decoder network that reconstructs images from the activations of a layer;",
      "then: adversight invert PHOTO --layer NAME --decoder FILE.onnx."
    },
    sortOptions = false)
final class TrainDecoderCommand implements Callable<Integer>, WritesFile {
  private final DataHome home;
  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "NAME",
      description = "a layer made of maps (see: adversight layers)")
  String layer = "";

  @Option(
      names = "--data-set",
      paramLabel = "NAME",
      description = "as recipes name it: ${DEFAULT-VALUE} by default")
  String dataSet = "aviary";

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "at most so many of its training images, spread evenly (default: all)")
  int images = Integer.MAX_VALUE;

  @Option(names = "--epochs", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  int epochs = new DecoderTraining().epochs();

  @Option(names = "--batch", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  int batch = new DecoderTraining().batch();

  @Option(names = "--rate", paramLabel = "R", description = "at first (default: ${DEFAULT-VALUE})")
  double rate = new DecoderTraining().rate();

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "channels behind the code (default: ${DEFAULT-VALUE})")
  int width = new DecoderTraining().width();

  @Option(names = "--seed", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  long seed;

  @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "the decoder")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  TrainDecoderCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Path written() {
    return out;
  }

  @Override
  public Integer call() throws IOException {
    Check.atLeast(1, images, "images");
    DecoderTraining training = new DecoderTraining(epochs, batch, rate, width, seed);
    GraphClassifier network = model.open(home);
    String place = network.layer(layer).name();
    Split data = TrainingData.parts(dataSet, home, seed);
    DecoderTraining.Result made;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("steps", -1, Console.isInteractive())) {
      Run run =
          Run.of(1)
              .with(cancelling.flag())
              .with((done, total, what) -> console.stepTo(done, total));
      made = training.train(network, place, some(data.first()), some(data.second()), run);
    }
    byte[] file =
        OnnxWriter.write(
            made.graph(),
            made.code(),
            List.of(),
            false,
            Map.of("layer", place, "network", network.card().name()));
    AtomicFile.writeDurably(out, file);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: squared error of a pixel %.5f on test images (the mean image: %.5f)%n",
            out,
            made.error(),
            made.meanError());
    return 0;
  }

  private DataSet some(DataSet set) {
    int count = Math.min(images, set.size());
    int[] kept =
        IntStream.range(0, count).map(i -> (int) ((long) i * set.size() / count)).toArray();
    return set.select(kept);
  }
}
