package io.adversight.cli;

import io.adversight.home.DataHome;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explains predictions. */
@Example("adversight explain --model aviary --method grad-cam aviary:0")
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explains the prediction of a network by heat maps.",
      "Parameters of the methods named with --method are options, listed below."
    },
    sortOptions = false)
final class ExplainCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming METHOD =
      new AlgorithmOptions.Naming(
          "--method", "grad-cam,gradient", List.of(AlgorithmOptions.METHODS));

  private final DataHome home;

  @Option(
      names = "--method",
      paramLabel = "NAME[,NAME]",
      description = "from: adversight catalog (default: grad-cam,gradient)")
  String method = METHOD.defaults();

  @Mixin StudyOptions study = new StudyOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  ExplainCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(METHOD);
  }

  @Override
  public Integer call() {
    return study.run(
        home,
        StudyOptions.Attacking.none(),
        study.withLayer(AlgorithmOptions.read(spec, METHOD, method), AlgorithmOptions.METHODS),
        CommandWords.of(spec),
        spec.commandLine());
  }
}
