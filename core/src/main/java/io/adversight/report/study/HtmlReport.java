package io.adversight.report.study;

import static io.adversight.report.format.HtmlPage.escape;
import static io.adversight.report.format.HtmlPage.number;
import static io.adversight.report.format.HtmlPage.percent;
import static io.adversight.report.format.HtmlPage.text;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One self-contained page about a folder of results: no script, no link to anything outside. */
final class HtmlReport {
  private static final int IMAGES_SHOWN = 60;

  private final Path folder;
  private final Norm norm;
  private final HtmlPage page;

  private HtmlReport(Path folder, String title, Norm norm) throws IOException {
    this.folder = folder;
    this.norm = norm;
    this.page = new HtmlPage(title);
  }

  /** The page about {@code result}, the content of {@code result.json} in {@code folder}. */
  static String of(Path folder, JsonNode result) throws IOException {
    String title = title(result.path("study"));
    HtmlReport report =
        new HtmlReport(folder, title, Norm.valueOf(text(result.path("study"), "norm")));
    report.write(title, result);
    return report.page.text();
  }

  private void write(String title, JsonNode result) throws IOException {
    JsonNode study = result.path("study");
    page.header(title, facts(result));
    if (result.has("summary")) {
      table("All images", SetSummary.table(result.path("summary"), norm), 1);
    }
    if (result.has("objectShares")) {
      table(
          "How much of the maps lies where",
          ObjectTable.table(result.path("objectShares"), norm),
          3);
    }
    JsonNode images = result.path("images");
    for (int i = 0; i < Math.min(IMAGES_SHOWN, images.size()); i++) {
      image(images.path(i));
    }
    if (images.size() > IMAGES_SHOWN) {
      page.note(
          "The page shows the first %s of %s images; the folder holds all."
              .formatted(IMAGES_SHOWN, images.size()));
    }
    page.footer(result, text(study, "model"), text(study, "modelSha256"));
  }

  private static String title(JsonNode study) {
    return study.path("attacks").isEmpty()
        ? "What %s looks at".formatted(text(study, "model"))
        : "Attacks on %s".formatted(text(study, "model"));
  }

