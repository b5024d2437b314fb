package io.adversight.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A self-contained page: no script, no link to anything outside. */
final class HtmlPage {
  private final StringBuilder page = new StringBuilder();

  /** Begins a page. */
  HtmlPage(String title) throws IOException {
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>")
        .append(escape(title))
        .append("</title><style>")
        .append(resource("report.css"))
        .append("</style></head><body><main>\n");
  }

  /** Markup as it is. */
  HtmlPage append(String markup) {
    page.append(markup);
    return this;
  }

  /** The brand, the title and some facts. */
  HtmlPage header(String title, Map<String, String> facts) {
    page.append("<header><p class=\"brand\">Adversight</p><h1>")
        .append(escape(title))
        .append("</h1>");
    return facts(facts).append("</header>\n");
  }

  /** Names with values. */
  HtmlPage facts(Map<String, String> facts) {
    page.append("<dl class=\"facts\">");
    facts.forEach((name, value) -> page.append(fact(name, value)));
    page.append("</dl>");
    return this;
  }

  static String fact(String name, String value) {
    return "<div><dt>" + escape(name) + "</dt><dd>" + escape(value) + "</dd></div>";
  }

  HtmlPage open(String heading) {
    page.append("<section class=\"picture\"><h2>").append(escape(heading)).append("</h2>");
    return this;
  }

  HtmlPage close() {
    page.append("</section>\n");
    return this;
  }

  HtmlPage heading(String text) {
    page.append("<h3>").append(escape(text)).append("</h3>");
    return this;
  }

  HtmlPage note(String text) {
    page.append("<p class=\"note\">").append(escape(text)).append("</p>");
    return this;
  }

  /** A table whose columns after the first {@code names} are numbers. */
  HtmlPage table(List<String> header, List<List<String>> rows, int names) {
    page.append("<div class=\"scroll\"><table><thead><tr>");
    for (int i = 0; i < header.size(); i++) {
      cell("th", header.get(i), i >= names);
    }
    page.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      page.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell("td", row.get(i), i >= names);
      }
      page.append("</tr>");
    }
    page.append("</tbody></table></div>");
    return this;
  }

  private void cell(String tag, String text, boolean number) {
    page.append('<').append(tag).append(number ? " class=\"number\">" : ">");
    page.append(escape(text)).append("</").append(tag).append('>');
  }

  /** A wide picture, such as a plot. */
  HtmlPage wide(byte[] png, String caption) {
    page.append("<figure class=\"wide\">").append(image(png, caption)).append("<figcaption>");
    page.append(escape(caption)).append("</figcaption></figure>");
    return this;
  }

  /** Plots by their file names, side by side where there is room. */
  HtmlPage plots(Map<String, byte[]> plots) {
    page.append("<div class=\"row\">");
    plots.forEach(
        (name, png) ->
            page.append("<figure class=\"plot\">")
                .append(image(png, name))
                .append("<figcaption><small>")
                .append(escape(name))
                .append("</small></figcaption></figure>"));
    page.append("</div>");
    return this;
  }

  static String figure(byte[] png, String caption, String detail) {
    return "<figure>"
        + image(png, caption)
        + "<figcaption>"
        + escape(caption)
        + (detail.isEmpty() ? "" : "<small>" + escape(detail) + "</small>")
        + "</figcaption></figure>";
  }

  private static String image(byte[] png, String alt) {
    return "<img alt=\""
        + escape(alt)
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(png)
        + "\">";
  }

  /** How it was made: the command, the versions and the network. */
  HtmlPage footer(JsonNode provenance, String model, String modelSha256) {
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
        .append(escape(model))
        .append(" <code>")
        .append(escape(modelSha256))
        .append("</code></p></footer>");
    return this;
  }

  /** The whole page. */
  String text() {
    return page + "</main></body></html>\n";
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** An epsilon in grey levels where it is a whole number of them. */
  static String epsilon(double epsilon) {
    double parts = epsilon * 255;
    return Math.abs(parts - Math.rint(parts)) < 1e-6
        ? "%d/255".formatted(Math.round(parts))
        : number(epsilon);
  }

  static String percent(double probability) {
    return String.format(
        Locale.ROOT, probability >= 0.0995 ? "%.1f %%" : "%.2f %%", 100 * probability);
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= 0.001 && Math.abs(value) < 1e5 ? "%.4g" : "%.2e", value);
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
