package io.adversight.cli;

import io.adversight.home.DataHome;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code adversight}. */
@Example("adversight demo")
@Command(
    name = "adversight",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Adversarial examples and explanations of image classifiers.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HelpOnCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:an error inside the program",
      "2:wrong input",
      "3:a file could not be fetched",
      "4:done, but some images of a folder could not be read",
      "130:cancelled"
    },
    footer = {
      "",
      "Demonstration:  adversight demo",
      "Help on one command:  adversight help attack",
      "ADVERSIGHT_HOME holds models and data sets (default ~/.adversight);",
      "ADVERSIGHT_MIRROR names local folders looked into before the network."
    })
public final class Main implements Runnable {
  @Spec CommandSpec spec;

  private Main(CommandSpec placeholder) {
    this.spec = placeholder;
  }

  /** Runs the program and leaves with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(System.getenv(), out, err, args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Runs the program and returns its exit code. */
  public static int run(
      Map<String, String> environment, PrintWriter rawOut, PrintWriter rawErr, String... args) {
    PrintWriter out = new PrintWriter(new PlainWriter(rawOut), true);
    PrintWriter err = new PrintWriter(new PlainWriter(rawErr), true);
    try {
      return line(environment, out, err, args).setOut(out).setErr(err).execute(args);
    } catch (RuntimeException e) {
      return Errors.report(e, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** All commands; {@code args} decide which parameters of algorithms are options. */
  static CommandLine line(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    Console.quietLibraries();
    DataHome home = DataHome.of(environment);
    CommandLine line = new CommandLine(new Main(CommandSpec.create()));
    line.addSubcommand("predict", new PredictCommand(home));
    line.addSubcommand("attack", AlgorithmOptions.addTo(new AttackCommand(home), args));
    line.addSubcommand("explain", AlgorithmOptions.addTo(new ExplainCommand(home), args));
    line.addSubcommand("transfer", AlgorithmOptions.addTo(new TransferCommand(home), args));
    line.addSubcommand("robustness", AlgorithmOptions.addTo(new RobustnessCommand(home), args));
    line.addSubcommand("sweep", AlgorithmOptions.addTo(new SweepCommand(home), args));
    line.addSubcommand("universal", UniversalCommand.line(home, args));
    line.addSubcommand("compare", AlgorithmOptions.addTo(new CompareCommand(home), args));
    line.addSubcommand("faithfulness", AlgorithmOptions.addTo(new FaithfulnessCommand(home), args));
    line.addSubcommand("sanity", AlgorithmOptions.addTo(new SanityCommand(home), args));
    line.addSubcommand(
        "explanation-attack", AlgorithmOptions.addTo(new ExplanationAttackCommand(home), args));
    line.addSubcommand("detect", DetectCommand.line(home, args));
    line.addSubcommand("corruptions", AlgorithmOptions.addTo(new CorruptionsCommand(home), args));
    line.addSubcommand(
        "fooling-images", AlgorithmOptions.addTo(new FoolingImagesCommand(home), args));
    line.addSubcommand("transition", new TransitionCommand(home));
    line.addSubcommand("bounds", AlgorithmOptions.addTo(new BoundsCommand(home), args));
    line.addSubcommand("smoothing", new SmoothingCommand(home));
    line.addSubcommand("visualize", AlgorithmOptions.addTo(new VisualizeCommand(home), args));
    line.addSubcommand("dream", new DreamCommand(home));
    line.addSubcommand("invert", AlgorithmOptions.addTo(new InvertCommand(home), args));
    line.addSubcommand("caricature", AlgorithmOptions.addTo(new CaricatureCommand(home), args));
    line.addSubcommand("patches", PatchesCommand.line(home));
    line.addSubcommand("weights", new WeightsCommand(home));
    line.addSubcommand("activations", new ActivationsCommand(home));
    line.addSubcommand(
        "channel-shift", AlgorithmOptions.addTo(new ChannelShiftCommand(home), args));
    line.addSubcommand(
        "class-visualization", AlgorithmOptions.addTo(new ClassVisualizationCommand(home), args));
    line.addSubcommand(
        "training-history", AlgorithmOptions.addTo(new TrainingHistoryCommand(home), args));
    line.addSubcommand("neuron-projection", new NeuronProjectionCommand(home));
    line.addSubcommand(
        "gallery",
        // What these commands print are places of folders that are gone when all is made.
        new GalleryCommand(
            words ->
                run(
                    environment,
                    new PrintWriter(Writer.nullWriter()),
                    err,
                    words.toArray(String[]::new))));
    line.addSubcommand("reproduce", new ReproduceCommand(home));
    line.addSubcommand("demo", new DemoCommand(home));
    line.addSubcommand("lab", new LabCommand(home));
    line.addSubcommand("models", ModelsCommand.line(home));
    line.addSubcommand("data", new DataCommand(home));
    line.addSubcommand("prototypes", new PrototypesCommand(home));
    line.addSubcommand("train", new TrainCommand(home));
    line.addSubcommand("train-decoder", new TrainDecoderCommand(home));
    line.addSubcommand("layers", new LayersCommand(home));
    line.addSubcommand("catalog", new CatalogCommand());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> Errors.report(exception, command.getErr()));
    line.setParameterExceptionHandler(Errors::usage);
    line.setExecutionStrategy(new LockedExecution());
    HelpPages.arrange(line);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF)); // no escapes: PlainWriter
    line.setUsageHelpWidth(96);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; try: adversight demo, or adversight --help");
  }
}
