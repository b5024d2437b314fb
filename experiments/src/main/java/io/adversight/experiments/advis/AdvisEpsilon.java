package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.image.ColorMap;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.metric.Centroid;
import io.adversight.metric.numeric.Correlation;
import io.adversight.metric.similarity.Pearson;
import io.adversight.metric.similarity.Ssim;
import io.adversight.metric.statistic.AreaAbove;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.saliency.GraphBasedVisualSaliency;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Experiment 1 of the first study: FGSM of growing epsilon, and what becomes of the CAM of the
 * target class and of graph-based saliency.
 */
public final class AdvisEpsilon implements Experiment {
  private static final double OPACITY = 0.6;
  private static final int TILE = 112;

  @Override
  public String name() {
    return "advis-epsilon";
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
    trend(bench, "CAM area", column(rows, "camArea"), levels);
    trend(bench, "CAM centroid shift", column(rows, "camShift"), levels);
    trend(bench, "saliency Pearson", column(rows, "saliencyPearson"), levels);
    trend(bench, "saliency SSIM", column(rows, "saliencySsim"), levels);
    trend(bench, "success", column(rows, "success"), levels);
    bench.number("photos", photos.size());
    plot(bench, rows, levels);
    bench.image(
        "panda",
        "Adversarial images, CAM of the class predicted for the clean photo, graph-based saliency",
        () -> sheet(Photo.of(network, photos, 0, bench.rng()), levels));
  }

  private static ObjectNode row(Bench bench, Photo photo, List<Double> levels) {
    List<Adversarial> results = photo.fgsm(levels);
    List<Raster> images =
        Stream.concat(Stream.of(photo.view()), results.stream().map(Adversarial::changed)).toList();
    List<Raster> cams = photo.cams(images);
    Raster clean = new GraphBasedVisualSaliency().saliency(photo.view());
    ObjectNode row = Json.MAPPER.createObjectNode();
    ArrayNode areas = row.putArray("camArea");
    cams.forEach(cam -> areas.add(new AreaAbove(0.5).of(cam)));
    ArrayNode shifts = row.putArray("camShift");
    cams.forEach(cam -> shifts.add(distance(cams.get(0), cam)));
    ArrayNode pearson = row.putArray("saliencyPearson");
    ArrayNode ssim = row.putArray("saliencySsim");
    for (Raster image : images) {
      bench.run().checkCancelled();
      Raster saliency = new GraphBasedVisualSaliency().saliency(image);
      pearson.add(new Pearson().similarity(clean, saliency));
      ssim.add(new Ssim().similarity(clean, saliency));
    }
    ArrayNode success = row.putArray("success").add(0);
    results.forEach(result -> success.add(result.success() ? 1 : 0));
    return row;
  }

  /** The way between two centroids as a share of the image's side. */
  private static double distance(Raster before, Raster after) {
    Centroid a = Centroid.of(before);
    Centroid b = Centroid.of(after);
    return Math.hypot(a.x() - b.x(), a.y() - b.y()) / before.width();
  }

  /** For each photo, the values at the clean image and at each epsilon. */
  private static List<List<Double>> column(List<JsonNode> rows, String name) {
    return rows.stream()
        .map(row -> row.path(name).valueStream().map(Json::number).toList())
        .toList();
  }

  private static void trend(
      Bench bench, String name, List<List<Double>> photos, List<Double> levels) {
    List<Double> all = Stream.concat(Stream.of(0.0), levels.stream()).toList();
    for (int e = 0; e < all.size(); e++) {
      bench.number("%s at %s".formatted(name, level(all.get(e))), mean(photos, e));
    }
    double[] axis = all.stream().mapToDouble(Double::doubleValue).toArray();
    Sample trends =
        Sample.of(
            photos.stream()
                .map(
                    values ->
                        Correlation.spearman(
                                axis, values.stream().mapToDouble(Double::doubleValue).toArray())
                            .orElse(0))
                .toList());
    bench.number(name + " trend", trends.mean());
    bench.number(name + " trend, lower 95 %", trends.interval().low());
  }

  private static double mean(List<List<Double>> photos, int e) {
    return Sample.of(photos.stream().map(values -> values.get(e)).toList()).mean();
  }

  private static String level(double epsilon) {
    return String.format(Locale.ROOT, "%.0f", epsilon);
  }

  private static void plot(Bench bench, List<JsonNode> rows, List<Double> levels) {
    List<Double> x = Stream.concat(Stream.of(0.0), levels.stream()).toList();
    List<Line> lines = new ArrayList<>();
    for (String[] line :
        new String[][] {
          {"CAM area above half", "camArea"},
          {"CAM centroid shift / side", "camShift"},
          {"saliency, Pearson with clean", "saliencyPearson"},
          {"success of FGSM", "success"}
        }) {
      List<List<Double>> photos = column(rows, line[1]);
      lines.add(
          new Line(
              line[0], x, IntStream.range(0, x.size()).mapToObj(e -> mean(photos, e)).toList()));
    }
    bench.plot(
        "epsilon",
        LinePlot.of(
                "CAM and saliency under FGSM, %s photos".formatted(rows.size()),
                "epsilon / (1/255)",
                "mean over photos",
                lines)
            .within(0, 1));
  }

  private static Raster sheet(Photo photo, List<Double> levels) {
    List<Raster> images =
        Stream.concat(
                Stream.of(photo.view()), photo.fgsm(levels).stream().map(Adversarial::changed))
            .toList();
    List<String> headings =
        Stream.concat(Stream.of("clean"), levels.stream().map(level -> "epsilon " + level(level)))
            .toList();
    List<Raster> cams = photo.cams(images);
    return new ImageTable(headings, TILE)
        .row("image", images)
        .row("CAM", overlaid(images, cams))
        .row(
            "graph-based saliency",
            overlaid(
                images, images.stream().map(new GraphBasedVisualSaliency()::saliency).toList()))
        .sheet();
  }

  private static List<Raster> overlaid(List<Raster> images, List<Raster> maps) {
    return IntStream.range(0, images.size())
        .mapToObj(
            i ->
                Overlay.blend(
                    images.get(i).toRgb(), ColorMap.INFERNO.apply(maps.get(i), 0, 1), OPACITY))
        .toList();
  }
}
