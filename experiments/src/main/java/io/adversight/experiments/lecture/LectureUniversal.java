package io.adversight.experiments.lecture;

import io.adversight.attack.minimal.DeepFool;
import io.adversight.attack.problem.Ball;
import io.adversight.attack.problem.Norm;
import io.adversight.attack.universal.PerturbationSum;
import io.adversight.attack.universal.Universal;
import io.adversight.attack.universal.UniversalAdversarial;
import io.adversight.attack.universal.UniversalAttack;
import io.adversight.attack.universal.UniversalNoise;
import io.adversight.attack.universal.UniversalPerturbation;
import io.adversight.data.DataSet;
import io.adversight.data.Split;
import io.adversight.evaluation.robustness.FoolingMatrix;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.NetworkView;
import io.adversight.run.Run;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lecture's three candidates for a universal perturbation and its cross-model table
 * (Moosavi-Dezfooli et al. 2017, figure 8 and table 2).
 */
public final class LectureUniversal implements Experiment {
  private static final int TILE = 192;
  private static final String ALGORITHM = "algorithm";

  @Override
  public String name() {
    return "lecture-universal";
  }

  @Override
  public void measure(Bench bench) {
    List<String> names = bench.names("models");
    Split photos =
        bench.images().split(bench.count("made"), bench.settings().path("seed").asLong());
    Map<String, UniversalAttack> candidates = candidates(bench);
    Map<String, List<Raster>> pictures = new LinkedHashMap<>();
    List<List<String>> table = new ArrayList<>();
    List<ErrorTable.Row> rows = new ArrayList<>();
    candidates.forEach(
        (way, candidate) -> {
          double own = 0;
          double others = 0;
          for (int row = 0; row < names.size(); row++) {
            String maker = names.get(row);
            JsonNode found =
                bench.stage(maker + "-" + way, () -> craft(bench, maker, candidate, photos, names));
            List<Double> rates =
                names.stream().map(name -> Json.number(found.path("rates").path(name))).toList();
            pictures.computeIfAbsent(maker, key -> new ArrayList<>()).add(picture(found));
            table.add(
                List.of(
                    maker,
                    way,
                    percent(Json.number(found.path("seen"))),
                    percent(rates.get(row)),
                    String.format(Locale.ROOT, "%.1f", Json.number(found.path("l2")))));
            if (way.equals(ALGORITHM)) {
              rows.add(new ErrorTable.Row("made on " + maker, rates));
            }
            own += rates.get(row) / names.size();
            double sum = rates.stream().mapToDouble(rate -> rate).sum() - rates.get(row);
            others += sum / (names.size() * (names.size() - 1.0));
          }
          bench.number("fooling rate of %s, own network, mean".formatted(way), own);
          bench.number("fooling rate of %s, other networks, mean".formatted(way), others);
        });
    bench.table(
        "candidates",
        "Fooling rates of the three candidates, in per cent of the photos",
        List.of("network", "candidate", "photos it was made on", "other photos", "L2"),
        table);
    new ErrorTable("fooling rate", names, rows)
        .report(bench, "Fooling rate of universal perturbations on other photos");
    bench.number("photos made on", photos.first().size());
    bench.number("other photos", photos.second().size());
    bench.image(
        "perturbations",
        "The candidates, scaled to be visible",
        () -> {
          ImageTable sheet = new ImageTable(List.copyOf(candidates.keySet()), TILE);
          pictures.forEach(sheet::row);
          return sheet.sheet();
        });
  }

  /** DeepFool with the settings of docs/results/transfer-and-universal.md. */
  private static Map<String, UniversalAttack> candidates(Bench bench) {
    DeepFool usual = new DeepFool();
    DeepFool inner = new DeepFool(usual.steps(), 9, 3, usual.variant());
    Map<String, UniversalAttack> candidates = new LinkedHashMap<>();
    candidates.put("noise", new UniversalNoise());
    candidates.put("sum", new PerturbationSum(inner));
    candidates.put(
        ALGORITHM,
        new UniversalAdversarial(bench.setting("foolingRate"), bench.count("passes"), inner));
    return candidates;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static GraphClassifier network(Bench bench, String name) {
    return bench.network(name, bench.count("pixels"));
  }

  private static ObjectNode craft(
      Bench bench, String maker, UniversalAttack attack, Split photos, List<String> names) {
    GraphClassifier network = network(bench, maker);
    Run run = Run.of(bench.rng(), 0, 1).with((done, all, what) -> bench.run().checkCancelled());
    Ball ball = new Ball(Norm.LINF, bench.setting("epsilon") / 255);
    DataSet seen = NetworkView.of(photos.first(), network);
    Universal made = attack.craft(network, seen, ball, run);
    ObjectNode found = Json.MAPPER.createObjectNode();
    found.put("seen", rate(bench, network, photos.first(), made, run));
    ObjectNode rates = found.putObject("rates");
    for (String name : names) {
      rates.put(name, rate(bench, network(bench, name), photos.second(), made, run));
    }
    UniversalPerturbation perturbation = (UniversalPerturbation) made;
    found.put("l2", perturbation.size(Norm.L2));
    found.put("png", Base64.getEncoder().encodeToString(ImageFiles.png(perturbation.image())));
    return found;
  }

  private static double rate(
      Bench bench, GraphClassifier network, DataSet photos, Universal made, Run run) {
    return FoolingMatrix.of(network, NetworkView.of(photos, network), made, bench.rng(), run)
        .rate();
  }

  private static Raster picture(JsonNode found) {
    byte[] png = Base64.getDecoder().decode(Json.text(found, "png"));
    return ImageFiles.read(png, "perturbation", ImageFiles.DEFAULT_MAX_PIXELS);
  }
}
