package io.adversight.cli;

import io.adversight.home.DataHome;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
      "5:done, but a network missed a --gate",
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

  /**
   * The program's command line: of all commands, or of the one that {@code args} begin with or ask
   * help on, as a start is to be quick. The arguments also decide which parameters of algorithms
   * are options.
   */
  static CommandLine line(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    Console.quietLibraries();
    CommandLine line = new CommandLine(new Main(CommandSpec.create()));
    Map<String, Supplier<Object>> commands = commands(environment, err, args);
    String word =
        args.length > 1 && args[0].equals("help") ? args[1] : args.length > 0 ? args[0] : "";
    Supplier<Object> named = commands.get(word);
    if (named == null) {
      commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    } else {
      line.addSubcommand(word, named.get());
    }
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

  private static Map<String, Supplier<Object>> commands(
      Map<String, String> environment, PrintWriter err, String... args) {
    DataHome home = DataHome.of(environment);
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("predict", () -> new PredictCommand(home));
    commands.put("attack", () -> AlgorithmOptions.addTo(new AttackCommand(home), args));
    commands.put("explain", () -> AlgorithmOptions.addTo(new ExplainCommand(home), args));
    commands.put("transfer", () -> AlgorithmOptions.addTo(new TransferCommand(home), args));
    commands.put("evaluate", () -> new RobustnessReportCommand(home));
    commands.put("robustness", () -> AlgorithmOptions.addTo(new RobustnessCommand(home), args));
    commands.put("sweep", () -> AlgorithmOptions.addTo(new SweepCommand(home), args));
    commands.put("universal", () -> UniversalCommand.line(home, args));
    commands.put("compare", () -> AlgorithmOptions.addTo(new CompareCommand(home), args));
    commands.put("faithfulness", () -> AlgorithmOptions.addTo(new FaithfulnessCommand(home), args));
    commands.put("sanity", () -> AlgorithmOptions.addTo(new SanityCommand(home), args));
    commands.put(
        "explanation-attack",
        () -> AlgorithmOptions.addTo(new ExplanationAttackCommand(home), args));
    commands.put("detect", () -> DetectCommand.line(home, args));
    commands.put("corruptions", () -> AlgorithmOptions.addTo(new CorruptionsCommand(home), args));
    commands.put(
        "fooling-images", () -> AlgorithmOptions.addTo(new FoolingImagesCommand(home), args));
    commands.put("transition", () -> new TransitionCommand(home));
    commands.put("bounds", () -> AlgorithmOptions.addTo(new BoundsCommand(home), args));
    commands.put("smoothing", () -> new SmoothingCommand(home));
    commands.put("visualize", () -> AlgorithmOptions.addTo(new VisualizeCommand(home), args));
    commands.put("dream", () -> new DreamCommand(home));
    commands.put("invert", () -> AlgorithmOptions.addTo(new InvertCommand(home), args));
    commands.put("caricature", () -> AlgorithmOptions.addTo(new CaricatureCommand(home), args));
    commands.put("patches", () -> PatchesCommand.line(home));
    commands.put("compile", () -> AlgorithmOptions.addTo(new CompileCommand(home), args));
    commands.put("weights", () -> new WeightsCommand(home));
    commands.put("activations", () -> new ActivationsCommand(home));
    commands.put(
        "channel-shift", () -> AlgorithmOptions.addTo(new ChannelShiftCommand(home), args));
    commands.put(
        "class-visualization",
        () -> AlgorithmOptions.addTo(new ClassVisualizationCommand(home), args));
    commands.put(
        "training-history", () -> AlgorithmOptions.addTo(new TrainingHistoryCommand(home), args));
    commands.put("neuron-projection", () -> new NeuronProjectionCommand(home));
    commands.put(
        "gallery",
        () -> // What these commands print are places of folders that are gone when all is made.
        new GalleryCommand(
                words ->
                    run(
                        environment,
                        new PrintWriter(Writer.nullWriter()),
                        err,
                        words.toArray(String[]::new))));
    commands.put("cluster", ClusterCommand::line);
    commands.put("reproduce", () -> new ReproduceCommand(home));
    commands.put("demo", () -> new DemoCommand(home));
    commands.put("lab", () -> LabCommand.line(home, args));
    commands.put("models", () -> ModelsCommand.line(home));
    commands.put("data", () -> new DataCommand(home));
    commands.put("prototypes", () -> new PrototypesCommand(home));
    commands.put("train", () -> new TrainCommand(home));
    commands.put("train-decoder", () -> new TrainDecoderCommand(home));
    commands.put("layers", () -> new LayersCommand(home));
    commands.put("catalog", () -> new CatalogCommand());
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; try: adversight demo, or adversight --help");
  }
}
