package io.adversight.cli;

import io.adversight.attack.universal.Universal;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.FoolingMatrix;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.model.NetworkView;
import io.adversight.report.robustness.FoolingFiles;
import io.adversight.report.robustness.UniversalFile;
import io.adversight.tensor.Rng;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** The fooling rate of a universal change that was made before. */
@Example({
  "adversight universal craft --model digits --out my-change drawn-digits:0-4",
  "adversight universal measure --model digits --change my-change/universal.npy drawn-digits:0-9"
})
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the fooling rate of a universal change on any network: the share of images whose",
      "predicted class changes. A change of another size is resized to the network's input."
    },
    sortOptions = false)
final class UniversalMeasure implements Callable<Integer> {
  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--change",
      required = true,
      paramLabel = "FILE.npy",
      description = "made by: adversight universal craft")
  Path change = Path.of("");

  @Mixin DataOptions data = new DataOptions();

  @Option(names = "--seed", paramLabel = "N", description = "of a patch's places (default: 0)")
  long seed;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  UniversalMeasure(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Universal made = UniversalFile.read(change);
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    Input input = classifier.card().input();
    Universal fitted = UniversalFile.fitted(made, input.height(), input.width());
    FoolingMatrix matrix =
        LongTask.run(
            "images",
            images.size(),
            () -> {},
            run ->
                FoolingMatrix.of(
                    classifier, NetworkView.of(images, classifier), fitted, new Rng(seed), run));
    ObjectNode result = FoolingFiles.json(matrix, classifier.labels());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result));
    } else {
      FoolingText.print(out, classifier.card().name(), result);
    }
    return 0;
  }
}
