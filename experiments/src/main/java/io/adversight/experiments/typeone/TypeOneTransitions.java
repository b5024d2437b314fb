package io.adversight.experiments.typeone;

import io.adversight.attack.latent.LatentWalk;
import io.adversight.attack.problem.Problem;
import io.adversight.evaluation.robustness.FrameNumbers;
import io.adversight.evaluation.robustness.MethodStatistics;
import io.adversight.evaluation.robustness.PathStatistics;
import io.adversight.evaluation.robustness.PathStatistics.Change;
import io.adversight.evaluation.robustness.PathStatistics.Point;
import io.adversight.evaluation.robustness.TransitionCase;
import io.adversight.evaluation.robustness.TransitionFrame;
import io.adversight.evaluation.robustness.TransitionPath;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.report.robustness.FrameImages;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The transitions of the slides, seven to nine and seven to zero, with the class activation map of
 * each frame; and the same with a Type I attack, which keeps the attacked network's label.
 */
public final class TypeOneTransitions implements Experiment {
  private static final int SHOWN = 8;
  private static final int TILE = 84;

  @Override
  public String name() {
    return "type-one-transitions";
  }

  @Override
  public void measure(Bench bench) {
    Contestants contestants = Contestants.of(bench);
    int from = bench.count("from");
    List<Integer> sevens = contestants.ofClass(from, bench.count("count"));
    List<List<String>> table = new ArrayList<>();
    for (double value : bench.values("to")) {
      int to = (int) value;
      String pair = "%s to %s".formatted(from, to);
      int end = contestants.ofClass(to, 1).get(0);
      List<TransitionCase> cases =
          IntStream.range(0, sevens.size())
              .mapToObj(
                  i ->
                      new TransitionCase(
                          sevens.get(i), from, to, end, sevens.get((i + 1) % sevens.size())))
              .toList();
      List<TypeOneResult> results = contestants.results(bench, "to-" + to, cases);
      report(bench, pair, results, contestants.observer().oracles().networks().size());
      table.addAll(rows(pair, results));
      draw(bench, contestants, pair, cases, results);
    }
    bench.number("images", sevens.size());
    bench.table(
        "maps",
        "Similarity (Pearson) of the attacked network's maps of consecutive frames, by what"
            + " changes",
        List.of("walk", "what changes", "pairs of frames", "mean similarity"),
        table);
  }

  private static void report(Bench bench, String pair, List<TypeOneResult> results, int oracles) {
    for (MethodStatistics method : MethodStatistics.of(results, oracles)) {
      String name = "%s, %s: ".formatted(pair, method.method());
      bench.number(name + "label kept", method.kept().value());
      bench.number(name + "oracles see the target", method.seen().value());
      bench.number(name + "success", method.success().value());
      bench.number(name + "L2 distance", method.pixelDistance());
      bench.number(name + "L2 distance of codes", method.latentDistance());
      bench.number(name + "map like the original's", method.mapSimilarity());
      bench.number(name + "map like the original's, successes", method.mapOfSuccesses());
    }
    bench.number(
        pair + ", maps of two images of the label", mean(results, TypeOneResult::mapOfCompanion));
    bench.number(
        pair + ", map of an image of the target", mean(results, TypeOneResult::mapOfTarget));
    PathStatistics path =
        PathStatistics.of(results.stream().map(TypeOneResult::typeOnePath).toList());
    for (Change change : Change.values()) {
      PathStatistics.Steps steps =
          path.steps().getOrDefault(change, new PathStatistics.Steps(0, Double.NaN));
      bench.number(
          "%s, maps of consecutive frames, %s".formatted(pair, change), steps.similarity());
    }
    bench.number(pair + ", map follows the network", path.withNetwork());
    bench.number(pair + ", map follows the oracles", path.withOracles());
  }

  private static double mean(List<TypeOneResult> results, ToDoubleFunction<TypeOneResult> value) {
    return Sample.of(results.stream().mapToDouble(value).boxed().toList()).mean();
  }

  private static List<List<String>> rows(String pair, List<TypeOneResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(rows(pair + ", " + Method.TYPE_ONE, results, TypeOneResult::typeOnePath));
    rows.addAll(rows(pair + ", " + Method.TRANSITION, results, TypeOneResult::transitionPath));
    return rows;
  }

  private static List<List<String>> rows(
      String walk,
      List<TypeOneResult> results,
      Function<TypeOneResult, List<FrameNumbers>> frames) {
    PathStatistics path = PathStatistics.of(results.stream().map(frames).toList());
    List<List<String>> rows = new ArrayList<>();
    for (Change change : Change.values()) {
      PathStatistics.Steps steps =
          path.steps().getOrDefault(change, new PathStatistics.Steps(0, Double.NaN));
      rows.add(
          List.of(
              walk,
              change.toString(),
              Long.toString(steps.count()),
              steps.count() == 0 ? "" : String.format(Locale.ROOT, "%.3f", steps.similarity())));
    }
    return rows;
  }

  private static void draw(
      Bench bench,
      Contestants contestants,
      String pair,
      List<TransitionCase> cases,
      List<TypeOneResult> results) {
    String file = pair.replace(' ', '-');
    PathStatistics path =
        PathStatistics.of(results.stream().map(TypeOneResult::typeOnePath).toList());
    bench.plot(
        file + "-path",
        LinePlot.of(
            "%s, Type I attack: map, network and oracles along the walk".formatted(pair),
            "step",
            "mean over all images",
            List.of(
                line("network: probability of the label", path.points(), Point::network),
                line("oracles: probability of the label", path.points(), Point::oracles),
                line("map: similarity to the first", path.points(), Point::toStart),
                line("map: similarity to the last", path.points(), Point::toEnd))));
    TransitionCase shown =
        IntStream.range(0, results.size())
            .filter(i -> results.get(i).of(Method.TYPE_ONE).succeeds())
            .mapToObj(cases::get)
            .findFirst()
            .orElse(cases.get(0));
    bench.image(
        file,
        "%s: the first image whose Type I attack succeeds; under each frame the network's map"
            .formatted(pair),
        () -> sheet(contestants, shown));
  }

  private static Line line(String name, List<Point> points, ToDoubleFunction<Point> value) {
    return new Line(
        name,
        points.stream().map(point -> (double) point.step()).toList(),
        points.stream().map(value::applyAsDouble).toList());
  }

  private static Raster sheet(Contestants contestants, TransitionCase shown) {
    List<TransitionFrame> free = frames(contestants, contestants.attack().transition(), shown);
    List<TransitionFrame> kept = frames(contestants, contestants.attack().walk(), shown);
    ImageTable table =
        new ImageTable(free.stream().map(frame -> "step " + frame.step()).toList(), TILE);
    table.row("transition", FrameImages.of(free, TILE));
    table.row("its map", FrameImages.explained(free, TILE));
    table.row("Type I attack", FrameImages.of(kept, TILE));
    table.row("its map", FrameImages.explained(kept, TILE));
    return table.sheet();
  }

  private static List<TransitionFrame> frames(
      Contestants contestants, LatentWalk walk, TransitionCase shown) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(contestants.digits().image(shown.image())));
      Problem problem = Problem.of(contestants.attacked(), pixels, List.of(shown.label()));
      TransitionPath path =
          contestants.observer().path(walk, pixels, Math.max(1, walk.steps() / SHOWN));
      walk.run(contestants.observer().model(), problem, List.of(shown.target()), Run.of(1), path);
      return path.of(0);
    }
  }
}
