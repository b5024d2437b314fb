package io.adversight.cli;

import io.adversight.describe.Check;
import io.adversight.home.DataHome;
import io.adversight.tensor.Engine;
import io.adversight.training.Curve;
import io.adversight.training.Recipe;
import io.adversight.training.Train;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a network from a recipe. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a network by a recipe: a name of those that come with the program, or a JSON file.",
      "A training that was stopped goes on when it is started again with the same folder."
    },
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private final DataHome home;

  @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "none lists the recipes")
  String recipe = "";

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "for network, card, curve and checkpoint (default: training-out/RECIPE)")
  @Nullable Path out;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "for computing; one repeats exactly (default: all)")
  int threads;

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
    Recipe wanted = recipe.endsWith(".json") ? Recipe.read(Path.of(recipe)) : Recipe.named(recipe);
    Path folder = out == null ? Path.of("training-out", wanted.name()) : out;
    Train.Result result;
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open(wanted.name(), -1, Console.isInteractive())) {
      result =
          Train.run(
              wanted,
              home,
              folder,
              (done, total, what) -> {
                if (cancelling.flag().get()) {
                  throw new CancellationException("cancelled");
                }
                console.stepTo(done, total);
              });
    }
    printer.printf(
        Locale.ROOT, "%-6s %-8s %8s %10s %10s%n", "epoch", "phase", "loss", "train", "test");
    for (Curve.Point point : result.curve().points()) {
      printer.printf(
          Locale.ROOT,
          "%-6d %-8s %8.4f %10.4f %10.4f%n",
          point.epoch(),
          point.phase(),
          point.loss(),
          point.trainAccuracy(),
          point.testAccuracy());
    }
    result
        .card()
        .measured()
        .forEach((what, share) -> printer.printf(Locale.ROOT, "%s: %.4f%n", what, share));
    printer.println("network: " + result.file());
    return 0;
  }
}
