package io.adversight.cli;

import io.adversight.attack.universal.Universal;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.FoolingMatrix;
import io.adversight.home.DataHome;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.model.Batches;
import io.adversight.report.CheckpointFiles;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.FoolingFiles;
import io.adversight.report.robustness.UniversalFile;
import io.adversight.report.robustness.UniversalFolder;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Makes a universal change and measures it. */
@Example("adversight universal craft --model digits --out my-change drawn-digits:0-4")
@Command(
    name = "craft",
    mixinStandardHelpOptions = true,
    description = {
      "Crafts a universal perturbation or patch, and measures its fooling rate on the images it",
      "was made on and on others. Writes universal.npy and .png, the fooling matrices by class, and"
          + " examples.",
      "Started again with the same --out, it resumes from the last checkpoint."
    },
    sortOptions = false)
final class UniversalCraft implements Callable<Integer>, AlgorithmOptions.Named {
  private static final int EXAMPLES = 6;
  private static final int EXAMPLE_SIDE = 140;

  private final DataHome home;

  @Mixin UniversalOptions options = new UniversalOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  UniversalCraft(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(UniversalOptions.ATTACK);
  }

  @Override
  public Integer call() {
    UniversalOptions.Task task = options.task(home, spec);
    Path path = options.output.folder();
    UniversalFolder folder =
        UniversalFolder.open(
            path,
            "change",
            task.classifier().card(),
            task.algorithm(),
            task.ball(),
            task.seen(),
            task.unseen(),
            options.output.seed);
    ObjectNode result =
        LongTask.run(
            "images",
            task.seen().size(),
            folder.results()::abandon,
            run -> make(task, folder, run.seeded(new Rng(options.output.seed))));
    print(result, folder.reportChange(result));
    return 0;
  }

  private ObjectNode make(UniversalOptions.Task task, UniversalFolder folder, Run run) {
    long start = System.nanoTime();
    CheckpointFiles checkpoint = new CheckpointFiles(folder.results(), "checkpoint");
    Universal change =
        task.attack().craft(task.classifier(), task.seen(), task.ball(), checkpoint, run);
    UniversalFile.write(change, folder.results(), "universal");
    checkpoint.delete();
    ObjectNode result =
        folder.result(
            Provenance.of(task.classifier(), CommandWords.of(spec)),
            (System.nanoTime() - start) / 1e9);
    result.set("seen", measure(task, change, task.seen(), "seen", folder, run));
    result.set("unseen", measure(task, change, task.unseen(), "unseen", folder, run));
    ImageFiles.writePng(examples(task, change, run), folder.results().resolve("examples.png"));
    folder.results().writeResult(result);
    return result;
  }

  private static ObjectNode measure(
      UniversalOptions.Task task,
      Universal change,
      DataSet images,
      String name,
      UniversalFolder folder,
      Run run) {
    FoolingMatrix matrix = FoolingMatrix.of(task.classifier(), images, change, run.rng(0), run);
    FoolingFiles.write(matrix, task.classifier().labels(), folder.results(), "fooling-" + name);
    return FoolingFiles.json(matrix, task.classifier().labels());
  }

  /** Some images that the change has not seen, above themselves with it. */
  private static Raster examples(UniversalOptions.Task task, Universal change, Run run) {
    List<Raster> before = new ArrayList<>();
    for (int i = 0; i < Math.min(EXAMPLES, task.unseen().size()); i++) {
      before.add(task.unseen().image(i));
    }
    List<Raster> sheet = new ArrayList<>(before);
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(before).to(task.classifier().device());
      sheet.addAll(Batches.rasters(change.apply(pixels, run.sharing(run.rng(0), pixels))));
    }
    List<Raster> shown = sheet.stream().map(p -> RasterResize.enlarged(p, EXAMPLE_SIDE)).toList();
    return ImageGrid.of(shown, before.size(), 6);
  }

  private void print(ObjectNode result, Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.output.json) {
      options.output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    FoolingText.print(out, "made on", result.path("seen"));
    FoolingText.print(out, "others", result.path("unseen"));
    ReportLine.print(out, report);
  }
}
