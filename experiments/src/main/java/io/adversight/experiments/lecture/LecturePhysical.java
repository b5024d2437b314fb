package io.adversight.experiments.lecture;

import io.adversight.attack.Adversarial;
import io.adversight.attack.Attacks;
import io.adversight.attack.BoundedAttack;
import io.adversight.attack.corruption.Brightness;
import io.adversight.attack.corruption.Contrast;
import io.adversight.attack.corruption.Corruption;
import io.adversight.attack.corruption.CorruptionChain;
import io.adversight.attack.corruption.GaussianBlur;
import io.adversight.attack.corruption.JpegCompression;
import io.adversight.attack.corruption.Perspective;
import io.adversight.attack.corruption.SensorNoise;
import io.adversight.attack.gradient.Bim;
import io.adversight.attack.gradient.Fgsm;
import io.adversight.attack.gradient.LeastLikely;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.problem.Problem;
import io.adversight.data.DataSet;
import io.adversight.evaluation.robustness.DestructionRate;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.experiments.Trend;
import io.adversight.image.Raster;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Batches;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.plot.Line;
import io.adversight.plot.LinePlot;
import io.adversight.run.Run;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * FGSM, the basic iterative method and the least-likely class method by strength, side by side at
 * equal Linf, and how often a corruption undoes each (Kurakin et al. 2017).
 */
public final class LecturePhysical implements Experiment {
  private static final int TILE = 224;

  @Override
  public String name() {
    return "lecture-physical";
  }

  private static Map<String, BoundedAttack> attacks() {
    Map<String, BoundedAttack> attacks = new LinkedHashMap<>();
    attacks.put("FGSM", new Fgsm());
    attacks.put("basic iterative", new Bim());
    attacks.put("least-likely", new LeastLikely());
    return attacks;
  }

  /** Printing and photographing, step by step, and all of it. */
  private static Map<String, Corruption> corruptions() {
    Map<String, Corruption> corruptions = new LinkedHashMap<>();
    corruptions.put("blur", new GaussianBlur());
    corruptions.put("noise", new SensorNoise());
    corruptions.put("brightness", new Brightness());
    corruptions.put("contrast", new Contrast());
    corruptions.put("perspective", new Perspective());
    corruptions.put("JPEG", new JpegCompression());
    List<Corruption> all = List.copyOf(corruptions.values());
    corruptions.put("all of them", new CorruptionChain(all));
    return corruptions;
  }

  @Override
  public void measure(Bench bench) {
    GraphClassifier network = bench.network();
    NetworkView images = NetworkView.of(bench.images(), network);
    List<Double> levels = bench.values("levels");
    List<Line> success = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    attacks()
        .forEach(
            (way, attack) -> {
              List<JsonNode> rows =
                  bench.each(
                      way.replace(' ', '-'),
                      images.size(),
                      i -> row(bench, network, images, i, attack));
              List<Double> rates = new ArrayList<>();
              for (int e = 0; e < levels.size(); e++) {
                String at = "%s at %s".formatted(way, Trend.place(levels.get(e)));
                double rate = mean(rows, "fooled", e);
                rates.add(rate);
                bench.number("success, " + at, rate);
                bench.number("SSIM, " + at, mean(rows, "ssim", e));
              }
              success.add(new Line(way, levels, rates));
              destruction(bench, way, rows, table);
            });
    bench.plot(
        "success",
        LinePlot.of("Success by strength", "epsilon / (1/255)", "success rate", success)
            .within(0, 1));
    bench.table(
        "destruction",
        "Destruction rate: of the adversarial images at %s/255, those that are classified right again"
            .formatted(Trend.place(bench.setting("photographed"))),
        List.of("attack", "corruption", "destruction rate", "clean images still right"),
        table);
    bench.number("images", images.size());
    bench.image(
        "comparison",
        "The clean photo, FGSM and basic iterative at 32/255, least-likely at 28/255",
        () -> sheet(bench));
  }

  private static double mean(List<JsonNode> rows, String field, int e) {
    return rows.stream()
        .mapToDouble(row -> Json.number(row.path(field).path(e)))
        .average()
        .orElse(Double.NaN);
  }

