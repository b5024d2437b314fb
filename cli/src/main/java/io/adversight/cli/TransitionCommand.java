package io.adversight.cli;

import io.adversight.attack.latent.Generators;
import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.latent.TypeOne;
import io.adversight.attribution.Attribution;
import io.adversight.data.DataSet;
import io.adversight.describe.Check;
import io.adversight.evaluation.robustness.TransitionPath;
import io.adversight.evaluation.robustness.TypeOneEvaluation;
import io.adversight.home.DataHome;
import io.adversight.image.ColorScale;
import io.adversight.image.ContactSheet;
import io.adversight.image.ImageGrid;
import io.adversight.image.Interpolation;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.LatentModel;
import io.adversight.model.ModelReader;
import io.adversight.model.Models;
import io.adversight.model.NetworkView;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.plot.MatrixPlot;
import io.adversight.report.Provenance;
import io.adversight.report.image.ImageOutputFolder;
import io.adversight.run.Run;
import io.adversight.study.Algorithm;
import io.adversight.study.ExplanationMethods;
import io.adversight.tensor.Device;
import io.adversight.tensor.Engine;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One class becomes another through a generative model, noticed by the network or not. */
@Example("adversight transition --from 7 --to 9 --frames 4")
@Command(
    name = "transition",
    mixinStandardHelpOptions = true,
    description = {
      "Moves an image of one class to another through the code of a generative model: once freely",
      "(a transition), once while the network keeps its prediction (a Type I attack). Frames show",
      "the decoded image and the heat map of the network; oracles judge what the images show."
    },
    sortOptions = false)
