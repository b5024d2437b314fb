package io.adversight.cli;

import io.adversight.attack.Attack;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.home.DataHome;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.BoundFolder;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares an estimated lower bound of the distance with what an attack finds. */
@Example("adversight clever --model digits --samples 16 drawn-digits:0")
@Command(
    name = "clever",
    mixinStandardHelpOptions = true,
    description = {
      "Estimates a lower bound of the minimum adversarial perturbation (CLEVER score), beside the",
      "upper bound that an attack finds (the epsilon of a bounded attack is bisected).",
      "The estimate samples gradients; its paper's setting costs half a million passes an image:",
      "--batches 50 --samples 64 gives a first impression."
    },
    sortOptions = false)
final class CleverCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming ESTIMATE =
      new AlgorithmOptions.Naming("--estimate", "clever", List.of(Kind.DISTANCE_BOUND));
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming(
          "--attack", "pgd", List.of(Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--estimate",
      paramLabel = "NAME",
      description = "from: adversight catalog (default: clever)")
  String estimate = ESTIMATE.defaults();

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "a bounded or minimal one from: adversight catalog (default: pgd)")
  String attack = ATTACK.defaults();

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  CleverCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(ESTIMATE, ATTACK);
  }

  @Override
  public Integer call() {
    Algorithm estimated = AlgorithmOptions.only(spec, ESTIMATE, estimate);
    Algorithm attacked = AlgorithmOptions.only(spec, ATTACK, attack);
    DistanceBound bound = estimated.create(DistanceBound.class, Kind.DISTANCE_BOUND);
    Attack made = attacked.attack(bound.norm());
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    NetworkView view = NetworkView.of(images, classifier);
    Path path = output.folder();
    BoundFolder folder =
        new BoundFolder(path, classifier, estimated, attacked, bound.norm(), view, output.seed);
    List<SmallestDistance> found =
        LongTask.run(
            "images",
            view.size(),
            folder::abandon,
            run -> distances(bound, made, classifier, view, folder, run));
    Path report =
        folder.finish(
            view, found, classifier.labels(), Provenance.of(classifier, CommandWords.of(spec)));
    print(view, found, bound, classifier.labels(), report);
    return 0;
  }

  private List<SmallestDistance> distances(
      DistanceBound bound,
      Attack attack,
      GraphClassifier classifier,
      NetworkView view,
      BoundFolder folder,
      Run run) {
    List<SmallestDistance> all = new ArrayList<>();
    for (int i = 0; i < view.size(); i++) {
      Optional<SmallestDistance> known = folder.recall(i);
      if (known.isEmpty()) {
        run.checkCancelled();
        try (Scope scope = Scope.open()) {
          Tensor pixels = view.batch(classifier, i, i + 1);
          SmallestDistance found =
              SmallestDistance.of(
                  bound, attack, classifier, pixels, run.sharing(new Rng(output.seed), pixels));
          folder.keep(i, found);
          all.add(found);
        }
      } else {
        all.add(known.get());
      }
      run.report(i + 1, view.size(), "images");
    }
    return all;
  }

  private void print(
      NetworkView view,
      List<SmallestDistance> found,
      DistanceBound bound,
      Labels labels,
      Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    TextTable table =
        new TextTable(
            List.of("image", "class", "estimate " + bound.norm(), "attack " + bound.norm()));
    for (int i = 0; i < found.size(); i++) {
      OptionalDouble distance = found.get(i).attack();
      table.row(
          List.of(
              view.imageName(i),
              labels.name(found.get(i).predicted()),
              number(found.get(i).estimate().score()),
              distance.isPresent() ? number(distance.getAsDouble()) : "none found"));
    }
    table.print(out);
    long above = found.stream().filter(one -> !one.isConsistent()).count();
    if (above > 0) {
      out.println(
          "%s of %s estimates lie above what the attack found: sample more"
              .formatted(above, found.size()));
    }
    ReportLine.print(out, report);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }
}
