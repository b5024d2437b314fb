package io.adversight.cli;

import io.adversight.home.DataHome;
import io.adversight.study.AttackSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Attacks images, and explains what the network looked at before and after. */
@Example("adversight attack --model aviary --attack pgd --epsilon 4/255 aviary:0")
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    description = {
      "Makes adversarial examples of images, and explains the prediction before and after.",
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
      description = "do not classify the adversarial image again after 8-bit quantization")
  boolean noRounding;

  @Option(
      names = "--quantize",
      description = "search among 8-bit images only, so that the PNG file is adversarial")
  boolean quantize;

  @Option(
      names = "--minimal",
      description = "find the minimum epsilon of a bounded attack by bisection")
  boolean minimal;

  @Option(
      names = "--early-stop",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "early stopping: an iterative attack stops on an image once it succeeds (default: all"
              + " steps are taken)")
  boolean earlyStop;

  @Option(
      names = "--trajectory",
      arity = "0..1",
      fallbackValue = "1",
      paramLabel = "STEPS",
      description =
          "save the image after every step, or every STEPS steps, with the loss and the most"
              + " probable classes: trajectory.png and trajectory.gif")
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
            options(),
            trajectory);
    String methods = method.equals("none") ? "" : method;
    return study.run(
        home,
        attacking,
        study.withLayer(AlgorithmOptions.read(spec, METHOD, methods), AlgorithmOptions.METHODS),
        CommandWords.of(spec),
        spec.commandLine());
  }

  private Set<AttackSpec.Option> options() {
    Set<AttackSpec.Option> options = EnumSet.noneOf(AttackSpec.Option.class);
    if (!noRounding) {
      options.add(AttackSpec.Option.ROUNDING);
    }
    if (quantize) {
      options.add(AttackSpec.Option.QUANTIZE);
    }
    if (minimal) {
      options.add(AttackSpec.Option.SMALLEST);
    }
    if (earlyStop) {
      options.add(AttackSpec.Option.EARLY_STOP);
    }
    return options;
  }
}
