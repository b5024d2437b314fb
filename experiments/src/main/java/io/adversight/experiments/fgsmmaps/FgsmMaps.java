package io.adversight.experiments.fgsmmaps;

import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.experiments.Trend;
import io.adversight.experiments.fgsmmaps.Pairs.Which;
import io.adversight.metric.numeric.RocCurve;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.report.format.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The second study: how similar heat maps are before and after FGSM. The settings say network,
 * images, targets, methods and measures; epsilons are in pixels of [0, 1], and numbers have them in
 * the study's scale of [-1, 1], where they are twice as large.
 *
 * @param name of its folder
 */
public record FgsmMaps(String name) implements Experiment {
  private static final int BATCH = 10;
  private static final List<String> DETECTORS =
      List.of("max-softmax", "feature squeezing", "stability of Grad-CAM");

  @Override
  public void measure(Bench bench) {
    Comparison comparison = Comparison.of(bench);
    DataSet images = bench.images();
    List<JsonNode> parts =
        bench.each(
            "images",
            (images.size() + BATCH - 1) / BATCH,
            b ->
                ImageBatch.rows(
                    bench,
                    comparison,
                    images,
                    b * BATCH,
                    Math.min(images.size(), (b + 1) * BATCH)));
    Pairs pairs = new Pairs(parts.stream().flatMap(JsonNode::valueStream).toList());
    bench.number("images", images.size());
    bench.number(
        "accuracy",
        Sample.of(
                pairs.rows().stream()
                    .map(row -> row.path("right").asBoolean() ? 1.0 : 0.0)
                    .toList())
            .mean());
    otherImages(bench, comparison, pairs);
    if (bench.values("targets").isEmpty()) {
      untargeted(bench, comparison, pairs);
    } else {
      targeted(bench, comparison, pairs);
    }
    bench.image(
        "maps",
        "An image, its maps, and those under attack",
        () -> Sheet.of(bench, comparison, images));
  }

  private static String number(Comparison comparison, int measure, int method, String rest) {
    return "%s, %s, %s"
        .formatted(
            comparison.measures().get(measure).name(),
            comparison.methods().get(method).name(),
            rest);
  }

  /** The study's epsilon, in the scale of [-1, 1]. */
  private static String at(double epsilon) {
    return " at " + Trend.place(Math.rint(2000 * epsilon) / 1000);
  }

  private static void otherImages(Bench bench, Comparison comparison, Pairs pairs) {
    for (int s = 0; s < comparison.measures().size(); s++) {
      for (int m = 0; m < comparison.methods().size(); m++) {
        bench.number(
            number(comparison, s, m, "other image"), pairs.mean("other image", 0, Which.ALL, m, s));
      }
    }
  }

  private static void untargeted(Bench bench, Comparison comparison, Pairs pairs) {
    List<Double> epsilons = bench.values("epsilons");
    List<List<String>> table = new ArrayList<>();
    for (double epsilon : epsilons) {
      bench.number("class changes" + at(epsilon), pairs.flips("attack", epsilon));
      bench.number("class changes by noise" + at(epsilon), pairs.flips("noise", epsilon));
      for (int s = 0; s < comparison.measures().size(); s++) {
        for (int m = 0; m < comparison.methods().size(); m++) {
          note(bench, comparison, pairs, epsilon, s, m, table);
        }
      }
      for (String detector : DETECTORS) {
        pairs
            .auc(detector, epsilon)
            .ifPresent(auc -> bench.number("AUC of " + detector + at(epsilon), auc));
      }
    }
    bench.table(
        "similarities",
        "Mean similarity of the maps before and after",
        List.of(
            "measure",
            "method",
            "epsilon",
            "attack",
            "class kept",
            "class changed",
            "same class explained",
            "noise"),
        table);
    plots(bench, comparison, pairs, epsilons);
  }

