package io.adversight.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One self-contained page about a folder of results: no script, no link to anything outside. */
final class HtmlReport {
  private static final int PICTURES_SHOWN = 60;

  private final Path folder;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Path folder) {
    this.folder = folder;
  }

  /** The page about {@code result}, the content of {@code result.json} in {@code folder}. */
  static String of(Path folder, JsonNode result) throws IOException {
    HtmlReport report = new HtmlReport(folder);
    report.write(result);
    return report.page.toString();
  }

  private void write(JsonNode result) throws IOException {
    JsonNode study = result.path("study");
    String title = title(study);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>")
        .append(escape(title))
        .append("</title><style>")
        .append(resource("report.css"))
        .append("</style></head><body><main>\n");
    header(title, result);
    if (result.has("summary")) {
      table("All pictures", SetSummary.table(result.path("summary")));
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
    footer(result);
    page.append("</main></body></html>\n");
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
    page.append("<div><dt>")
        .append(escape(name))
        .append("</dt><dd>")
        .append(escape(value))
        .append("</dd></div>");
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
  }

  private static String className(JsonNode explained) {
    return explained.path("class").path("name").asString();
  }

  private static String range(JsonNode explained) {
    return explained.path("allNegative").asBoolean()
        ? "empty: all contributions are negative"
        : "%s to %s (%s)"
            .formatted(
                number(explained.path("min").asDouble()),
                number(explained.path("max").asDouble()),
                text(explained, "reduction"));
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
    byte[] png = Files.readAllBytes(folder.resolve(file));
    page.append("<figure><img alt=\"")
        .append(escape(caption))
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(png))
        .append("\"><figcaption>")
        .append(escape(caption));
    if (!detail.isEmpty()) {
      page.append("<small>").append(escape(detail)).append("</small>");
    }
    page.append("</figcaption></figure>");
  }

  private void footer(JsonNode result) {
    JsonNode provenance = result.path("provenance");
    page.append("<footer><h2>How this was made</h2><pre>");
    StringBuilder command = new StringBuilder();
    for (JsonNode word : provenance.path("command")) {
      command.append(command.isEmpty() ? "" : " ").append(quote(word.asString()));
    }
    page.append(escape(command.toString()))
        .append("</pre><p>Adversight ")
        .append(escape(text(provenance, "version")));
    if (!text(provenance, "commit").isEmpty()) {
      page.append(" (").append(escape(text(provenance, "commit"))).append(")");
    }
    page.append(", ")
        .append(escape(text(provenance, "engine")))
        .append(", Java ")
        .append(escape(text(provenance, "java")))
        .append(", ")
        .append(escape(text(provenance, "device")))
        .append(", ")
        .append(provenance.path("threads").asInt())
        .append(" threads, ")
        .append(number(provenance.path("seconds").asDouble()))
        .append(" s; network ")
        .append(escape(text(result.path("study"), "model")))
        .append(" <code>")
        .append(escape(text(result.path("study"), "modelSha256")))
        .append("</code></p></footer>");
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String epsilon(double epsilon) {
    double parts = epsilon * 255;
    return Math.abs(parts - Math.rint(parts)) < 1e-6
        ? "%d/255".formatted(Math.round(parts))
        : number(epsilon);
  }

  private static String percent(double probability) {
    return String.format(
        Locale.ROOT, probability >= 0.0995 ? "%.1f %%" : "%.2f %%", 100 * probability);
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= 0.001 && Math.abs(value) < 1e5 ? "%.4g" : "%.2e", value);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