  private Map<String, String> facts(JsonNode result) {
    JsonNode study = result.path("study");
    JsonNode images = result.path("images");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(images.size()));
    if (!study.path("attacks").isEmpty()) {
      facts.put("attacks", Titles.list(study.path("attacks")));
      facts.put("norm", text(study, "norm"));
      if (!study.path("epsilons").isEmpty()) {
        facts.put("epsilon", epsilons(study.path("epsilons")));
      }
      facts.put("attack success", count(images, "success"));
      if (study.path("rounding").asBoolean()) {
        facts.put("after 8-bit quantization", count(images, "successAfterRounding"));
      }
    }
    if (!study.path("methods").isEmpty()) {
      facts.put("explanations", Titles.list(study.path("methods")));
    }
    facts.put("seed", study.path("seed").asString());
    return facts;
  }

  private String epsilons(JsonNode epsilons) {
    List<String> words = new ArrayList<>();
    epsilons.forEach(epsilon -> words.add(Epsilon.text(norm, Json.number(epsilon))));
    return String.join(", ", words);
  }

  /** In how many attacked images something is true, such as "3 of 4". */
  private static String count(JsonNode images, String field) {
    int all = 0;
    int found = 0;
    for (JsonNode image : images) {
      for (JsonNode attack : image.path("attacks")) {
        all += attack.has(field) ? 1 : 0;
        found += attack.path(field).asBoolean() ? 1 : 0;
      }
    }
    return found + " of " + all;
  }

  private void table(String title, RobustnessTable table, int names) {
    page.open(title).table(table.header(), table.rows(), names).close();
  }

  private void image(JsonNode image) throws IOException {
    String name = text(image, "name");
    page.open(name);
    if (image.path("attacks").isEmpty()) {
      page.append("<div class=\"explained\"><div class=\"seen\">");
      figure(name + "/original.png", "the image as the network sees it", "");
      bars("prediction", image.path("before"), -1);
      page.append("</div><div class=\"maps\">");
      for (JsonNode explained : image.path("explanations")) {
        pair(
            name + "/" + text(explained, "id"),
            "%s of %s".formatted(Titles.of(explained), className(explained)),
            explained);
      }
      page.append("</div></div>");
      prototypes("Prototypes", name, image);
    }
    for (JsonNode attack : image.path("attacks")) {
      attack(name, image, attack);
    }
    page.close();
  }

  private void attack(String name, JsonNode image, JsonNode attack) throws IOException {
    String place = name + "/" + text(attack, "folder");
    heading(attack);
    page.append("<div class=\"row\">");
    figure(name + "/original.png", "original", "");
    figure(place + "/adversarial.png", "adversarial", "");
    figure(
        place + "/perturbation.png",
        "perturbation",
        "enlarged %s times, grey is zero"
            .formatted(number(Json.number(attack.path("perturbationGain")))));
    int own = image.path("before").path("top").path(0).path("index").asInt();
    page.append("<div class=\"predictions\">");
    bars("before the attack", image.path("before"), own);
    bars("after the attack", attack.path("after"), own);
    page.append("</div></div>");
    if (attack.has("trajectory")) {
      page.wide(
          Files.readAllBytes(folder.resolve(place + "/trajectory.png")),
          "the image on its way through the attack");
    }
    maps(name, place, image, attack);
    prototypes("Prototypes before the attack", name, image);
    prototypes("Prototypes after the attack", place, attack);
    page.facts(norms(attack), "small");
    for (JsonNode finding : attack.path("findings")) {
      page.note(finding.asString());
    }
  }

  private void heading(JsonNode attack) {
    boolean success = attack.path("success").asBoolean();
    page.append("<h3>").append(escape(Titles.of(attack)));
    if (attack.has("epsilon")) {
      page.append(" <span class=\"epsilon\">epsilon ")
          .append(Epsilon.text(norm, Json.number(attack.path("epsilon"))))
          .append("</span>");
    }
    detection(success ? "success" : "failed", success);
    boolean quantized = attack.path("successAfterRounding").asBoolean(success);
    if (quantized != success) {
      detection((quantized ? "success" : "failed") + " after 8-bit quantization", quantized);
    }
    page.append("</h3>");
  }

  private void detection(String words, boolean success) {
    page.append(" <span class=\"verdict ")
        .append(success ? "hit" : "miss")
        .append("\">")
        .append(words)
        .append("</span>");
  }

  private static Map<String, String> norms(JsonNode attack) {
    JsonNode norms = attack.path("norms");
    JsonNode cost = attack.path("cost");
    double linf = Json.number(norms.path("linf"));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Linf", number(linf) + " = " + number(linf * 255) + "/255");
    facts.put("L2", number(Json.number(norms.path("l2"))));
    facts.put("L1", number(Json.number(norms.path("l1"))));
    facts.put("L0", norms.path("l0").asString());
    for (String measure : List.of("ssim", "psnr")) {
      if (attack.has(measure)) {
        facts.put(measure.toUpperCase(Locale.ROOT), number(Json.number(attack.path(measure))));
      }
    }
    facts.put("iterations", cost.path("iterations").asString());
    facts.put("forward passes", cost.path("forwards").asString());
    facts.put("backward passes", cost.path("backwards").asString());
    facts.put("time", number(Json.number(cost.path("seconds"))) + " s");
    return facts;
  }

  /** The maps of every method before and after an attack, a row each. */
  private void maps(String name, String place, JsonNode image, JsonNode attack) throws IOException {
    JsonNode explanations = image.path("explanations");
    for (int i = 0; i < explanations.size(); i++) {
      JsonNode before = explanations.path(i);
      JsonNode after = attack.path("explanationsOfOriginalClass").path(i);
      JsonNode other = attack.path("explanationsOfNewClass").path(i);
      String id = text(before, "id");
      String own = place + "/" + id;
      page.append("<h4>").append(escape(Titles.of(before))).append("</h4><div class=\"maps\">");
      pair(name + "/" + id, "before, " + className(before), before);
      pair(own, "after, " + className(after), after);
      page.map(
          Files.readAllBytes(folder.resolve(own + "/difference.png")),
          after.path("differenceColors"),
          "after minus before",
          "");
      if (!other.isMissingNode()) {
        pair(own + "-new-class", "after, " + className(other), other);
      }
      page.append("</div>");
    }
  }

  private void pair(String place, String caption, JsonNode explained) throws IOException {
    page.pair(
        Files.readAllBytes(folder.resolve(place + "/map.png")),
        Files.readAllBytes(folder.resolve(place + "/overlay.png")),
        explained.path("colors"),
        caption,
        range(explained));
  }

  /** "This looks like that": each prototype found, and the training patch that it is. */
  private void prototypes(String title, String place, JsonNode found) throws IOException {
    int number = 0;
    for (JsonNode match : found.path("prototypes")) {
      if (number++ == 0) {
        page.append("<h4>").append(escape(title)).append("</h4>");
      }
      String start = place + "/prototypes/" + number;
      JsonNode source = match.path("source");
      page.append("<div class=\"row\">");
      figure(
          start + "-here.png",
          String.format(Locale.ROOT, "%+.2f to the class", Json.number(match.path("contribution"))),
          "similarity " + number(Json.number(match.path("similarity"))));
      if (Files.exists(folder.resolve(start + "-patch.png"))) {
        figure(
            start + "-patch.png",
            "looks like prototype %s".formatted(match.path("prototype").asInt()),
            "of " + text(source, "class"));
        figure(
            start + "-training.png",
            "which comes from",
            "%s: %s, row %s, column %s"
                .formatted(
                    text(source, "dataSet"),
                    text(source, "name"),
                    source.path("row").asInt(),
                    source.path("column").asInt()));
      }
      figure(start + "-map.png", "similarity", "");
      page.append("</div>");
    }
  }

  private static String className(JsonNode explained) {
    return explained.path("class").path("name").asString();
  }

  private static String range(JsonNode explained) {
    if (explained.path("allNegative").asBoolean()) {
      return "empty: all contributions are negative; attribution.npy is the signed map";
    }
    if (explained.path("empty").asBoolean()) {
      return "empty: nothing contributes";
    }
    String shares = ObjectTable.words(explained);
    return "%s from %s to %s%s"
        .formatted(
            reduced(text(explained, "reduction")),
            number(Json.number(explained.path("min"))),
            number(Json.number(explained.path("max"))),
            shares.isEmpty() ? "" : "; " + shares);
  }

  private static String reduced(String reduction) {
    return switch (reduction) {
      case "max-absolute" -> "largest absolute value over the channels,";
      case "absolute" -> "sum of absolute values over the channels,";
      case "sum" -> "sum over the channels,";
      default -> "positive part,";
    };
  }

  private void bars(String title, JsonNode prediction, int marked) {
    page.append("<div class=\"bars\"><h5>").append(escape(title)).append("</h5>");
    for (JsonNode row : prediction.path("top")) {
      double probability = Json.number(row.path("probability"));
      boolean own = row.path("index").asInt() == marked;
      page.append("<div class=\"bar")
          .append(own ? " own" : "")
          .append("\"><span class=\"label\" title=\"")
          .append(escape(text(row, "name")))
          .append("\">")
          .append(escape(text(row, "name")))
          .append("</span><span class=\"value\">")
          .append(percent(probability))
          .append("</span><span class=\"track\"><span style=\"width:")
          .append(String.format(Locale.ROOT, "%.2f", 100 * probability))
          .append("%\"></span></span></div>");
    }
    page.append("</div>");
  }

  private void figure(String file, String caption, String detail) throws IOException {
    page.figure(Files.readAllBytes(folder.resolve(file)), caption, detail);
  }
}
