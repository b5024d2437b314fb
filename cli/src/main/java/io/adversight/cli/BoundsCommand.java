package io.adversight.cli;

import io.adversight.attack.Attack;
import io.adversight.attack.problem.Norm;
import io.adversight.catalog.Kind;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares lower bounds of the distance, certified or estimated, with what an attack finds. */
@Example(
    "adversight bounds --model digits --bound lipschitz-product,certified-radius drawn-digits:0-1")
@Command(
    name = "bounds",
    mixinStandardHelpOptions = true,
    description = {
      "Computes lower bounds of the minimum adversarial perturbation beside the upper bound that"
          + " an",
      "attack finds (the epsilon of a bounded attack is bisected): certified-radius and",
      "lipschitz-product are proofs, clever is an estimate.",
      "certified-radius takes about a second an image; --method crown certifies more and takes",
      "minutes. The setting of CLEVER's paper costs half a million passes an image:",
      "--bound clever --batches 50 --samples 64 gives a first impression."
    },
    sortOptions = false)
final class BoundsCommand implements Callable<Integer>, AlgorithmOptions.Named {
  private static final AlgorithmOptions.Naming BOUNDS =
      new AlgorithmOptions.Naming("--bound", "certified-radius", List.of(Kind.DISTANCE_BOUND));
  private static final AlgorithmOptions.Naming ATTACK =
      new AlgorithmOptions.Naming(
          "--attack", "pgd", List.of(Kind.BOUNDED_ATTACK, Kind.MINIMAL_ATTACK));

  private final DataHome home;

  @Mixin ModelOptions model = new ModelOptions();

  @Option(
      names = "--bound",
      paramLabel = "NAME[,NAME...]",
      description = "from: adversight catalog (default: certified-radius)")
  String bound = BOUNDS.defaults();

  @Option(
      names = "--norm",
      paramLabel = "NORM",
      description = "of all bounds and of the attack: linf, l2 or l1 (default: l2)")
  Norm norm = Norm.L2;

  @Option(
      names = "--vnnlib",
      paramLabel = "EPSILON",
      description = {
        "also ask a complete verifier: write the network and, for each image, whether its LINF",
        "ball of this size holds an adversarial image (VNN-LIB, in the folder vnnlib)"
      })
  @Nullable String vnnLib;

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description = "a bounded or minimal one from: adversight catalog (default: pgd)")
  String attack = ATTACK.defaults();

  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  BoundsCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public List<AlgorithmOptions.Naming> namings() {
    return List.of(BOUNDS, ATTACK);
  }

  @Override
  public Integer call() {
    List<Algorithm> named =
        AlgorithmOptions.read(spec, BOUNDS, bound).stream()
            .map(algorithm -> algorithm.with("norm", norm.name()))
            .toList();
    Algorithm attacked = AlgorithmOptions.only(spec, ATTACK, attack);
    List<DistanceBound> bounds =
        named.stream().map(each -> each.create(DistanceBound.class, Kind.DISTANCE_BOUND)).toList();
    Attack made = attacked.attack(norm);
    List<Double> asked = vnnLib == null ? List.of() : BallOptions.parse(vnnLib, Norm.LINF);
    if (vnnLib != null && asked.size() != 1) {
      throw new InputException(
          "--vnnlib takes one size such as 8/255, but got \"%s\"".formatted(vnnLib));
    }
    DataSet images = data.open(home);
    GraphClassifier classifier = model.open(home);
    NetworkView view = NetworkView.of(images, classifier);
    Path path = output.folder();
    BoundFolder folder =
        new BoundFolder(path, classifier, named, attacked, norm, view, output.seed);
    List<SmallestDistance> found =
        LongTask.run(
            "images",
            view.size(),
            folder::abandon,
            run -> distances(bounds, made, classifier, view, folder, run));
    asked.forEach(epsilon -> folder.writeVnnLib(classifier, view, epsilon));
    Path report =
        folder.finish(
            view, found, classifier.labels(), Provenance.of(classifier, CommandWords.of(spec)));
    print(view, found, bounds, named, classifier.labels(), report);
    return 0;
  }

  private List<SmallestDistance> distances(
      List<DistanceBound> bounds,
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
                  bounds, attack, classifier, pixels, run.sharing(new Rng(output.seed), pixels));
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
      List<DistanceBound> bounds,
      List<Algorithm> named,
      Labels labels,
      Path report) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      output.printJson(out, report.resolveSibling("result.json"));
      return;
    }
    List<String> header = new ArrayList<>(List.of("image", "class"));
    named.forEach(each -> header.add(each.id()));
    header.add("attack " + norm);
    TextTable table = new TextTable(header);
    for (int i = 0; i < found.size(); i++) {
      List<String> row = new ArrayList<>();
      row.add(view.imageName(i));
      row.add(labels.name(found.get(i).predicted()));
      found.get(i).bounds().forEach(one -> row.add(number(one.score())));
      OptionalDouble distance = found.get(i).attack();
      row.add(distance.isPresent() ? number(distance.getAsDouble()) : "none found");
      table.row(row);
    }
    table.print(out);
    for (int b = 0; b < bounds.size(); b++) {
      if (!bounds.get(b).isCertified()) {
        int at = b;
        long above =
            found.stream()
                .filter(one -> one.attack().isPresent())
                .filter(one -> one.bounds().get(at).score() > one.attack().getAsDouble())
                .count();
        if (above > 0) {
          out.println(
              "%s: %s of %s estimates lie above what the attack found: sample more"
                  .formatted(named.get(b).id(), above, found.size()));
        }
      }
    }
    ReportLine.print(out, report);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }
}
