package io.adversight.cli;

import io.adversight.attack.problem.Norm;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.report.Provenance;
import io.adversight.report.study.StudyFolder;
import io.adversight.study.Algorithm;
import io.adversight.study.AttackSpec;
import io.adversight.study.ExplanationSpec;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.image.InputImage;
import io.adversight.study.image.SampleImages;
import io.adversight.tensor.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job on what comes with the program. */
@Example("adversight demo")
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Attacks and explains the project's own drawings of birds with an embedded network:",
      "nothing to download, a report in some seconds."
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private final DataHome home;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  DemoCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    GraphClassifier classifier =
        ModelReader.open(Downloads.locate(new Models(home), "aviary"), Device.CPU);
    StudySpec study =
        new StudySpec(
            new AttackSpec(
                List.of(
                    Algorithm.of("fgsm"),
                    new Algorithm("pgd", Map.of("steps", "20", "relative-step", "0.1"))),
                Norm.LINF,
                List.of(4 / 255.0),
                OptionalInt.empty(),
                Set.of(AttackSpec.Option.ROUNDING)),
            new ExplanationSpec(
                List.of(Algorithm.of("cam"), Algorithm.of("gradient")), OptionalInt.empty()),
            0,
            16);
    List<InputImage> images = SampleImages.birds();
    Path folder = out;
    StudyFolder results =
        new StudyFolder(folder, study, classifier, id -> Downloads.dataSet(id, home));
    results.expect(images.stream().map(InputImage::name).toList());
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("drawings", images.size(), Console.isInteractive())) {
      new Study(study, classifier).run(images, results, console.progress(0), cancelling.flag());
    }
    Path report = results.finish(Provenance.of(classifier, List.of("adversight", "demo")));
    PrintWriter printer = spec.commandLine().getOut();
    Summary.print(printer, folder.resolve("result.json"));
    ReportLine.print(printer, report);
    return 0;
  }
}
