package io.adversight.report;

import static io.adversight.report.HtmlPage.epsilon;
import static io.adversight.report.HtmlPage.escape;
import static io.adversight.report.HtmlPage.number;
import static io.adversight.report.HtmlPage.percent;
import static io.adversight.report.HtmlPage.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One self-contained page about a folder of results: no script, no link to anything outside. */
final class HtmlReport {
  private static final int PICTURES_SHOWN = 60;

  private final Path folder;
  private final HtmlPage page;

  private HtmlReport(Path folder, String title) throws IOException {
    this.folder = folder;
    this.page = new HtmlPage(title);
  }

  /** The page about {@code result}, the content of {@code result.json} in {@code folder}. */
  static String of(Path folder, JsonNode result) throws IOException {
    String title = title(result.path("study"));
    HtmlReport report = new HtmlReport(folder, title);
    report.write(title, result);
    return report.page.text();
  }

  private void write(String title, JsonNode result) throws IOException {
    header(title, result);
    if (result.has("summary")) {
      table("All pictures", SetSummary.table(result.path("summary")));
    }
    if (result.has("objectShares")) {
      table("How much of the maps lies where", ObjectTable.table(result.path("objectShares")));
    }
    int shown = 0;
    for (JsonNode picture : result.path("images")) {
      if (shown++ == PICTURES_SHOWN) {
        page.append(
            "<p class=\"note\">The page shows the first %d of %d pictures; the folder holds all.</p>"
                .formatted(PICTURES_SHOWN, result.path("images").size()));
        break;
      }
      picture(picture);
    }
    JsonNode study = result.path("study");
    page.footer(result.path("provenance"), text(study, "model"), text(study, "modelSha256"));
  }

  private static String title(JsonNode study) {
    StringBuilder title = new StringBuilder();
    for (JsonNode attack : study.path("attacks")) {
      title.append(title.isEmpty() ? "" : ", ").append(text(attack, "id"));
    }
    if (title.isEmpty()) {
      for (JsonNode method : study.path("methods")) {
        title.append(title.isEmpty() ? "" : ", ").append(text(method, "id"));
      }
    }
    return title + " on " + text(study, "model");
  }

  private void header(String title, JsonNode result) {
    JsonNode images = result.path("images");
    page.append("<header><p class=\"brand\">Adversight</p><h1>")
        .append(escape(title))
        .append("</h1><dl class=\"facts\">");
    fact("pictures", Integer.toString(images.size()));
    int attacks = 0;
    int flipped = 0;
    int flippedRounded = 0;
    int rounded = 0;
    for (JsonNode picture : images) {
      for (JsonNode attack : picture.path("attacks")) {
        attacks++;
        flipped += attack.path("success").asBoolean() ? 1 : 0;
        if (attack.has("successAfterRounding")) {
          rounded++;
          flippedRounded += attack.path("successAfterRounding").asBoolean() ? 1 : 0;
        }
      }
    }
    JsonNode study = result.path("study");
    if (attacks > 0) {
      fact("attacks that reached their goal", flipped + " of " + attacks);
      if (rounded > 0) {
        fact("still, after rounding to 8 bit", flippedRounded + " of " + rounded);
      }
      fact("norm", text(study, "norm"));
      StringBuilder epsilons = new StringBuilder();
      for (JsonNode epsilon : study.path("epsilons")) {
        epsilons.append(epsilons.isEmpty() ? "" : ", ").append(epsilon(epsilon.asDouble()));
      }
      fact("epsilon", epsilons.toString());
    }
    fact("seed", study.path("seed").asString());
    page.append("</dl></header>\n");
  }

  private void table(String title, RobustnessTable table) {
    page.append("<section class=\"picture\"><h2>").append(escape(title)).append("</h2><table>");
    cells("th", table.header());
    table.rows().forEach(row -> cells("td", row));
    page.append("</table></section>\n");
  }

  private void cells(String tag, List<String> row) {
    page.append("<tr>");
    row.forEach(cell -> page.append("<%s>%s</%s>".formatted(tag, escape(cell), tag)));
    page.append("</tr>");
  }

  private void fact(String name, String value) {
    page.append(HtmlPage.fact(name, value));
  }

  private void picture(JsonNode picture) throws IOException {
    String name = text(picture, "name");
    page.append("<section class=\"picture\"><h2>").append(escape(name)).append("</h2>");
    if (picture.path("attacks").isEmpty()) {
      page.append("<div class=\"row\">");
      figure(name + "/original.png", "what the network sees", "");
      bars("prediction", picture.path("before"), -1);
      page.append("</div>");
      methods(name, picture, null);
    }
    for (JsonNode attack : picture.path("attacks")) {
      attack(name, picture, attack);
    }
    page.append("</section>\n");
  }

