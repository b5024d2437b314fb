package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.experiments.Trend;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Correlation;
import io.adversight.metric.statistic.EnergyConcentration;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.report.format.NumberText;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Experiment 3 of the first study: the saliency difference per network, and whether perturbations
 * that are concentrated on few pixels are the more effective ones.
 */
public final class AdvisConcentration implements Experiment {
  @Override
  public String name() {
    return "advis-concentration";
  }

  @Override
  public void measure(Bench bench) {
    DataSet photos = Photos.of(bench);
    List<Double> levels = bench.values("epsilons");
    List<Line> differences = new ArrayList<>();
    List<Line> successes = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    for (String name : bench.names("models")) {
      GraphClassifier network = bench.network(name);
      List<JsonNode> rows =
          bench.each(
              name,
              photos.size(),
              i -> row(bench, Photo.of(network, photos, i, bench.rng()), levels));
      Trend difference = Trend.of("saliency difference, " + name, levels, rows, "difference");
      Trend success = Trend.of("success, " + name, levels, rows, "success");
      difference.note(bench);
      success.note(bench);
      differences.add(new Line(name, levels, difference.means()));
      successes.add(new Line(name, levels, success.means()));
      double[] concentration = column(rows, "deepFoolConcentration");
      double[] distance = column(rows, "deepFoolL2");
      double[] gradient = column(rows, "gradientConcentration");
      double[] flips = column(rows, "flips");
      double minimal = Correlation.spearman(concentration, distance).orElse(0);
      double sign = Correlation.spearman(gradient, flips).orElse(0);
      bench.number("rank correlation of concentration and distance, " + name, minimal);
      bench.number("rank correlation of gradient concentration and success, " + name, sign);
      bench.number("concentration of DeepFool, " + name, mean(rows, "deepFoolConcentration"));
      bench.number("concentration of the gradient, " + name, mean(rows, "gradientConcentration"));
      bench.number("DeepFool L2, " + name, mean(rows, "deepFoolL2"));
      table.add(
          List.of(
              name,
              shown(mean(rows, "deepFoolConcentration")),
              shown(mean(rows, "deepFoolL2")),
              shown(mean(rows, "gradientConcentration")),
              shown(minimal),
              shown(sign)));
    }
    bench.number("photos", photos.size());
    bench.table(
        "concentration",
        "Share of energy in the top tenth of the pixels, and effect",
        List.of(
            "network",
            "DeepFool's concentration",
            "DeepFool's L2",
            "the gradient's concentration",
            "rank correlation with L2",
            "rank correlation with FGSM's success"),
        table);
    bench.plot("difference", plot("Saliency difference", "mean |difference|", differences));
    bench.plot("success", plot("Success of FGSM", "share of photos", successes));
  }

  private static LinePlot plot(String title, String axis, List<Line> lines) {
    return LinePlot.of(title, "epsilon / (1/255)", axis, lines);
  }

  private static String shown(double value) {
    return NumberText.of(value);
  }

  private static double[] column(List<JsonNode> rows, String name) {
    return rows.stream().mapToDouble(row -> Json.number(row.path(name))).toArray();
  }

  private static double mean(List<JsonNode> rows, String name) {
    return Sample.of(rows.stream().map(row -> Json.number(row.path(name))).toList()).mean();
  }

  private static ObjectNode row(Bench bench, Photo photo, List<Double> levels) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    ArrayNode differences = row.putArray("difference");
    ArrayNode success = row.putArray("success");
    Raster clean = Saliency.of(photo.view());
    int flips = 0;
    for (Adversarial result : photo.fgsm(levels)) {
      bench.run().checkCancelled();
      differences.add(Saliency.size(Saliency.difference(clean, Saliency.of(result.changed()))));
      success.add(result.success() ? 1 : 0);
      flips += result.success() ? 1 : 0;
    }
    row.put("flips", flips);
    row.put("gradientConcentration", new EnergyConcentration(0.1).of(photo.gradient()));
    Adversarial nearest = photo.deepFool(bench.count("candidates"));
    row.put("deepFoolConcentration", new EnergyConcentration(0.1).of(change(nearest)));
    row.put("deepFoolL2", nearest.norms().l2());
    return row;
  }

  /** What an attack added to an image. */
  static Raster change(Adversarial result) {
    Raster before = result.original();
    return Raster.generate(
        before.channels(),
        before.height(),
        before.width(),
        (c, y, x) -> result.changed().at(c, y, x) - before.at(c, y, x));
  }
}