final class TransitionCommand implements Callable<Integer> {
  private static final int BATCH = 25;

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
      description = "explanation beside each frame (default: cam)")
  String method = "cam";

  @Option(names = "--steps", paramLabel = "N", description = "of a walk (default: 200)")
  int steps = new TypeOne().steps();

  @Option(names = "--frames", paramLabel = "N", description = "shown of a walk (default: 10)")
  int frames = 10;

  @Option(names = "--threads", paramLabel = "N", description = "for computing (default: all)")
  int threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = FreshFolder.DEFAULT,
      converter = FreshFolder.class,
      description = "for the results (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  TransitionCommand(DataHome home) {
    this.home = home;
  }

  /** What takes part. */
  private record Players(
      LatentModel model, Classifier attacked, List<Classifier> oracles, TypeOne attack) {}

  @Override
  public Integer call() {
    Check.within(2, 60, frames, "frames");
    Check.atLeast(0, pairs, "pairs");
    Check.atLeast(0, threads, "threads");
    if (threads > 0) {
      Engine.setThreads(threads);
    }
    TypeOne defaults = new TypeOne();
    TypeOne attack =
        new TypeOne(
            generator,
            steps,
            defaults.rate(),
            defaults.realness(),
            defaults.cycle(),
            defaults.growth(),
            defaults.balance(),
            defaults.bound(),
            defaults.largest(),
            defaults.confidence());
    Classifier attacked = open(network);
    LatentModel model = Generators.open(generator, attacked);
    List<Classifier> judges = oracles.stream().map(this::open).toList();
    for (Classifier judge : judges) {
      if (!judge.card().input().equals(attacked.card().input())) {
        throw new InputException(
            "the oracle \"%s\" takes images of another size than \"%s\""
                .formatted(judge.card().name(), attacked.card().name()));
      }
    }
    Players players = new Players(model, attacked, judges, attack);
    DataSet set = NetworkView.of(Downloads.dataSet(images, home), attacked);
    return pairs > 0 ? measure(players, set) : show(players, set);
  }

  private Classifier open(String name) {
    return ModelReader.open(Downloads.locate(new Models(home), name), Device.CPU);
  }

  private Integer show(Players players, DataSet set) {
    int classes = players.attacked().card().classes();
    Check.within(0, classes - 1, from, "from");
    Check.within(0, classes - 1, to, "to");
    if (from == to) {
      throw new InputException("--from and --to must be two classes, but both are " + from);
    }
    Attribution explanation = ExplanationMethods.create(Algorithm.of(method));
    explanation.gradientsAt(players.attacked());
    ImageOutputFolder folder = new ImageOutputFolder(out);
    int image = first(players.attacked(), set);
    TransitionPath path =
        new TransitionPath(players.model(), players.attacked(), players.oracles(), explanation);
    int every = Math.max(1, steps / (frames - 1));
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "walk",
            "step",
            "predicted",
            "p_from",
            "p_to",
            "oracles_from",
            "oracles_to",
            "votes_to",
            "realness",
            "pixel_l2",
            "latent_l2"));
    Map<String, LatentWalk> walks = new LinkedHashMap<>();
    walks.put("transition", players.attack().transition());
    walks.put("type-one", players.attack().walk());
    for (Map.Entry<String, LatentWalk> walk : walks.entrySet()) {
      List<TransitionPath.Frame> shown =
          path.of(walk.getValue(), set.image(image), from, to, every);
      write(folder, walk.getKey(), shown, lines);
    }
    folder.table("path", lines);
    return finish(folder, players, Map.of("image", set.imageName(image), "from", from, "to", to));
  }

  private void write(
      ImageOutputFolder folder,
      String name,
      List<TransitionPath.Frame> shown,
      List<List<String>> lines) {
    List<Raster> cells = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<Raster> maps = new ArrayList<>();
    List<Raster> film = new ArrayList<>();
    for (TransitionPath.Frame frame : shown) {
      Raster large = RasterResize.enlarged(frame.image(), 112).toRgb();
      Raster colours =
          RasterResize.to(
              ColorScale.of(frame.map()).apply(frame.map()),
              large.height(),
              large.width(),
              Interpolation.NEAREST);
      Raster map = Overlay.blend(large, colours, 0.6);
      cells.add(large);
      words.add(
          "%s, oracles %s/%s"
              .formatted(frame.prediction().top(), frame.votes(to), frame.oracles().size()));
      maps.add(map);
      film.add(ImageGrid.of(List.of(large, map), 2, 4));
      lines.add(
          List.of(
              name,
              Integer.toString(frame.step()),
              Integer.toString(frame.prediction().top()),
              text(frame.prediction().probability(from)),
              text(frame.prediction().probability(to)),
              text(frame.oracle(from)),
              text(frame.oracle(to)),
              Integer.toString(frame.votes(to)),
              text(frame.realness()),
              text(frame.pixelDistance()),
              text(frame.latentDistance())));
    }
    List<Raster> all = new ArrayList<>(cells);
    all.addAll(maps);
    List<String> captions = new ArrayList<>(words);
    captions.addAll(shown.stream().map(frame -> "map of " + frame.prediction().top()).toList());
    String title =
        "%s: %s to %s. Under each frame: the prediction, and the oracles that see the target"
            .formatted(name, from, to);
    folder.sheet(name, title, ContactSheet.of(all, captions, cells.size(), 112), Map.of());
    folder.frames(name + "-film", title, film, Math.min(film.size(), 5));
    folder.plot(
        name + "-confidence",
        LinePlot.of(
                "%s, %s to %s: probabilities along the walk".formatted(name, from, to),
                "step",
                "probability",
                List.of(
                    line("network, " + from, shown, f -> f.prediction().probability(from)),
                    line("network, " + to, shown, f -> f.prediction().probability(to)),
                    line("oracles, " + from, shown, f -> f.oracle(from)),
                    line("oracles, " + to, shown, f -> f.oracle(to))))
            .within(0, 1));
    TransitionPath.Frame last = shown.get(shown.size() - 1);
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

  private static Line line(
      String name, List<TransitionPath.Frame> shown, ToDoubleFunction<TransitionPath.Frame> value) {
    return new Line(
        name,
        shown.stream().map(frame -> (double) frame.step()).toList(),
        shown.stream().map(value::applyAsDouble).toList());
  }

  /** The first image of the class that the network has right. */
  private int first(Classifier attacked, DataSet set) {
    for (int i = 0; i < set.size(); i++) {
      if (set.label(i) == from && isRight(attacked, set, i)) {
        return i;
      }
    }
    throw new InputException(
        "%s has no image of class %s that \"%s\" has right"
            .formatted(images, from, attacked.card().name()));
  }

  private static boolean isRight(Classifier attacked, DataSet set, int image) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(set.image(image)));
      return attacked.predict(pixels).get(0).top() == set.label(image);
    }
  }

  private Integer measure(Players players, DataSet set) {
    int classes = players.attacked().card().classes();
    ImageOutputFolder folder = new ImageOutputFolder(out);
    List<Integer> chosen = new ArrayList<>();
    int[] ends = new int[classes];
    Arrays.fill(ends, -1);
    for (int i = 0; i < set.size() && chosen.size() < pairs; i++) {
      if (isRight(players.attacked(), set, i)) {
        chosen.add(i);
        ends[set.label(i)] = ends[set.label(i)] < 0 ? i : ends[set.label(i)];
      }
    }
    if (chosen.isEmpty() || IntStream.of(ends).anyMatch(end -> end < 0)) {
      throw new InputException(
          "--pairs needs an image of every class among those it attacks; give a larger number or"
              + " another set");
    }
    TypeOneEvaluation evaluation =
        new TypeOneEvaluation(
            players.model(), players.attacked(), players.oracles(), players.attack());
    List<TypeOneEvaluation.Outcome> outcomes = new ArrayList<>();
    int[] seen = new int[classes];
    try (Cancelling cancelling = Cancelling.open();
        Console console = Console.open("images", chosen.size(), Console.isInteractive())) {
      for (int start = 0; start < chosen.size(); start += BATCH) {
        List<Integer> part = chosen.subList(start, Math.min(chosen.size(), start + BATCH));
        List<Integer> labels = part.stream().map(set::label).toList();
        List<Integer> targets =
            labels.stream()
                .map(label -> (label + 1 + seen[label]++ % (classes - 1)) % classes)
                .toList();
        try (Scope scope = Scope.open()) {
          Tensor pixels = Batches.of(part.stream().map(set::image).toList());
          Tensor last = Batches.of(targets.stream().map(t -> set.image(ends[t])).toList());
          Run run = Run.of(new Rng(0), pixels).with(cancelling.flag());
          outcomes.addAll(evaluation.of(part.get(0), pixels, labels, targets, last, run));
        }
        console.stepTo(start + part.size(), chosen.size());
      }
    }
    tabulate(folder, evaluation, outcomes, classes);
    return finish(folder, players, Map.of("images", chosen.size(), "set", set.name()));
  }

  private void tabulate(
      ImageOutputFolder folder,
      TypeOneEvaluation evaluation,
      List<TypeOneEvaluation.Outcome> outcomes,
      int classes) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "method",
            "label",
            "target",
            "predicted",
            "kept",
            "votes",
            "success",
            "pixel_l2",
            "latent_l2"));
    for (TypeOneEvaluation.Outcome outcome : outcomes) {
      lines.add(
          List.of(
              outcome.method().name().toLowerCase(Locale.ROOT),
              Integer.toString(outcome.label()),
              Integer.toString(outcome.target()),
              Integer.toString(outcome.predicted()),
              Boolean.toString(outcome.isKept()),
              Integer.toString(outcome.votes()),
              Boolean.toString(evaluation.succeeds(outcome)),
              text(outcome.pixelDistance()),
              text(outcome.latentDistance())));
    }
    folder.table("outcomes", lines);
    PrintWriter printer = spec.commandLine().getOut();
    TextTable table =
        new TextTable(
            List.of("method", "label kept", "oracles see target", "success", "L2", "L2 of codes"));
    for (TypeOneEvaluation.Method each : TypeOneEvaluation.Method.values()) {
      List<TypeOneEvaluation.Outcome> own =
          outcomes.stream().filter(outcome -> outcome.method() == each).toList();
      table.row(
          List.of(
              each.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              share(own, outcome -> outcome.isKept() ? 1 : 0),
              share(own, outcome -> 2 * outcome.votes() > oracles.size() ? 1 : 0),
              share(own, outcome -> evaluation.succeeds(outcome) ? 1 : 0),
              text(own.stream().mapToDouble(o -> o.pixelDistance()).average().orElse(0)),
              text(own.stream().mapToDouble(o -> o.latentDistance()).average().orElse(0))));
    }
    table.print(printer);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    for (TypeOneEvaluation.Method each :
        List.of(TypeOneEvaluation.Method.TYPE_ONE, TypeOneEvaluation.Method.TRANSITION)) {
      List<List<Double>> values = new ArrayList<>();
      for (int label = 0; label < classes; label++) {
        List<Double> row = new ArrayList<>();
        for (int target = 0; target < classes; target++) {
          row.add(rate(evaluation, outcomes, each, label, target));
        }
        values.add(row);
      }
      String title =
          each == TypeOneEvaluation.Method.TYPE_ONE
              ? "Type I success: the label stays, most oracles see the target"
              : "Transitions: most oracles see the target";
      folder.plot(
          each.name().toLowerCase(Locale.ROOT),
          new MatrixPlot(title, "from", names, "to", names, values));
    }
  }

  private double rate(
      TypeOneEvaluation evaluation,
      List<TypeOneEvaluation.Outcome> outcomes,
      TypeOneEvaluation.Method wanted,
      int label,
      int target) {
    return outcomes.stream()
        .filter(o -> o.method() == wanted && o.label() == label && o.target() == target)
        .mapToDouble(
            o ->
                wanted == TypeOneEvaluation.Method.TYPE_ONE
                    ? evaluation.succeeds(o) ? 1 : 0
                    : 2 * o.votes() > oracles.size() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static String share(
      List<TypeOneEvaluation.Outcome> outcomes, ToDoubleFunction<TypeOneEvaluation.Outcome> value) {
    return String.format(
        Locale.ROOT, "%.1f %%", 100 * outcomes.stream().mapToDouble(value).average().orElse(0));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private Integer finish(ImageOutputFolder folder, Players players, Map<String, ?> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("model", players.attacked().card().name());
    all.put("generator", players.model().card().name());
    all.put("oracles", players.oracles().stream().map(o -> o.card().name()).toList());
    all.put("steps", steps);
    all.putAll(settings);
    ReportLine.print(
        spec.commandLine().getOut(),
        folder.finish(all, Provenance.of(players.attacked(), CommandWords.of(spec))));
    return 0;
  }
}