  private void attack(String name, JsonNode picture, JsonNode attack) throws IOException {
    String place = name + "/" + text(attack, "folder");
    boolean success = attack.path("success").asBoolean();
    page.append("<h3>").append(escape(text(attack, "id")));
    if (attack.has("epsilon")) {
      page.append(" <span class=\"epsilon\">epsilon ")
          .append(epsilon(attack.path("epsilon").asDouble()))
          .append("</span>");
    }
    page.append(" <span class=\"verdict ")
        .append(success ? "hit" : "miss")
        .append("\">")
        .append(success ? "goal reached" : "goal not reached")
        .append("</span>");
    if (attack.has("successAfterRounding")
        && attack.path("successAfterRounding").asBoolean() != success) {
      page.append(" <span class=\"verdict miss\">")
          .append(success ? "lost when rounded to 8 bit" : "reached when rounded to 8 bit")
          .append("</span>");
    }
    page.append("</h3><div class=\"row\">");
    figure(name + "/original.png", "original", "");
    figure(place + "/adversarial.png", "adversarial", "");
    figure(
        place + "/perturbation.png",
        "perturbation",
        "x %s, grey is zero".formatted(number(attack.path("perturbationGain").asDouble())));
    int own = picture.path("before").path("top").path(0).path("index").asInt();
    page.append("<div class=\"predictions\">");
    bars("before", picture.path("before"), own);
    bars("after", attack.path("after"), own);
    page.append("</div></div>");
    methods(name, picture, attack);
    JsonNode norms = attack.path("norms");
    JsonNode cost = attack.path("cost");
    page.append("<dl class=\"facts small\">");
    fact(
        "Linf",
        number(norms.path("linf").asDouble())
            + " = "
            + number(norms.path("linf").asDouble() * 255)
            + "/255");
    fact("L2", number(norms.path("l2").asDouble()));
    fact("L1", number(norms.path("l1").asDouble()));
    fact("L0", norms.path("l0").asString());
    for (String measure : new String[] {"ssim", "psnr"}) {
      if (attack.has(measure)) {
        fact(measure.toUpperCase(Locale.ROOT), number(attack.path(measure).asDouble()));
      }
    }
    fact("iterations", cost.path("iterations").asString());
    fact("forward passes", cost.path("forwards").asString());
    fact("backward passes", cost.path("backwards").asString());
    fact("time", number(cost.path("seconds").asDouble()) + " s");
    page.append("</dl>");
    for (JsonNode finding : attack.path("findings")) {
      page.append("<p class=\"note\">").append(escape(finding.asString())).append("</p>");
    }
  }

  private void methods(String name, JsonNode picture, @Nullable JsonNode attack)
      throws IOException {
    JsonNode explanations = picture.path("explanations");
    for (int i = 0; i < explanations.size(); i++) {
      JsonNode before = explanations.path(i);
      String id = text(before, "id");
      page.append("<h4>").append(escape(id)).append("</h4><div class=\"row maps\">");
      figure(
          name + "/" + id + "/overlay.png",
          (attack == null ? "" : "before: ") + className(before),
          range(before));
      if (attack == null) {
        figure(name + "/" + id + "/map.png", "map alone", "");
      } else {
        String place = name + "/" + text(attack, "folder") + "/" + id;
        JsonNode after = attack.path("explanationsOfOriginalClass").path(i);
        figure(place + "/overlay.png", "after: " + className(after), range(after));
        figure(place + "/difference.png", "difference", "after minus before; white is zero");
        JsonNode other = attack.path("explanationsOfNewClass").path(i);
        if (!other.isMissingNode()) {
          figure(place + "-new-class/overlay.png", "after: " + className(other), range(other));
        }
      }
      page.append("</div>");
    }
    if (attack == null) {
      prototypes("prototypes", name, picture);
    } else {
      prototypes("prototypes before", name, picture);
      prototypes("prototypes after", name + "/" + text(attack, "folder"), attack);
    }
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
      page.append("<div class=\"row maps\">");
      figure(
          start + "-here.png",
          String.format(Locale.ROOT, "%+.2f to the class", match.path("contribution").asDouble()),
          "similarity " + number(match.path("similarity").asDouble()));
      if (Files.exists(folder.resolve(start + "-patch.png"))) {
        figure(
            start + "-patch.png",
            "looks like prototype %d".formatted(match.path("prototype").asInt()),
            "of " + text(source, "class"));
        figure(
            start + "-training.png",
            "which comes from",
            "%s: %s, row %d, column %d"
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
    return "%s to %s (%s)%s"
        .formatted(
            number(explained.path("min").asDouble()),
            number(explained.path("max").asDouble()),
            text(explained, "reduction"),
            shares.isEmpty() ? "" : "; " + shares);
  }

  private void bars(String title, JsonNode prediction, int marked) {
    page.append("<div class=\"bars\"><h5>").append(escape(title)).append("</h5>");
    for (JsonNode row : prediction.path("top")) {
      double probability = row.path("probability").asDouble();
      boolean own = row.path("index").asInt() == marked;
      page.append("<div class=\"bar")
          .append(own ? " own" : "")
          .append("\"><span class=\"label\">")
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
    page.append(HtmlPage.figure(Files.readAllBytes(folder.resolve(file)), caption, detail));
  }
}
