package io.adversight.cli;

import io.adversight.data.DataSet;
import io.adversight.evaluation.certificate.RandomizedSmoothing;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.SmoothingFolder;
import io.adversight.run.Run;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Certifies L2 radii by randomized smoothing. */
@Example("adversight smoothing --model digits drawn-digits:0-1")
@Command(
    name = "smoothing",
    mixinStandardHelpOptions = true,
    description = {
      "Randomized smoothing: classifies each image by the majority under normal noise, and",
      "certifies the L2 radius within which the smoothed network says the same, or abstains.",
      "The paper takes --samples 100000; networks trained with such noise have larger radii."
    },
    sortOptions = false)
final class SmoothingCommand implements Callable<Integer> {
  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--deviation",
      paramLabel = "SIGMA",
      description = "standard deviation of the noise, pixels in [0, 1] (default: 0.25)")
  double deviation = 0.25;

  @Option(
      names = "--selection",
      paramLabel = "N",
      description = "draws that choose the class (default: 100)")
  int selection = 100;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "draws that bound its probability (default: 1000)")
  int samples = 1000;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "probability that a certificate is wrong (default: 0.001)")
  double alpha = 0.001;

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  SmoothingCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    RandomizedSmoothing smoothing = new RandomizedSmoothing(deviation, selection, samples, alpha);
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    NetworkView view = NetworkView.of(images, classifier);
    SmoothingFolder folder =
        new SmoothingFolder(output.folder(), classifier, smoothing, view, output.seed);
    List<RandomizedSmoothing.Result> results =
        LongTask.run(
            "images",
            view.size(),
            folder::abandon,
            run -> certified(smoothing, classifier, view, folder, run));
    Path report = folder.finish(results, Provenance.of(classifier, CommandWords.of(spec)));
    PrintWriter out = spec.commandLine().getOut();
    if (!output.json && folder.curve(results).size() > 1) {
      TextTable curve = new TextTable(folder.curve(results).get(0));
      folder.curve(results).stream().skip(1).forEach(curve::row);
      curve.print(out);
      out.println();
    }
    output.print(out, folder.table(results), report);
    return 0;
  }

  private List<RandomizedSmoothing.Result> certified(
      RandomizedSmoothing smoothing,
      GraphClassifier classifier,
      NetworkView view,
      SmoothingFolder folder,
      Run run) {
    List<RandomizedSmoothing.Result> all = new ArrayList<>();
    for (int i = 0; i < view.size(); i++) {
      Optional<RandomizedSmoothing.Result> known = folder.recall(i);
      if (known.isPresent()) {
        all.add(known.get());
      } else {
        try (Scope scope = Scope.open()) {
          Tensor pixels = view.batch(classifier, i, i + 1);
          Run own = run.sharing(new Rng(output.seed), pixels);
          RandomizedSmoothing.Result result =
              smoothing.certify(classifier, pixels, Math.max(output.batch, 100), own);
          folder.keep(i, result);
          all.add(result);
        }
      }
      run.report(i + 1, view.size(), "images");
    }
    return all;
  }
}
