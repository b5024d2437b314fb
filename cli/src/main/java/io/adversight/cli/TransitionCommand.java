package io.adversight.cli;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.evaluation.robustness.TransitionCase;
import io.adversight.evaluation.robustness.TransitionFrame;
import io.adversight.evaluation.robustness.TransitionPath;
import io.adversight.evaluation.robustness.TypeOneEvaluation;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.home.DataHome;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.metric.similarity.Pearson;
import io.adversight.model.Batches;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.robustness.TransitionFolder;
import io.adversight.report.robustness.TypeOneFolder;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** One class becomes another through a generative model, noticed by the network or not. */
@Example("adversight transition --from 7 --to 9 --frames 4")
@Command(
    name = "transition",
    mixinStandardHelpOptions = true,
    description = {
      "Moves an image of one class to another through the code of a generative model: once freely",
      "(a transition), once while the network keeps its prediction (a Type I attack). Frames show",
      "the decoded image and the heat map of the network; oracles judge what the images show.",
      "With --pairs many images are measured in all pairs of classes: success, distances, and how",
      "the heat map follows the network and the oracles. Unfinished work in the folder goes on."
    },
    sortOptions = false)
final class TransitionCommand implements Callable<Integer> {
  private static final MapSimilarity SIMILARITY = new Pearson();

  private final DataHome home;

  @Parameters(
      arity = "0..1",
      paramLabel = "SET",
      description = "labelled images (default: drawn-digits; mnist, or a folder per class)")
  String images = "drawn-digits";

  @Option(names = "--from", paramLabel = "CLASS", description = "by index (default: 7)")
  int from = 7;

