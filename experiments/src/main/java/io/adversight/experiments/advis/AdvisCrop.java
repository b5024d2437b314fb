package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.Fit;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.Sample;
import io.adversight.experiments.Trend;
import io.adversight.image.Raster;
import io.adversight.image.RasterResize;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.model.Prediction;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Experiment 4 of the first study: photos of 224 pixels are enlarged to 299, attacked on GoogLeNet,
 * and brought back to 224 for MobileNet, scaled or cropped.
 */
public final class AdvisCrop implements Experiment {
  @Override
  public String name() {
    return "advis-crop";
  }

  @Override
  public void measure(Bench bench) {
    DataSet photos = Photos.of(bench);
    List<Double> levels = bench.values("epsilons");
    GraphClassifier attacked =
        bench.network(bench.settings().path("attacked").asString(), bench.count("pixels"));
    GraphClassifier viewer = bench.network(bench.settings().path("viewer").asString());
    List<JsonNode> rows =
        bench.each(
            "photo",
            photos.size(),
            i -> {
              Raster small = NetworkView.of(photos.image(i), viewer.card());
              Raster large =
                  RasterResize.stretch(small, bench.count("pixels"), bench.count("pixels"));
              int predicted = Photo.predict(attacked, List.of(large)).get(0).top();
              return row(new Photo(attacked, large, predicted, bench.rng()), viewer, levels);
            });
    List<Line> lines = new ArrayList<>();
    for (Fit fit : Fit.values()) {
      Trend fooled = Trend.of("fooled, " + words(fit), levels, rows, "fooled " + words(fit));
      fooled.note(bench);
      lines.add(new Line(words(fit), levels, fooled.means()));
      bench.number("classes across epsilon, " + words(fit), mean(rows, "classes " + words(fit)));
    }
    Sample excess =
        Sample.of(
            rows.stream()
                .map(row -> Json.number(row.path("gradient frame")) - frameArea(attacked, viewer))
                .toList());
    bench.number("frame's share of the area", frameArea(attacked, viewer));
    bench.number("frame's share of the perturbation's energy", mean(rows, "perturbation frame"));
    bench.number("frame's share of the gradient's energy", mean(rows, "gradient frame"));
    bench.number(
        "gradient's energy in the frame beyond its area, lower 95 %", excess.interval().low());
    bench.number("photos", rows.size());
    bench.plot(
        "crop",
        LinePlot.of(
                "%s under perturbations of %s"
                    .formatted(viewer.card().name(), attacked.card().name()),
                "epsilon / (1/255)",
                "photos whose class changes",
                lines)
            .within(0, 1));
  }

  private static double frameArea(GraphClassifier attacked, GraphClassifier viewer) {
    double side = (double) viewer.card().input().height() / attacked.card().input().height();
    return 1 - side * side;
  }

  private static String words(Fit fit) {
    return fit.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double mean(List<JsonNode> rows, String name) {
    return Sample.of(rows.stream().map(row -> Json.number(row.path(name))).toList()).mean();
  }

  private static ObjectNode row(Photo photo, GraphClassifier viewer, List<Double> levels) {
    List<Adversarial> results = photo.fgsm(levels);
    ObjectNode row = Json.MAPPER.createObjectNode();
    for (Fit fit : Fit.values()) {
      List<Raster> shown =
          Stream.concat(Stream.of(photo.view()), results.stream().map(Adversarial::changed))
              .map(image -> fit.of(image, viewer.card()))
              .toList();
      List<Integer> classes = Photo.predict(viewer, shown).stream().map(Prediction::top).toList();
      ArrayNode fooled = row.putArray("fooled " + words(fit));
      classes.stream().skip(1).forEach(top -> fooled.add(top.equals(classes.get(0)) ? 0 : 1));
      row.put("classes " + words(fit), classes.stream().skip(1).distinct().count());
    }
    int inner = viewer.card().input().height();
    row.put(
        "perturbation frame",
        frame(AdvisConcentration.change(results.get(results.size() - 1)), inner));
    row.put("gradient frame", frame(photo.gradient(), inner));
    return row;
  }

  /** The share of a map's squares that lies outside the central square of {@code inner} pixels. */
  private static double frame(Raster map, int inner) {
    int edge = (map.height() - inner) / 2;
    double outside = 0;
    double all = 0;
    for (int c = 0; c < map.channels(); c++) {
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          double square = (double) map.at(c, y, x) * map.at(c, y, x);
          boolean inside = y >= edge && y < edge + inner && x >= edge && x < edge + inner;
          all += square;
          outside += inside ? 0 : square;
        }
      }
    }
    return all == 0 ? 0 : outside / all;
  }
}
