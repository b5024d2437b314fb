package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.experiments.Trend;
import io.adversight.image.ColorScale;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.metric.difference.LogRatioDifference;
import io.adversight.metric.numeric.Correlation;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.text.Json;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Experiment 2 of the first study: the difference of graph-based saliency against epsilon, and
 * whether its log-ratio goes with the CAM more than that of another photo does.
 */
public final class AdvisSaliencyDifference implements Experiment {
  /** Side on which maps are compared: both are smooth, the graph has 32 nodes a side. */
  private static final int GRID = 32;

  private static final int SHUFFLES = 1000;
  private static final int TILE = 112;

  @Override
  public String name() {
    return "advis-saliency-difference";
  }

  @Override
  public void measure(Bench bench) {
    GraphClassifier network = bench.network();
    DataSet photos = Photos.of(bench);
    List<Double> levels = bench.values("epsilons");
    List<JsonNode> rows =
        bench.each(
            "photo",
            photos.size(),
            i -> row(bench, Photo.of(network, photos, i, bench.rng()), levels));
    List<Line> lines = Trend.lines(bench, levels, rows, List.of("changed area", "mean difference"));
    correlate(bench, "Pearson", rows, Correlation::pearson);
    correlate(bench, "Spearman", rows, Correlation::spearman);
    bench.number("photos", rows.size());
    bench.plot(
        "difference",
        LinePlot.of(
            "Saliency difference under FGSM, %s photos".formatted(rows.size()),
            "epsilon / (1/255)",
            "mean over photos",
            lines));
    bench.image(
        "panda",
        "Saliency difference, its log-ratio, and the CAM of the adversarial image",
        () -> sheet(Photo.of(network, photos, 0, bench.rng()), levels));
  }

  private static ObjectNode row(Bench bench, Photo photo, List<Double> levels) {
    Raster clean = Saliency.of(photo.view());
    ObjectNode row = Json.MAPPER.createObjectNode();
    ArrayNode areas = row.putArray("changed area");
    ArrayNode sizes = row.putArray("mean difference");
    List<Adversarial> results = photo.fgsm(levels);
    Raster saliency = clean;
    for (Adversarial result : results) {
      bench.run().checkCancelled();
      saliency = Saliency.of(result.changed());
      Raster difference = Saliency.difference(clean, saliency);
      areas.add(Saliency.changedArea(difference));
      sizes.add(Saliency.size(difference));
    }
    Raster strongest = results.get(results.size() - 1).changed();
    put(row.putArray("log-ratio"), new LogRatioDifference().difference(clean, saliency));
    put(row.putArray("cam"), photo.cams(List.of(strongest)).get(0));
    return row;
  }

  private static void put(ArrayNode array, Raster map) {
    for (float value : RasterResize.stretch(map, GRID, GRID).toArray()) {
      array.add(value);
    }
  }

  private static void correlate(
      Bench bench,
      String name,
      List<JsonNode> rows,
      BiFunction<double[], double[], OptionalDouble> correlation) {
    List<double[]> ratios = maps(rows, "log-ratio");
    List<double[]> cams = maps(rows, "cam");
    int n = rows.size();
    double[][] pairs = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        pairs[i][j] = correlation.apply(ratios.get(i), cams.get(j)).orElse(0);
      }
    }
    Sample own = Sample.of(IntStream.range(0, n).mapToObj(i -> pairs[i][i]).toList());
    double mean = own.mean();
    int above = 0;
    double sum = 0;
    for (int s = 0; s < SHUFFLES; s++) {
      int[] order = bench.rng().split(s).permutation(n);
      double shuffled =
          IntStream.range(0, n).mapToDouble(i -> pairs[i][order[i]]).average().orElse(0);
      sum += shuffled;
      above += shuffled >= mean ? 1 : 0;
    }
    bench.number("%s of log-ratio and CAM".formatted(name), mean);
    bench.number("%s of log-ratio and CAM, lower 95 %%".formatted(name), own.interval().low());
    bench.number("%s of shuffled pairs".formatted(name), sum / SHUFFLES);
    bench.number(
        "p of %s against shuffled pairs".formatted(name), (above + 1.0) / (SHUFFLES + 1.0));
  }

  private static List<double[]> maps(List<JsonNode> rows, String field) {
    return rows.stream()
        .map(row -> row.path(field).valueStream().mapToDouble(Json::number).toArray())
        .toList();
  }

  private static Raster sheet(Photo photo, List<Double> levels) {
    List<Raster> images = photo.fgsm(levels).stream().map(Adversarial::changed).toList();
    Raster clean = Saliency.of(photo.view());
    List<Raster> after = images.stream().map(Saliency::of).toList();
    return new ImageTable(levels.stream().map(l -> "epsilon " + Trend.place(l)).toList(), TILE)
        .row("image", images)
        .row(
            "saliency difference",
            after.stream().map(map -> signed(Saliency.difference(clean, map))).toList())
        .row(
            "log-ratio",
            after.stream()
                .map(map -> signed(new LogRatioDifference().difference(clean, map)))
                .toList())
        .row("CAM", photo.cams(images).stream().map(map -> ColorScale.of(map).apply(map)).toList())
        .sheet();
  }

  private static Raster signed(Raster map) {
    return ColorScale.signed(map).apply(map);
  }
}
