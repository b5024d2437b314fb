package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Sample;
import io.adversight.image.ColorScale;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.Pearson;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.GraphClassifier;
import io.adversight.plot.BoxPlot;
import io.adversight.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Experiment 5 of the first study: DeepFool against FGSM at equal success, and whether the regions
 * where saliency changes are the inverse of each other. Each photo is attacked by DeepFool, which
 * stops at the boundary, and by FGSM with the smallest of several epsilons that changes the class.
 */
public final class AdvisDeepFool implements Experiment {
  private static final int TILE = 150;

  @Override
  public String name() {
    return "advis-deepfool";
  }

  @Override
  public void measure(Bench bench) {
    GraphClassifier network = bench.network();
    DataSet photos = Photos.of(bench);
    List<Double> levels = bench.values("epsilons");
    int candidates = bench.count("candidates");
    List<JsonNode> rows =
        bench.each(
            "photo",
            photos.size(),
            i -> row(Photo.of(network, photos, i, bench.rng()), levels, candidates));
    List<JsonNode> both = rows.stream().filter(row -> row.has("pearson")).toList();
    Map<String, List<Double>> boxes = new LinkedHashMap<>();
    for (String name : List.of("pearson", "spearman", "pearsonSizes")) {
      List<Double> values = both.stream().map(row -> Json.number(row.path(name))).toList();
      Sample sample = Sample.of(values);
      String words =
          switch (name) {
            case "pearson" -> "Pearson of the saliency differences";
            case "spearman" -> "Spearman of the saliency differences";
            default -> "Pearson of their absolute values";
          };
      bench.number(words, sample.mean());
      bench.number(words + ", upper 95 %", sample.interval().high());
      bench.number(words + ", lower 95 %", sample.interval().low());
      boxes.put(name.equals("pearsonSizes") ? "absolute" : name, values);
    }
    bench.number("success of FGSM", share(rows, "fgsm"));
    bench.number("success of DeepFool", share(rows, "deepFool"));
    bench.number(
        "DeepFool L2 / FGSM L2",
        Sample.of(both.stream().map(row -> Json.number(row.path("ratio"))).toList()).median());
    bench.number("photos", rows.size());
    bench.plot("correlation", new BoxPlot("FGSM against DeepFool", "correlation", boxes));
    bench.image(
        "panda",
        "FGSM and DeepFool: perturbation (scaled) and saliency difference",
        () -> sheet(Photo.of(network, photos, 0, bench.rng()), levels, candidates));
  }

  private static double share(List<JsonNode> rows, String name) {
    return Sample.of(rows.stream().map(row -> row.path(name).asBoolean() ? 1.0 : 0.0).toList())
        .mean();
  }

  private static Optional<Adversarial> fgsm(Photo photo, List<Double> levels) {
    return photo.fgsm(levels).stream().filter(Adversarial::success).findFirst();
  }

  private static ObjectNode row(Photo photo, List<Double> levels, int candidates) {
    ObjectNode row = Json.MAPPER.createObjectNode();
    Optional<Adversarial> fgsm = fgsm(photo, levels);
    Adversarial deepFool = photo.deepFool(candidates);
    row.put("fgsm", fgsm.isPresent());
    row.put("deepFool", deepFool.success());
    if (fgsm.isPresent() && deepFool.success()) {
      Raster clean = Saliency.of(photo.view());
      Raster one = Saliency.difference(clean, Saliency.of(fgsm.get().changed()));
      Raster other = Saliency.difference(clean, Saliency.of(deepFool.changed()));
      row.put("pearson", new Pearson().similarity(one, other));
      row.put("spearman", new Spearman().similarity(one, other));
      row.put("pearsonSizes", new Pearson().similarity(absolute(one), absolute(other)));
      row.put("ratio", deepFool.norms().l2() / fgsm.get().norms().l2());
    }
    return row;
  }

  private static Raster absolute(Raster map) {
    return Raster.generate(1, map.height(), map.width(), (c, y, x) -> Math.abs(map.at(0, y, x)));
  }

  private static Raster sheet(Photo photo, List<Double> levels, int candidates) {
    Raster clean = Saliency.of(photo.view());
    ImageTable table =
        new ImageTable(List.of("image", "perturbation", "saliency difference"), TILE);
    fgsm(photo, levels).ifPresent(result -> row(table, "FGSM", clean, result));
    row(table, "DeepFool", clean, photo.deepFool(candidates));
    return table.sheet();
  }

  private static void row(ImageTable table, String name, Raster clean, Adversarial result) {
    Raster difference = Saliency.difference(clean, Saliency.of(result.changed()));
    table.row(
        name,
        List.of(
            result.changed(),
            Perturbation.between(result.original(), result.changed()).image(),
            ColorScale.signed(difference).apply(difference)));
  }
}
