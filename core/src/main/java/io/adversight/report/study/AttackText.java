package io.adversight.report.study;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One attack of a {@code result.json} in words: how it ended, how far it went, what it cost. */
final class AttackText {
  private AttackText() {}

  /** The attack, its epsilon in {@code norm}, and whether it succeeded. */
  static Block.AttackHeading heading(JsonNode attack, Norm norm) {
    boolean success = attack.path("success").asBoolean();
    List<Block.Verdict> verdicts = new ArrayList<>();
    verdicts.add(new Block.Verdict(word(success), success));
    boolean quantized = attack.path("successAfterRounding").asBoolean(success);
    if (quantized != success) {
      verdicts.add(new Block.Verdict(word(quantized) + " after 8-bit quantization", quantized));
    }
    return new Block.AttackHeading(
        Titles.of(attack),
        attack.has("epsilon") ? Epsilon.text(norm, Json.number(attack.path("epsilon"))) : "",
        verdicts);
  }

  private static String word(boolean success) {
    return success ? "success" : "failed";
  }

  /** The sizes of the perturbation, the likeness of the images, and the cost, by name. */
  static Map<String, String> norms(JsonNode attack) {
    JsonNode norms = attack.path("norms");
    JsonNode cost = attack.path("cost");
    double linf = Json.number(norms.path("linf"));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Linf", NumberText.of(linf) + " = " + NumberText.of(linf * 255) + "/255");
    facts.put("L2", NumberText.of(Json.number(norms.path("l2"))));
    facts.put("L1", NumberText.of(Json.number(norms.path("l1"))));
    facts.put("L0", norms.path("l0").asString());
    for (String measure : List.of("ssim", "psnr")) {
      if (attack.has(measure)) {
        facts.put(
            measure.toUpperCase(Locale.ROOT), NumberText.of(Json.number(attack.path(measure))));
      }
    }
    facts.put("iterations", cost.path("iterations").asString());
    facts.put("forward passes", cost.path("forwards").asString());
    facts.put("backward passes", cost.path("backwards").asString());
    facts.put("time", NumberText.of(Json.number(cost.path("seconds"))) + " s");
    return facts;
  }
}