  @Option(names = "--to", paramLabel = "CLASS", description = "by index (default: 9)")
  int to = 9;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description =
          "instead, attack the first N images that the network has right, each towards another"
              + " class in turn, and tabulate the pairs of classes beside interpolations")
  int pairs;

  @Option(names = "--model", paramLabel = "NAME", description = "the network (default: digits)")
  String network = "digits";

  @Option(
      names = "--generator",
      paramLabel = "NAME",
      description = "the generative model (default: digits-svae)")
  String generator = new TypeOne().generator();

  @Option(
      names = "--oracles",
      split = ",",
      paramLabel = "NAME[,NAME]",
      description = "judges (default: digits-lenet,digits-vgg,digits-resnet)")
  List<String> oracles = List.of("digits-lenet", "digits-vgg", "digits-resnet");

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "explanation of each frame (default: cam)")
  String method = "cam";

  @Option(names = "--steps", paramLabel = "N", description = "of a walk (default: 200)")
  int steps = new TypeOne().steps();

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "shown, or measured, of a walk (default: 10)")
  int frames = 10;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = AtLeastOne.class,
      description = "images attacked together (default: 25)")
  int batch = 25;

  @Mixin EngineOption engine = new EngineOption();

  @Option(names = "--threads", paramLabel = "N", description = "for computing (default: all)")
  int threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE}); unfinished work in it goes on")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  TransitionCommand(DataHome home) {
    this.home = home;
  }

  @Override
  public Integer call() {
    Check.within(2, 60, frames, "frames");
    Check.atLeast(0, pairs, "pairs");
    Check.atLeast(0, threads, "threads");
    if (threads > 0) {
      Engine.setThreads(threads);
    }
    TransitionNetworks networks =
        TransitionNetworks.open(
            home,
            network,
            oracles,
            new TypeOne().withGenerator(generator).withSteps(steps),
            Algorithm.of(method),
            engine.engine());
    DataSet set = NetworkView.of(Downloads.dataSet(images, home), networks.attacked());
    Path report = pairs > 0 ? measure(networks, set) : show(networks, set);
    ReportLine.print(spec.commandLine().getOut(), report);
    return 0;
  }

  private Path show(TransitionNetworks networks, DataSet set) {
    int classes = networks.attacked().card().classes();
    Check.within(0, classes - 1, from, "from");
    Check.within(0, classes - 1, to, "to");
    if (from == to) {
      throw new InputException("--from and --to must be two classes, but both are " + from);
    }
    int image = TransitionCase.firstOf(networks.attacked(), set, from);
    ObjectNode settings = networks.spec();
    settings.put("image", set.imageName(image));
    settings.put("imageSha256", set.sha256(image));
    settings.put("frames", frames);
    TransitionFolder folder = new TransitionFolder(out, settings, from, to, SIMILARITY);
    Map<String, LatentWalk> walks = new LinkedHashMap<>();
    walks.put("transition", networks.attack().transition());
    walks.put("type-one", networks.attack().walk());
    return LongTask.run(
        "steps",
        2L * steps,
        folder::abandon,
        run -> {
          walks.forEach(
              (name, walk) -> {
                List<TransitionFrame> shown = frames(networks, walk, set, image, run);
                folder.add(name, shown);
                print(name, shown.get(shown.size() - 1));
              });
          return folder.finish(provenance(networks));
        });
  }

  private List<TransitionFrame> frames(
      TransitionNetworks networks, LatentWalk walk, DataSet set, int image, Run run) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(set.image(image)));
      Problem problem = Problem.of(networks.attacked(), pixels, List.of(from));
      TransitionPath path =
          networks.observer().path(walk, pixels, Math.max(1, steps / (frames - 1)));
      walk.run(networks.observer().model(), problem, List.of(to), run, path);
      return path.of(0);
    }
  }

  private void print(String name, TransitionFrame last) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s: the network predicts %s, %s of %s oracles see %s, L2 %.2f in pixels, %.2f in the"
                + " code%n",
            name,
            last.prediction().top(),
            last.votes(to),
            last.oracles().size(),
            to,
            last.pixelDistance(),
            last.latentDistance());
  }

  private Path measure(TransitionNetworks networks, DataSet set) {
    List<TransitionCase> cases = TransitionCase.first(networks.attacked(), set, pairs);
    DataSet chosen = set.select(cases.stream().mapToInt(TransitionCase::image).toArray());
    ObjectNode settings = networks.spec();
    settings.put("frames", frames);
    TypeOneFolder folder =
        new TypeOneFolder(out, settings, networks.attacked().labels(), oracles.size(), chosen);
    TypeOneEvaluation evaluation =
        new TypeOneEvaluation(networks.observer(), networks.attack(), SIMILARITY, frames);
    List<TypeOneResult> results =
        LongTask.run(
            "images",
            cases.size(),
            folder::abandon,
            run -> results(evaluation, folder, set, cases, run));
    Path report = folder.finish(set, cases, results, provenance(networks));
    List<List<String>> summary = folder.summary(results);
    TextTable table = new TextTable(summary.get(0));
    summary.stream().skip(1).forEach(table::row);
    PrintWriter printer = spec.commandLine().getOut();
    table.print(printer);
    return report;
  }

  /** Attacks the images that have no results yet, some at once. */
  private List<TypeOneResult> results(
      TypeOneEvaluation evaluation,
      TypeOneFolder folder,
      DataSet set,
      List<TransitionCase> cases,
      Run run) {
    List<Integer> missing =
        IntStream.range(0, cases.size()).filter(i -> folder.recall(i).isEmpty()).boxed().toList();
    for (int first = 0; first < missing.size(); first += batch) {
      run.report(cases.size() - missing.size() + first, cases.size(), "images");
      List<Integer> part = missing.subList(first, Math.min(missing.size(), first + batch));
      List<TypeOneResult> found = evaluation.of(set, part.stream().map(cases::get).toList(), run);
      for (int i = 0; i < part.size(); i++) {
        folder.keep(part.get(i), found.get(i));
      }
    }
    List<TypeOneResult> all = new ArrayList<>();
    IntStream.range(0, cases.size()).forEach(i -> folder.recall(i).ifPresent(all::add));
    return all;
  }

  private Provenance provenance(TransitionNetworks networks) {
    return Provenance.of(networks.attacked(), CommandWords.of(spec));
  }
}
