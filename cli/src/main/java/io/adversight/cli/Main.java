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

  /**
   * A command of the program.
   *
   * @param type that carries its description
   * @param command makes it, with all its options
   */
  private record Registered(Class<?> type, Supplier<Object> command) {
    /** The command as the list of commands shows it, without its options. */
    CommandSpec outline() {
      CommandSpec outline = CommandSpec.wrapWithoutInspection(this);
      Command described = type.getAnnotation(Command.class);
      outline
          .usageMessage()
          .description(described == null ? new String[0] : described.description());
      return outline;
    }
  }

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
   * The program's command line: of all commands, of outlines where they are only listed, or of the
   * one that {@code args} begin with or ask help on, as a start is to be quick. The arguments also
   * decide which parameters of algorithms are options.
   */
  static CommandLine line(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    Console.quietLibraries();
    CommandLine line = new CommandLine(new Main(CommandSpec.create()));
    Map<String, Registered> commands = commands(environment, err, args);
    String word =
        args.length > 1 && args[0].equals("help") ? args[1] : args.length > 0 ? args[0] : "";
    Registered named = commands.get(word);
    if (named != null) {
      line.addSubcommand(word, named.command().get());
    } else if (!word.isEmpty() && !word.startsWith("@")) { // a file may name any command
      commands.forEach((name, command) -> line.addSubcommand(name, command.outline()));
    } else {
      commands.forEach((name, command) -> line.addSubcommand(name, command.command().get()));
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

  private static Map<String, Registered> commands(
      Map<String, String> environment, PrintWriter err, String... args) {
    DataHome home = DataHome.of(environment);
    Map<String, Registered> commands = new LinkedHashMap<>();
    commands.put("predict", new Registered(PredictCommand.class, () -> new PredictCommand(home)));
    commands.put(
        "attack",
        new Registered(
            AttackCommand.class, () -> AlgorithmOptions.addTo(new AttackCommand(home), args)));
    commands.put(
        "explain",
        new Registered(
            ExplainCommand.class, () -> AlgorithmOptions.addTo(new ExplainCommand(home), args)));
    commands.put(
        "transfer",
        new Registered(
            TransferCommand.class, () -> AlgorithmOptions.addTo(new TransferCommand(home), args)));
    commands.put(
        "evaluate",
        new Registered(RobustnessReportCommand.class, () -> new RobustnessReportCommand(home)));
    commands.put(
        "robustness",
        new Registered(
            RobustnessCommand.class,
            () -> AlgorithmOptions.addTo(new RobustnessCommand(home), args)));
    commands.put(
        "sweep",
        new Registered(
            SweepCommand.class, () -> AlgorithmOptions.addTo(new SweepCommand(home), args)));
    commands.put(
        "universal",
        new Registered(UniversalCommand.class, () -> UniversalCommand.line(home, args)));
    commands.put(
        "compare",
        new Registered(
            CompareCommand.class, () -> AlgorithmOptions.addTo(new CompareCommand(home), args)));
    commands.put(
        "faithfulness",
        new Registered(
            FaithfulnessCommand.class,
            () -> AlgorithmOptions.addTo(new FaithfulnessCommand(home), args)));
    commands.put(
        "sanity",
        new Registered(
            SanityCommand.class, () -> AlgorithmOptions.addTo(new SanityCommand(home), args)));
    commands.put(
        "explanation-attack",
        new Registered(
            ExplanationAttackCommand.class,
            () -> AlgorithmOptions.addTo(new ExplanationAttackCommand(home), args)));
    commands.put(
        "detect", new Registered(DetectCommand.class, () -> DetectCommand.line(home, args)));
    commands.put(
        "corruptions",
        new Registered(
            CorruptionsCommand.class,
            () -> AlgorithmOptions.addTo(new CorruptionsCommand(home), args)));
    commands.put(
        "fooling-images",
        new Registered(
            FoolingImagesCommand.class,
            () -> AlgorithmOptions.addTo(new FoolingImagesCommand(home), args)));
    commands.put(
        "transition", new Registered(TransitionCommand.class, () -> new TransitionCommand(home)));
    commands.put(
        "bounds",
        new Registered(
            BoundsCommand.class, () -> AlgorithmOptions.addTo(new BoundsCommand(home), args)));
    commands.put(
        "smoothing", new Registered(SmoothingCommand.class, () -> new SmoothingCommand(home)));
    commands.put(
        "visualize",
        new Registered(
            VisualizeCommand.class,
            () -> AlgorithmOptions.addTo(new VisualizeCommand(home), args)));
    commands.put("dream", new Registered(DreamCommand.class, () -> new DreamCommand(home)));
    commands.put(
        "invert",
        new Registered(
            InvertCommand.class, () -> AlgorithmOptions.addTo(new InvertCommand(home), args)));
    commands.put(
        "caricature",
        new Registered(
            CaricatureCommand.class,
            () -> AlgorithmOptions.addTo(new CaricatureCommand(home), args)));
    commands.put("patches", new Registered(PatchesCommand.class, () -> PatchesCommand.line(home)));
    commands.put(
        "compile",
        new Registered(
            CompileCommand.class, () -> AlgorithmOptions.addTo(new CompileCommand(home), args)));
    commands.put("weights", new Registered(WeightsCommand.class, () -> new WeightsCommand(home)));
    commands.put(
        "activations",
        new Registered(ActivationsCommand.class, () -> new ActivationsCommand(home)));
    commands.put(
        "channel-shift",
        new Registered(
            ChannelShiftCommand.class,
            () -> AlgorithmOptions.addTo(new ChannelShiftCommand(home), args)));
    commands.put(
        "class-visualization",
        new Registered(
            ClassVisualizationCommand.class,
            () -> AlgorithmOptions.addTo(new ClassVisualizationCommand(home), args)));
    commands.put(
        "training-history",
        new Registered(
            TrainingHistoryCommand.class,
            () -> AlgorithmOptions.addTo(new TrainingHistoryCommand(home), args)));
    commands.put(
        "neuron-projection",
        new Registered(NeuronProjectionCommand.class, () -> new NeuronProjectionCommand(home)));
    commands.put(
        "gallery",
        new Registered(
            GalleryCommand.class,
            () -> // What these commands print are places of folders that are gone when all is made.
            new GalleryCommand(
                    words ->
                        run(
                            environment,
                            new PrintWriter(Writer.nullWriter()),
                            err,
                            words.toArray(String[]::new)))));
    commands.put(
        "reproduce", new Registered(ReproduceCommand.class, () -> new ReproduceCommand(home)));
    commands.put("demo", new Registered(DemoCommand.class, () -> new DemoCommand(home)));
    commands.put("lab", new Registered(LabCommand.class, () -> LabCommand.line(home, args)));
    commands.put("models", new Registered(ModelsCommand.class, () -> ModelsCommand.line(home)));
    commands.put("data", new Registered(DataCommand.class, () -> new DataCommand(home)));
    commands.put(
        "prototypes", new Registered(PrototypesCommand.class, () -> new PrototypesCommand(home)));
    commands.put("train", new Registered(TrainCommand.class, () -> new TrainCommand(home)));
    commands.put(
        "train-decoder",
        new Registered(TrainDecoderCommand.class, () -> new TrainDecoderCommand(home)));
    commands.put("layers", new Registered(LayersCommand.class, () -> new LayersCommand(home)));
    commands.put("catalog", new Registered(CatalogCommand.class, () -> new CatalogCommand()));
    commands.put("cluster", new Registered(ClusterCommand.class, ClusterCommand::line));
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; try: adversight demo, or adversight --help");
  }
}