  private static void destruction(
      Bench bench, String way, List<JsonNode> rows, List<List<String>> table) {
    for (String corruption : corruptions().keySet()) {
      Proportion destroyed = sum(rows, "destroyed", corruption);
      Proportion kept = sum(rows, "kept", corruption);
      bench.number(
          "destruction by %s, %s".formatted(corruption, way),
          destroyed.trials() == 0 ? Double.NaN : destroyed.value());
      table.add(
          List.of(
              way,
              corruption,
              String.format(Locale.ROOT, "%d of %d", destroyed.successes(), destroyed.trials()),
              String.format(Locale.ROOT, "%d of %d", kept.successes(), kept.trials())));
    }
  }

  private static Proportion sum(List<JsonNode> rows, String field, String corruption) {
    Proportion sum = new Proportion(0, 0);
    for (JsonNode row : rows) {
      JsonNode counts = row.path(field).path(corruption);
      sum = sum.plus(new Proportion(counts.path(0).asLong(), counts.path(1).asLong()));
    }
    return sum;
  }

  private static ObjectNode row(
      Bench bench, GraphClassifier network, DataSet images, int i, BoundedAttack attack) {
    bench.run().checkCancelled();
    List<Double> levels = bench.values("levels");
    double photographed = bench.setting("photographed");
    ObjectNode row = Json.MAPPER.createObjectNode();
    ArrayNode fooled = row.putArray("fooled");
    ArrayNode ssim = row.putArray("ssim");
    Raster image = images.image(i);
    for (Adversarial result : attacked(bench, network, image, images.label(i), attack, levels)) {
      fooled.add(result.after().top() == result.label() ? 0 : 1);
      ssim.add(result.ssim());
    }
    List<Adversarial> shown =
        attacked(bench, network, image, images.label(i), attack, List.of(photographed));
    ObjectNode destroyed = row.putObject("destroyed");
    ObjectNode kept = row.putObject("kept");
    corruptions()
        .forEach(
            (name, corruption) -> {
              Run run = Run.of(bench.rng(), List.of(image));
              put(destroyed, name, DestructionRate.of(network, shown, corruption, run));
              put(kept, name, DestructionRate.kept(network, shown, corruption, run));
            });
    return row;
  }

  private static void put(ObjectNode node, String name, Proportion counts) {
    node.putArray(name).add(counts.successes()).add(counts.trials());
  }

  /** One result per strength, in grey levels. */
  private static List<Adversarial> attacked(
      Bench bench,
      GraphClassifier network,
      Raster image,
      int label,
      BoundedAttack attack,
      List<Double> levels) {
    try (Scope scope = Scope.open()) {
      Tensor pixels = Batches.of(List.of(image));
      return Attacks.run(
          attack,
          Problem.of(network, pixels, List.of(label)),
          Norm.LINF,
          levels.stream().map(level -> level / 255).toList(),
          Attacks.Rounding.SKIP,
          Run.of(bench.rng(), pixels));
    }
  }

  private static Raster sheet(Bench bench) {
    GraphClassifier network = bench.network(Json.text(bench.settings(), "shownModel"));
    NetworkView photos =
        NetworkView.of(bench.images(Json.text(bench.settings(), "shownImages"), 0), network);
    ImageTable table =
        new ImageTable(
            List.of("natural", "FGSM, 32", "basic iterative, 32", "least-likely, 28"), TILE);
    for (String wanted : bench.names("shown")) {
      int i =
          IntStream.range(0, photos.size())
              .filter(k -> photos.imageName(k).contains(wanted))
              .findFirst()
              .orElse(0);
      List<Raster> images = new ArrayList<>(List.of(photos.image(i)));
      List<String> words = new ArrayList<>();
      attacks()
          .forEach(
              (way, attack) -> {
                double level = attack instanceof LeastLikely ? 28 : 32;
                Adversarial result =
                    attacked(
                            bench,
                            network,
                            photos.image(i),
                            photos.label(i),
                            attack,
                            List.of(level))
                        .get(0);
                images.add(result.changed());
                words.add(network.labels().name(result.after().top()));
              });
      table.row(
          "%s: %s".formatted(network.labels().name(photos.label(i)), String.join("; ", words)),
          images);
    }
    return table.sheet();
  }
}
