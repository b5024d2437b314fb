package io.adversight.report.robustness;

import io.adversight.evaluation.robustness.MethodStatistics;
import io.adversight.evaluation.robustness.PathStatistics;
import io.adversight.evaluation.robustness.PathStatistics.Change;
import io.adversight.evaluation.robustness.PathStatistics.Point;
import io.adversight.evaluation.robustness.PathStatistics.Steps;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.report.format.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What Type I attacks and transitions of many images show, as tables with a head and as plots. */
final class TypeOneTables {
  private final List<TypeOneResult> results;
  private final int oracles;
  private final PathStatistics typeOne;
  private final PathStatistics transition;

  /**
   * Tables of at least one result.
   *
   * @param oracles how many there are
   */
  TypeOneTables(List<TypeOneResult> results, int oracles) {
    this.results = results;
    this.oracles = oracles;
    this.typeOne = PathStatistics.of(results.stream().map(TypeOneResult::typeOnePath).toList());
    this.transition =
        PathStatistics.of(results.stream().map(TypeOneResult::transitionPath).toList());
  }

  /** Success and distances, by method. */
  List<List<String>> methods() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "method",
            "label kept",
            "oracles see target",
            "success",
            "of all oracles",
            "L2",
            "L2 of codes",
            "map similarity",
            "of successes"));
    for (MethodStatistics method : MethodStatistics.of(results, oracles)) {
      lines.add(
          List.of(
              method.method().toString(),
              NumberText.percent(method.kept()),
              NumberText.percent(method.seen()),
              NumberText.percent(method.success()),
              NumberText.percent(method.agreed()),
              text(method.pixelDistance()),
              text(method.latentDistance()),
              text(method.mapSimilarity()),
              text(method.mapOfSuccesses())));
    }
    return lines;
  }

  /** Similarity of consecutive explanations by what changes, for both walks. */
  List<List<String>> steps() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "what changes",
            Method.TYPE_ONE + ": frames",
            "similarity",
            Method.TRANSITION + ": frames",
            "similarity"));
    for (Change change : Change.values()) {
      List<String> line = new ArrayList<>(List.of(change.toString()));
      for (PathStatistics path : List.of(typeOne, transition)) {
        Steps steps = path.steps().getOrDefault(change, new Steps(0, Double.NaN));
        line.add(Long.toString(steps.count()));
        line.add(text(steps.similarity()));
      }
      lines.add(line);
    }
    return lines;
  }

  /** Whether the explanation goes with the network or with the oracles. */
  List<List<String>> correlations() {
    return List.of(
        List.of("walk", "label by the network", "label by the oracles"),
        correlation(Method.TYPE_ONE, typeOne),
        correlation(Method.TRANSITION, transition));
  }

  private static List<String> correlation(Method walk, PathStatistics path) {
    return List.of(walk.toString(), text(path.withNetwork()), text(path.withOracles()));
  }

  /** Similarities of explanations of images that no walk joins. */
  List<List<String>> controls() {
    return List.of(
        List.of("compared with the explanation of the original", "mean similarity"),
        List.of("another image of its class", text(mean(TypeOneResult::mapOfCompanion))),
        List.of("an image of the target class", text(mean(TypeOneResult::mapOfTarget))),
        List.of("the same image, target class", text(mean(TypeOneResult::mapOfOtherClass))));
  }

  private double mean(ToDoubleFunction<TypeOneResult> value) {
    return results.stream()
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** The means along the walk of the attack. */
  LinePlot typeOnePlot() {
    return plot(Method.TYPE_ONE, typeOne.points());
  }

  /** The means along the walk that ignores the attacked network. */
  LinePlot transitionPlot() {
    return plot(Method.TRANSITION, transition.points());
  }

  private static LinePlot plot(Method walk, List<Point> points) {
    return LinePlot.of(
        "%s: explanation, network and oracles along the walk".formatted(walk),
        "step",
        "mean over all images",
        List.of(
            line("network: probability of the label", points, Point::network),
            line("oracles: probability of the label", points, Point::oracles),
            line("map: similarity to the first", points, Point::toStart),
            line("map: similarity to the one before", points, Point::toPrevious)));
  }

  private static Line line(String name, List<Point> points, ToDoubleFunction<Point> value) {
    List<Point> known =
        points.stream().filter(point -> Double.isFinite(value.applyAsDouble(point))).toList();
    return new Line(
        name,
        known.stream().map(point -> (double) point.step()).toList(),
        known.stream().map(value::applyAsDouble).toList());
  }

  /** A number with four digits; empty where there is none. */
  static String text(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
  }
}
