package io.adversight.cli;

import io.adversight.home.DataHome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One change that fools a network on most images. */
@Example("adversight universal craft --model digits --out my-change drawn-digits:0-4")
@Command(
    name = "universal",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Crafts, evaluates and applies universal perturbations and adversarial patches.",
    footer = {
      "",
      "Example:",
      "  adversight universal craft --model squeezenet1-1 --epsilon 10/255 --made-on 200 \\",
      "      --inner \"deep-fool(candidates=3)\" --out uap photos/",
      "  adversight universal apply --model squeezenet1-1 --change uap/universal.npy my.jpg"
    })
final class UniversalCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private UniversalCommand() {}

  static CommandLine line(DataHome home, String... args) {
    return new CommandLine(new UniversalCommand())
        .addSubcommand("craft", AlgorithmOptions.addTo(new UniversalCraft(home), args))
        .addSubcommand("curve", AlgorithmOptions.addTo(new UniversalCurve(home), args))
        .addSubcommand("measure", new UniversalMeasure(home))
        .addSubcommand("apply", new UniversalApply(home));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: universal craft, curve, measure or apply");
  }
}
