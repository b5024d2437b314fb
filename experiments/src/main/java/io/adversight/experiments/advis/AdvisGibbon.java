package io.adversight.experiments.advis;

import io.adversight.attack.Adversarial;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.experiments.Experiment;
import io.adversight.experiments.ImageTable;
import io.adversight.image.Perturbation;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Figure 1 of the first study, panda to gibbon, tried with every network. */
public final class AdvisGibbon implements Experiment {
  private static final int TILE = 150;

  @Override
  public String name() {
    return "advis-gibbon";
  }

  @Override
  public void measure(Bench bench) {
    DataSet photos = Photos.of(bench);
    double level = 255 * bench.setting("epsilon");
    List<List<String>> table = new ArrayList<>();
    double gibbons = 0;
    double flips = 0;
    double highest = 0;
    for (String name : bench.names("models")) {
      JsonNode row =
          bench.stage(
              name, () -> row(Photo.of(bench.network(name), photos, 0, bench.rng()), level));
      String after = Json.text(row, "after");
      boolean flipped = !after.equals(Json.text(row, "before"));
      gibbons += after.toLowerCase(Locale.ROOT).contains("gibbon") ? 1 : 0;
      flips += flipped ? 1 : 0;
      highest = Math.max(highest, flipped ? Json.number(row.path("afterProbability")) : 0);
      bench.number("probability before, " + name, Json.number(row.path("beforeProbability")));
      bench.number("probability after, " + name, Json.number(row.path("afterProbability")));
      bench.text("class after, " + name, after);
      table.add(
          List.of(
              name,
              Json.text(row, "before"),
              Json.shown(row.path("beforeProbability")),
              after,
              Json.shown(row.path("afterProbability"))));
    }
    bench.number("networks that see a gibbon", gibbons);
    bench.number("networks whose class changes", flips);
    bench.number("highest probability of a wrong class", highest);
    bench.table(
        "networks",
        "The panda at epsilon 0.007",
        List.of("network", "class before", "probability", "class after", "probability after"),
        table);
    bench.image(
        "panda",
        "Clean image, perturbation (scaled), adversarial image",
        () -> sheet(bench, photos, level));
  }

  private static ObjectNode row(Photo photo, double level) {
    Adversarial result = photo.fgsm(List.of(level)).get(0);
    ObjectNode row = Json.MAPPER.createObjectNode();
    row.put("before", photo.network().labels().name(result.before().top()));
    row.put("beforeProbability", result.before().probability(result.before().top()));
    row.put("after", photo.network().labels().name(result.after().top()));
    row.put("afterProbability", result.after().probability(result.after().top()));
    return row;
  }

  private static Raster sheet(Bench bench, DataSet photos, double level) {
    ImageTable table = new ImageTable(List.of("clean", "perturbation", "adversarial"), TILE);
    for (String name : bench.names("models")) {
      GraphClassifier network = bench.network(name);
      Photo photo = Photo.of(network, photos, 0, bench.rng());
      Raster changed = photo.fgsm(List.of(level)).get(0).changed();
      table.row(
          name,
          List.of(photo.view(), Perturbation.between(photo.view(), changed).image(), changed));
    }
    return table.sheet();
  }
}
