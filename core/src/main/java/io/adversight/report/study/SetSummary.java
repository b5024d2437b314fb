package io.adversight.report.study;

import io.adversight.attack.Adversarial.Cost;
import io.adversight.attack.Epsilon;
import io.adversight.attack.Outcome;
import io.adversight.attack.RobustAccuracy;
import io.adversight.attack.problem.Norm;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.OutcomeJson;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.RobustnessTable;
import io.adversight.study.robustness.NormStatistics;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What each attack left of a set of images, out of the results of the single images. */
public final class SetSummary {
  private static final int A_SET = 2;

  private SetSummary() {}

  /** One entry for each attack and epsilon; none for a single image. */
  static ArrayNode of(JsonNode images, Norm norm) {
    ArrayNode summary = Json.MAPPER.createArrayNode();
    if (images.size() < A_SET) {
      return summary;
    }
    Map<ObjectNode, List<Outcome>> groups = new LinkedHashMap<>();
    int number = 0;
    boolean labelled = true;
    for (JsonNode image : images) {
      labelled &= image.path("labelGiven").asBoolean();
      for (JsonNode attack : image.path("attacks")) {
        groups
            .computeIfAbsent(key(attack), key -> new ArrayList<>())
            .add(outcome(number, image, attack));
      }
      number++;
    }
    for (Map.Entry<ObjectNode, List<Outcome>> group : groups.entrySet()) {
      summary.add(entry(group.getKey(), group.getValue(), norm, labelled));
    }
    return summary;
  }

  private static ObjectNode key(JsonNode attack) {
    ObjectNode key = Json.MAPPER.createObjectNode();
    key.set("id", attack.path("id"));
    key.set("parameters", attack.path("parameters"));
    if (attack.has("epsilon")) {
      key.set("epsilon", attack.path("epsilon"));
    }
    return key;
  }

  private static Outcome outcome(int number, JsonNode image, JsonNode attack) {
    JsonNode rounded = attack.path("successAfterRounding");
    return new Outcome(
        number,
        image.path("label").path("index").asInt(),
        Json.number(attack.path("epsilon")),
        top(image.path("before")),
        top(attack.path("after")),
        attack.path("success").asBoolean(),
        rounded.isMissingNode() ? Optional.empty() : Optional.of(rounded.asBoolean()),
        OutcomeJson.norms(attack.path("norms")),
        Cost.NONE,
        List.of());
  }

  private static int top(JsonNode prediction) {
    return prediction.path("top").path(0).path("index").asInt();
  }

  private static ObjectNode entry(
      ObjectNode key, List<Outcome> outcomes, Norm norm, boolean labelled) {
    ObjectNode node = key.deepCopy();
    RobustAccuracy accuracy = RobustAccuracy.ofOutcomes(outcomes);
    if (labelled) {
      node.set("clean", ResultJson.proportion(accuracy.clean()));
      node.set("robustOfAll", ResultJson.proportion(accuracy.ofAll()));
      node.set("robustOfRight", ResultJson.proportion(accuracy.ofRight()));
    } else { // accuracy means nothing where a label is the network's own prediction
      long kept = outcomes.stream().filter(o -> o.before() == o.after()).count();
      node.set("keptPrediction", ResultJson.proportion(new Proportion(kept, outcomes.size())));
    }
    node.set("success", ResultJson.proportion(accuracy.success()));
    if (accuracy.roundedSuccess().trials() > 0) {
      node.set("successAfterRounding", ResultJson.proportion(accuracy.roundedSuccess()));
    }
    double median = NormStatistics.of(outcomes, norm).median();
    if (!key.has("epsilon") && Double.isFinite(median)) {
      node.put("median" + norm, median);
    }
    return node;
  }

  /** The entries of a {@code result.json}, attacked in {@code norm}, as a table for people. */
  public static RobustnessTable table(JsonNode summary, Norm norm) {
    boolean labelled = !summary.path(0).has("keptPrediction");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode entry : summary) {
      List<String> row = new ArrayList<>();
      row.add(entry.path("id").asString());
      row.add(entry.has("epsilon") ? Epsilon.text(norm, Json.number(entry.path("epsilon"))) : "-");
      Stream<String> shares =
          labelled ? Stream.of("robustOfAll", "robustOfRight") : Stream.of("keptPrediction");
      Stream.concat(shares, Stream.of("success", "successAfterRounding"))
          .map(name -> RobustnessTable.percent(ResultJson.proportion(entry.path(name))))
          .forEach(row::add);
      row.add(median(entry));
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("attack", "epsilon"));
    header.addAll(
        labelled
            ? List.of("robust, of all", "robust, of those right")
            : List.of("kept the prediction"));
    header.addAll(List.of("success", "after 8-bit quantization", "median norm"));
    return new RobustnessTable(header, rows);
  }

  private static String median(JsonNode entry) {
    for (Norm norm : Norm.values()) {
      if (entry.has("median" + norm)) {
        return String.format(
            Locale.ROOT, "%.4g %s", Json.number(entry.path("median" + norm)), norm);
      }
    }
    return "-";
  }
}
