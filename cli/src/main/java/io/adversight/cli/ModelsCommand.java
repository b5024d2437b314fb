package io.adversight.cli;

import io.adversight.data.ImageFolder;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.KnownModel;
import io.adversight.model.ModelCard;
import io.adversight.model.ModelFile;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.study.image.Preflight;
import io.adversight.tensor.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, fetches, adds and removes networks. */
@Example("adversight models list")
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, fetches, adds and removes networks.")
final class ModelsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private ModelsCommand() {}

  static CommandLine line(DataHome home) {
    return new CommandLine(new ModelsCommand())
        .addSubcommand("list", new ListThem(home))
        .addSubcommand("show", new Show(home))
        .addSubcommand("pull", new Pull(home))
        .addSubcommand("measure", new MeasureCommand(home))
        .addSubcommand("add", new Add(home))
        .addSubcommand("remove", new Remove(home));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a subcommand of models: list, show, pull, measure, add or remove");
  }

  @Example("adversight models list")
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the known networks and where they are.")
  private static final class ListThem implements Callable<Integer> {
    private final DataHome home;
    @Spec CommandSpec spec = CommandSpec.create();

    ListThem(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      Models models = new Models(home);
      for (KnownModel model : models.list()) {
        out.println(
            String.format(
                Locale.ROOT,
                "%-26s %-9s %7.1f MB  %4d classes  %s",
                model.id(),
                model.state().name().toLowerCase(Locale.ROOT),
                model.card().bytes() / 1e6,
                model.card().classes(),
                model.card().title()));
      }
      models.problems().forEach(spec.commandLine().getErr()::println);
      return 0;
    }
  }

  @Example("adversight models show aviary")
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the card of a network.")
  private static final class Show implements Callable<Integer> {
    private final DataHome home;

    private static final int MANY_LABELS = 20;
    private static final int FIRST_LABELS = 5;

    @Parameters(paramLabel = "NAME", description = "a known network")
    String name = "";

    @Option(
        names = "--all-labels",
        description = "print all labels (default: the first 5, where there are more than 20)")
    boolean allLabels;

    @Spec CommandSpec spec = CommandSpec.create();

    Show(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      Models models = new Models(home);
      ModelCard card = models.find(name).card();
      String text = allLabels ? card.toJson() : card.toJson(Show::shortened);
      spec.commandLine().getOut().println(text);
      Downloads.warn(models);
      return 0;
    }

    /** The first of many labels, and a line that says how to see the others. */
    private static List<String> shortened(List<String> labels) {
      if (labels.size() <= MANY_LABELS) {
        return labels;
      }
      List<String> shown = new ArrayList<>(labels.subList(0, FIRST_LABELS));
      shown.add("... and %s more (--all-labels)".formatted(labels.size() - FIRST_LABELS));
      return shown;
    }
  }

  @Example(value = "adversight models pull mobilenet-v2", needs = "a download of 14 MB")
  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = "Fetches a network into the data home and checks it.")
  private static final class Pull implements Callable<Integer> {
    private final DataHome home;

    @Parameters(paramLabel = "NAME", description = "a known network")
    String name = "";

    @Spec CommandSpec spec = CommandSpec.create();

    Pull(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      ModelFile file = Downloads.locate(new Models(home), name);
      ModelReader.open(file, Device.CPU);
      spec.commandLine().getOut().println(name + " is available: " + file);
      return 0;
    }
  }

  @Example({
    "adversight data aviary --count 48 --out my-birds",
    "adversight train aviary --data my-birds/images --keep-epochs --out my-training",
    "adversight models add my-training/aviary.onnx --name my-aviary"
  })
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Copies your own ONNX network into the data home, with its preprocessing.",
        "A card beside the file (NAME.card.json, as train writes it) is taken along, unless options"
            + " describe the network."
      })
  private static final class Add implements Callable<Integer> {
    private final DataHome home;

    @Parameters(paramLabel = "FILE.onnx", description = "the network")
    String file = "";

    @Option(names = "--name", paramLabel = "NAME", description = "its name (default: the file's)")
    @Nullable String name;

    @Option(
        names = "--check",
        paramLabel = "FOLDER",
        description =
            "labelled images (a folder per class): reports the accuracy and says when"
                + " the preprocessing looks wrong")
    @Nullable Path check;

    @Option(
        names = "--force",
        description = "add the network although its preprocessing looks wrong")
    boolean force;

    @Mixin DescriptionOptions description = new DescriptionOptions();
    @Spec CommandSpec spec = CommandSpec.create();

    Add(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      Path path = Path.of(file);
      Optional<ModelCard> beside =
          description.isGiven() ? Optional.empty() : Models.cardBeside(path);
      ModelCard card =
          beside
              .map(found -> name == null ? found : found.withName(name))
              .orElseGet(
                  () -> description.cardFor(path, name == null ? ModelOptions.id(path) : name));
      ModelFile checked = ModelFile.of(path, card);
      PrintWriter out = spec.commandLine().getOut();
      if (check == null) {
        ModelReader.openAny(checked, Device.CPU);
      } else {
        GraphClassifier classifier = ModelReader.open(checked, Device.CPU);
        Preflight.Findings findings = Preflight.check(classifier, ImageFolder.read(check));
        findings.lines().forEach(out::println);
        if (findings.looksWrong() && !force) {
          throw new InputException(
              "%s was not added: its preprocessing looks wrong; give other options, or --force"
                  .formatted(card.name()));
        }
      }
      ModelFile added = new Models(home).add(path, card);
      out.println("%s was added: %s".formatted(card.name(), added));
      out.println(
          beside.isPresent()
              ? "the card beside it was taken along"
              : "its output is taken as %s%s; --output-kind says otherwise"
                  .formatted(
                      card.output().inWords(card.classes()),
                      card.note().isEmpty() ? "" : ", for " + card.note()));
      return 0;
    }
  }

  @Example({
    "adversight data aviary --count 48 --out my-birds",
    "adversight train aviary --data my-birds/images --keep-epochs --out my-training",
    "adversight models add my-training/aviary.onnx --name my-aviary",
    "adversight models remove my-aviary"
  })
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a network from the data home.")
  private static final class Remove implements Callable<Integer> {
    private final DataHome home;

    @Parameters(paramLabel = "NAME", description = "a network in the data home")
    String name = "";

    @Spec CommandSpec spec = CommandSpec.create();

    Remove(DataHome home) {
      this.home = home;
    }

    @Override
    public Integer call() {
      new Models(home).remove(name);
      spec.commandLine().getOut().println(name + " was removed");
      return 0;
    }
  }
}
