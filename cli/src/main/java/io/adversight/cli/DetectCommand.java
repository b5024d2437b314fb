package io.adversight.cli;

import io.adversight.home.DataHome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether an image is adversarial. */
@Example("adversight detect calibrate --model digits drawn-digits:0-49")
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = {
      "Detects adversarial images without access to the clean ones:",
      "calibrate on clean images, score others, evaluate against attacks."
    },
    synopsisSubcommandLabel = "calibrate|score|evaluate")
final class DetectCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private DetectCommand() {}

  /** The command with its three parts. */
  static CommandLine line(DataHome home, String... args) {
    CommandLine line = new CommandLine(new DetectCommand());
    line.addSubcommand("calibrate", AlgorithmOptions.addTo(new CalibrateCommand(home), args));
    line.addSubcommand("score", new ScoreCommand(home));
    line.addSubcommand("evaluate", AlgorithmOptions.addTo(new EvaluateCommand(home), args));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing; there are calibrate, score and evaluate");
  }
}
