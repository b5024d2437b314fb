package io.adversight.cli;

import io.adversight.home.DataHome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks images, and explains what the network looked at before and after. */
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    description = {
      "Changes images so that the network is wrong, and shows what it looked at before and"
          + " after.",
      "Parameters of the algorithms named with --attack and --method are options, listed below."
    },
    sortOptions = false)
final class AttackCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming("--attack", "pgd", List.of(AlgorithmOptions.ATTACKS));
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming(
          "--method", "grad-cam,gradient", List.of(AlgorithmOptions.METHODS));

  private final DataHome home;

  @Option(
      names = "--attack",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: pgd)")
  String attack = ATTACK.defaults();

  @Mixin BallOptions ball = new BallOptions();

  @Mixin GoalOption goal = new GoalOption();

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description =
          "explanations before and after (default: grad-cam,gradient; none: no explanation)")
  String method = METHOD.defaults();

  @Option(
      names = "--no-rounding",
      description = "do not classify the changed image again after 8-bit quantization")
  boolean noRounding;

  @Option(
      names = "--quantize",
      description = "search among the images that a PNG can hold, so that it stays adversarial")
  boolean quantize;

  @Option(
      names = "--minimal",
      description = "look for the smallest epsilon of a bounded attack by bisection")
  boolean minimal;

  @Option(
      names = "--early-stop",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "an image leaves an attack of many steps as soon as the goal is reached (default:"
              + " every attack has its full length)")
  boolean earlyStop;

  @Option(
      names = "--trajectory",
      arity = "0..1",
      fallbackValue = "1",
      paramLabel = "STEPS",
      description =
          "keep what the image looks like after every step, or every so many, with the loss and"
              + " the likeliest classes: trajectory.png and trajectory.gif")
  int trajectory;

  @Mixin StudyOptions study = new StudyOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  AttackCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ATTACK, METHOD);
  }

  @Override
  public Integer call() {
    StudyOptions.Attacking attacking =
        new StudyOptions.Attacking(
            AlgorithmOptions.read(spec, ATTACK, attack),
            ball,
            goal.target(),
            !noRounding,
            quantize,
            minimal,
            earlyStop,
            trajectory);
    String methods = method.equals("none") ? "" : method;
    return study.run(
        home,
        attacking,
        study.withLayer(AlgorithmOptions.read(spec, METHOD, methods), AlgorithmOptions.METHODS),
        CommandWords.of(spec),
        spec.commandLine());
  }
}