  private static void note(
      Bench bench,
      Comparison comparison,
      Pairs pairs,
      double epsilon,
      int s,
      int m,
      List<List<String>> table) {
    double attack = pairs.mean("attack", epsilon, Which.ALL, m, s);
    double kept = pairs.mean("attack", epsilon, Which.KEPT, m, s);
    double flipped = pairs.mean("attack", epsilon, Which.FLIPPED, m, s);
    double same = pairs.mean("same class", epsilon, Which.ALL, m, s);
    double noise = pairs.mean("noise", epsilon, Which.ALL, m, s);
    bench.number(number(comparison, s, m, "attack" + at(epsilon)), attack);
    bench.number(number(comparison, s, m, "class kept" + at(epsilon)), kept);
    bench.number(number(comparison, s, m, "class changed" + at(epsilon)), flipped);
    bench.number(number(comparison, s, m, "same class" + at(epsilon)), same);
    bench.number(number(comparison, s, m, "noise" + at(epsilon)), noise);
    table.add(
        Stream.concat(
                Stream.of(
                    comparison.measures().get(s).name(),
                    comparison.methods().get(m).name(),
                    Trend.place(Math.rint(2000 * epsilon) / 1000)),
                Stream.of(attack, kept, flipped, same, noise)
                    .map(value -> Double.isNaN(value) ? "–" : NumberText.of(value)))
            .toList());
    if (bench.settings().path("controls").asBoolean()) {
      bench.number(
          "AUC of %s by %s%s"
              .formatted(
                  comparison.methods().get(m).name(),
                  comparison.measures().get(s).name(),
                  at(epsilon)),
          pairs.roc(epsilon, m, s).auc());
    }
  }

  private static void plots(
      Bench bench, Comparison comparison, Pairs pairs, List<Double> epsilons) {
    List<Double> axis = epsilons.stream().map(epsilon -> 2 * epsilon).toList();
    for (int s = 0; s < comparison.measures().size(); s++) {
      List<Line> lines = new ArrayList<>();
      for (String kind : List.of("attack", "same class", "noise")) {
        for (int m = 0; m < comparison.methods().size(); m++) {
          int method = m;
          int measure = s;
          lines.add(
              new Line(
                  "%s, %s".formatted(comparison.methods().get(m).name(), kind),
                  axis,
                  epsilons.stream()
                      .map(e -> pairs.mean(kind, e, Which.ALL, method, measure))
                      .toList()));
        }
      }
      String name = comparison.measures().get(s).name();
      bench.plot(
          "similarity-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
          LinePlot.of(
              "%s of maps before and after".formatted(name),
              "epsilon in the scale of [-1, 1]",
              name,
              lines));
    }
    double middle = epsilons.get(epsilons.size() / 2);
    List<Line> curves = new ArrayList<>();
    for (int m = 0; m < comparison.methods().size(); m++) {
      RocCurve roc = pairs.roc(middle, m, 0);
      curves.add(
          new Line(
              comparison.methods().get(m).name(),
              roc.drawn().stream().map(RocCurve.Point::falsePositiveRate).toList(),
              roc.drawn().stream().map(RocCurve.Point::truePositiveRate).toList()));
    }
    bench.plot(
        "roc",
        LinePlot.of(
                "Attack against noise by dissimilarity of maps,%s".formatted(at(middle)),
                "false positive rate",
                "true positive rate",
                curves)
            .within(0, 1)
            .withDiagonal());
  }

  private static void targeted(Bench bench, Comparison comparison, Pairs pairs) {
    double epsilon = bench.values("epsilons").get(0);
    List<Integer> targets = bench.values("targets").stream().map(Double::intValue).toList();
    List<List<String>> table = new ArrayList<>();
    List<Double> axis = targets.stream().map(Integer::doubleValue).toList();
    bench.number(
        "class changes",
        Sample.of(targets.stream().map(t -> pairs.flips("target " + t, epsilon)).toList()).mean());
    for (int s = 0; s < comparison.measures().size(); s++) {
      List<Line> lines = new ArrayList<>();
      for (int m = 0; m < comparison.methods().size(); m++) {
        int method = m;
        int measure = s;
        List<Double> means =
            targets.stream()
                .map(t -> pairs.mean("target " + t, epsilon, Which.ALL, method, measure))
                .toList();
        Sample sample = Sample.of(means);
        bench.number(number(comparison, s, m, "targeted"), sample.mean());
        double high = means.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double low = means.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        bench.number(number(comparison, s, m, "spread over targets"), high - low);
        lines.add(new Line(comparison.methods().get(m).name(), axis, means));
        table.add(
            List.of(
                comparison.measures().get(s).name(),
                comparison.methods().get(m).name(),
                NumberText.of(sample.mean()),
                NumberText.of(low),
                NumberText.of(high)));
      }
      String name = comparison.measures().get(s).name();
      bench.plot(
          "targets-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-"),
          LinePlot.of(
              "%s of maps before and after, by target class".formatted(name),
              "target class",
              name,
              lines));
    }
    bench.table(
        "targets",
        "Mean similarity over all target classes, and its smallest and largest by class",
        List.of("measure", "method", "mean", "smallest", "largest"),
        table);
  }
}
