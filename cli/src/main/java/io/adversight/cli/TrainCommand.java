package io.adversight.cli;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.file.FolderLock;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.tensor.Engine;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import io.adversight.training.TrainingCurve;
import io.adversight.training.loss.AdversarialObjective;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a network from a recipe. */
@Example({
  "adversight data aviary --count 48 --out my-birds",
  "adversight train aviary --data my-birds/images --keep-epochs --out my-training"
})
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a network by a recipe: a name of those that come with the program, or a JSON file.",
      "An interrupted training resumes when it is started again with the same folder.",
      "Without a terminal, each epoch is a line on standard error instead of a progress bar."
    },
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final String HEADING =
      String.format(
          Locale.ROOT, "%-6s %-8s %8s %10s %10s", "epoch", "phase", "loss", "train", "test");

  private final DataHome home;

  @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "none lists the recipes")
  String recipe = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "for network, card, curve and checkpoint (default: training-out/RECIPE)")
  @Nullable Path out;

  @Option(
      names = "--data",
      paramLabel = "SET|FOLDER",
      description = {
        "other images than the recipe's: a data set with a part to train on (aviary, cifar10,",
        "mnist) or some images of that part (mnist:0-29999), or a folder of a folder per class,",
        "of which every third image is for testing"
      })
  String images = "";

  @Option(
      names = "--adversarial",
      paramLabel = "OBJECTIVE",
      description = {
        "train on attacked images: ${COMPLETION-CANDIDATES}; the network is called",
        "RECIPE-robust"
      })
  @Nullable AdversarialObjective adversarial;

  @Option(
      names = "--norm",
      paramLabel = "LINF|L2|L1",
      description = "norm of the perturbation with --adversarial (default: LINF)")
  @Nullable Norm norm;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "its largest norm, pixels in [0, 1] (default: 8/255 in LINF, 0.5 in L2)")
  @Nullable String epsilon;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "gradient steps of the attack (default: 7 for pgd, 10 for trades and mart)")
  @Nullable Integer steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "for computing; one repeats exactly (default: all)")
  int threads;

  @Option(
      names = "--keep-epochs",
      description = {
        "also keep the network before training and after every epoch, in FOLDER/epochs",
        "(see: adversight training-history)"
      })
  boolean keepEpochs;

  @Spec CommandSpec spec = CommandSpec.create();

  TrainCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    PrintWriter printer = spec.commandLine().getOut();
    if (recipe.isEmpty()) {
      Recipe.names().forEach(printer::println);
      return 0;
    }
    Check.atLeast(0, threads, "threads");
    if (threads > 0) {
      Engine.setThreads(threads);
    }
    Recipe known = recipe.endsWith(".json") ? Recipe.read(Path.of(recipe)) : Recipe.named(recipe);
    Recipe wanted = attacked(images.isEmpty() ? known : known.on(images));
    Path folder = out == null ? Path.of("training-out", wanted.name()) : out;
    boolean interactive = Console.isInteractive();
    PrintWriter errors = spec.commandLine().getErr();
    Train.Result result;
    try (FolderLock lock = out == null ? FolderLock.on(folder) : null;
        Cancelling cancelling = Cancelling.open();
        Console console = Console.open(wanted.name(), -1, interactive)) {
      result =
          Train.run(
              wanted,
              home,
              folder,
              keepEpochs ? Train.Keep.EVERY_EPOCH : Train.Keep.LAST,
              Train.ATTACKED,
              (done, total, what) -> {
                if (cancelling.flag().get()) {
                  throw new CancellationException("cancelled");
                }
                console.stepTo(done, total);
              },
              point -> {
                if (!interactive) {
                  errors.println(line(point));
                  errors.flush();
                }
              });
    }
    printer.println(HEADING);
    result.curve().points().forEach(point -> printer.println(line(point)));
    result
        .card()
        .measured()
        .forEach((what, share) -> printer.printf(Locale.ROOT, "%s: %.4f%n", what, share));
    printer.println("network: " + result.file());
    return 0;
  }

  private Recipe attacked(Recipe clean) {
    if (adversarial == null) {
      if (norm != null || epsilon != null || steps != null) {
        throw new InputException(
            "--norm, --epsilon and --steps go with --adversarial, such as pgd");
      }
      return clean;
    }
    Norm measured = norm == null ? Norm.LINF : norm;
    double size = Epsilon.usual(measured, 1);
    if (epsilon != null) {
      List<Double> sizes = BallOptions.parse(epsilon, measured);
      if (sizes.size() != 1) {
        throw new InputException(
            "--epsilon takes one value here, but got %s".formatted(sizes.size()));
      }
      size = sizes.get(0);
    }
    OptionalInt count = steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
    return clean.adversarial(adversarial, measured, size, count);
  }

  private static String line(TrainingCurve.Point point) {
    return String.format(
        Locale.ROOT,
        "%-6d %-8s %8.4f %10.4f %10.4f",
        point.epoch(),
        point.phase(),
        point.loss(),
        point.trainAccuracy(),
        point.testAccuracy());
  }
}
