package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Trend;
import io.adversight.image.ColorMap;
import io.adversight.image.Overlay;
import io.adversight.image.Raster;
import io.adversight.metric.Centroid;
import io.adversight.metric.similarity.Pearson;
import io.adversight.metric.similarity.Ssim;
import io.adversight.metric.statistic.AreaAbove;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.text.Json;
import java.util.List;
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
  private static final List<String> QUANTITIES =
      List.of("CAM area", "CAM centroid shift", "saliency Pearson", "saliency SSIM", "success");

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
    List<Double> axis = Stream.concat(Stream.of(0.0), levels.stream()).toList();
    List<Line> lines = Trend.lines(bench, axis, rows, QUANTITIES);
    bench.number("photos", photos.size());
    bench.plot(
        "epsilon",
        LinePlot.of(
                "CAM and saliency under FGSM, %s photos".formatted(rows.size()),
                "epsilon / (1/255)",
                "mean over photos",
                lines)
            .within(0, 1));
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
    Raster clean = Saliency.of(photo.view());
    ObjectNode row = Json.MAPPER.createObjectNode();
    ArrayNode areas = row.putArray("CAM area");
    cams.forEach(cam -> areas.add(new AreaAbove(0.5).of(cam)));
    ArrayNode shifts = row.putArray("CAM centroid shift");
    cams.forEach(cam -> shifts.add(distance(cams.get(0), cam)));
    ArrayNode pearson = row.putArray("saliency Pearson");
    ArrayNode ssim = row.putArray("saliency SSIM");
    for (Raster image : images) {
      bench.run().checkCancelled();
      Raster saliency = Saliency.of(image);
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

  private static Raster sheet(Photo photo, List<Double> levels) {
    List<Raster> images =
        Stream.concat(
                Stream.of(photo.view()), photo.fgsm(levels).stream().map(Adversarial::changed))
            .toList();
    List<String> headings =
        Stream.concat(
                Stream.of("clean"), levels.stream().map(level -> "epsilon " + Trend.place(level)))
            .toList();
    List<Raster> cams = photo.cams(images);
    return new ImageTable(headings, TILE)
        .row("image", images)
        .row("CAM", overlaid(images, cams))
        .row("graph-based saliency", overlaid(images, images.stream().map(Saliency::of).toList()))
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
