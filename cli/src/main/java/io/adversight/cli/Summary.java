package io.adversight.cli;

import io.adversight.attack.problem.Norm;
import io.adversight.report.study.ObjectTable;
import io.adversight.report.study.SetSummary;
import io.adversight.text.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A study's results in a few lines. */
final class Summary {
  private static final int IMAGES_SHOWN = 20;

  private Summary() {}

  static void print(PrintWriter out, Path resultFile) {
    JsonNode result = Json.MAPPER.readTree(resultFile.toFile());
    int shown = 0;
    for (JsonNode image : result.path("images")) {
      if (shown++ == IMAGES_SHOWN) {
        out.println("...");
        break;
      }
      out.println(image.path("file").asString());
      out.println("  before  " + top(image.path("before")));
      image.path("explanations").forEach(explained -> printIfEmpty(out, image, explained));
      for (JsonNode attack : image.path("attacks")) {
        out.println(
            "  after   " + top(attack.path("after")) + "   " + how(image, attack, norm(result)));
      }
    }
    if (result.has("summary")) {
      out.println();
      TextTable.of(SetSummary.table(result.path("summary"), norm(result))).print(out);
    }
    if (result.has("objectShares")) {
      out.println();
      TextTable.of(ObjectTable.table(result.path("objectShares"), norm(result))).print(out);
    }
  }

  private static Norm norm(JsonNode result) {
    return Norm.valueOf(result.path("study").path("norm").asString());
  }

  /** Says so where a map shows nothing, and where the signed one is. */
  private static void printIfEmpty(PrintWriter out, JsonNode image, JsonNode explained) {
    String method = explained.path("id").asString();
    String named = explained.path("class").path("name").asString();
    if (explained.path("allNegative").asBoolean()) {
      out.println(
          "  %s is empty: all contributions to %s are negative; the signed map is %s/%s/attribution.npy"
              .formatted(method, named, image.path("name").asString(), method));
    } else if (explained.path("empty").asBoolean()) {
      out.println("  %s is empty: nothing contributes to %s".formatted(method, named));
    }
  }

  /** Without a label the most that is known is whether the prediction stayed. */
  private static String outcome(JsonNode image, JsonNode attack) {
    if (attack.path("success").asBoolean()) {
      return "success";
    }
    boolean kept =
        !image.path("labelGiven").asBoolean()
            && index(image.path("before")) == index(attack.path("after"));
    return kept ? "failed, kept the prediction" : "failed";
  }

  private static int index(JsonNode prediction) {
    return prediction.path("top").path(0).path("index").asInt();
  }

  private static String top(JsonNode prediction) {
    JsonNode first = prediction.path("top").path(0);
    return String.format(
        Locale.ROOT,
        "%6.2f %%  %s",
        100 * Json.number(first.path("probability")),
        first.path("name").asString());
  }

  /** The size in the norm of the attack, where that is none of the two that are always given. */
  private static String sparse(JsonNode norms, Norm norm) {
    return switch (norm) {
      case L0 -> "L0 " + norms.path("l0").asLong() + ", ";
      case L1 -> String.format(Locale.ROOT, "L1 %.3f, ", Json.number(norms.path("l1")));
      case L2, LINF -> "";
    };
  }

  private static String how(JsonNode image, JsonNode attack, Norm norm) {
    JsonNode norms = attack.path("norms");
    String rounding =
        attack.path("success").asBoolean()
                && attack.has("successAfterRounding")
                && !attack.path("successAfterRounding").asBoolean()
            ? ", failed after 8-bit quantization"
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %s, %sLinf %.4f, L2 %.3f%s",
        attack.path("id").asString(),
        outcome(image, attack),
        sparse(norms, norm),
        Json.number(norms.path("linf")),
        Json.number(norms.path("l2")),
        rounding);
  }
}
