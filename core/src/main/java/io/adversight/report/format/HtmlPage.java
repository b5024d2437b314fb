package io.adversight.report.format;

import io.adversight.image.ColorMap;
import io.adversight.image.ColorScale;
import io.adversight.image.ImageFiles;
import io.adversight.metric.numeric.Proportion;
import io.adversight.plot.Plot;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A self-contained page: no script, no link to anything outside. Texts are escaped; what the
 * methods put on the page is what every page of results looks like.
 */
public final class HtmlPage {
  /** Images narrower than this are enlarged in whole pixels, others smoothly. */
  private static final int SMALL = 200;

  /** What is said where a map has values beyond the ends of its colours. */
  private static final String CLIPPED =
      "clipped at the %sth percentile".formatted(ColorScale.PERCENTILE);

  private static final int BAR_WIDTH = 256;

  private final StringBuilder page = new StringBuilder();

  /** Begins a page. */
  public HtmlPage(String title) throws IOException {
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>")
        .append(escape(title))
        .append("</title><style>")
        .append(resource("report.css"))
        .append("</style></head><body><main>\n");
  }

  /** What stands on a page. */
  @FunctionalInterface
  public interface Content {
    /** Adds it, reading images where they lie. */
    void on(HtmlPage page) throws IOException;
  }

  /** A whole page: its heading, what is known of the work, and what it found. */
  public static String of(String title, Map<String, String> facts, Content content) {
    try {
      HtmlPage page = new HtmlPage(title).header(title, facts);
      content.on(page);
      return page.text();
    } catch (IOException e) {
      throw new UncheckedIOException("the report \"%s\" cannot be made".formatted(title), e);
    }
  }

  /** Markup as it is. */
  public HtmlPage append(String markup) {
    page.append(markup);
    return this;
  }

  /** The brand, the title and some facts. */
  public HtmlPage header(String title, Map<String, String> facts) {
    page.append("<header><p class=\"brand\">Adversight</p><h1>")
        .append(escape(title))
        .append("</h1>");
    return facts(facts).append("</header>\n");
  }

  /** Names with values. */
  public HtmlPage facts(Map<String, String> facts) {
    return facts(facts, "");
  }

  /** Names with values, in another look of the style sheet. */
  public HtmlPage facts(Map<String, String> facts, String look) {
    page.append("<dl class=\"facts ").append(look).append("\">");
    facts.forEach(
        (name, value) ->
            page.append("<div><dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd></div>"));
    page.append("</dl>");
    return this;
  }

  public HtmlPage open(String heading) {
    page.append("<section class=\"image\"><h2>").append(escape(heading)).append("</h2>");
    return this;
  }

  public HtmlPage close() {
    page.append("</section>\n");
    return this;
  }

  public HtmlPage heading(String text) {
    page.append("<h3>").append(escape(text)).append("</h3>");
    return this;
  }

  public HtmlPage note(String text) {
    page.append("<p class=\"note\">").append(escape(text)).append("</p>");
    return this;
  }

  /** A table whose columns after the first {@code names} are numbers. */
  public HtmlPage table(List<String> header, List<List<String>> rows, int names) {
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
    // A mean above its standard deviation takes half the width.
    int spread = text.indexOf(" ± ");
    page.append(escape(spread < 0 ? text : text.substring(0, spread)));
    if (spread >= 0) {
      page.append("<small>").append(escape(text.substring(spread + 1))).append("</small>");
    }
    page.append("</").append(tag).append('>');
  }

  /** An image over the whole width, such as a sheet. */
  public HtmlPage wide(Path file, String caption) throws IOException {
    return wide(Files.readAllBytes(file), caption);
  }

  /** An image over the whole width, such as a sheet. */
  public HtmlPage wide(byte[] png, String caption) {
    page.append("<figure class=\"wide\">").append(image(png, caption));
    return caption(caption, "");
  }

  /**
   * Plots side by side where there is room.
   *
   * @param folder where they lie as files
   * @param plots by file name
   */
  public HtmlPage plots(Path folder, Map<String, Plot> plots) throws IOException {
    page.append("<div class=\"row\">");
    for (Map.Entry<String, Plot> plot : plots.entrySet()) {
      page.append("<figure class=\"plot\">")
          .append(image(Files.readAllBytes(folder.resolve(plot.getKey())), plot.getValue().title()))
          .append("</figure>");
    }
    page.append("</div>");
    return this;
  }

  /** One image with a caption and, beneath, a detail that may be empty. */
  public HtmlPage figure(byte[] png, String caption, String detail) {
    page.append("<figure class=\"single\">").append(image(png, caption));
    return caption(caption, detail);
  }

  /** A wide image that is shown when its title is clicked. */
  public HtmlPage folded(String title, byte[] png) {
    page.append("<details><summary>").append(escape(title)).append("</summary>");
    return wide(png, title).append("</details>");
  }

  /** A map with the bar of its colours. */
  public HtmlPage map(byte[] png, JsonNode colors, String caption, String detail) {
    page.append("<figure class=\"single\">").append(image(png, caption));
    scale(colors);
    return caption(caption, clipped(colors, detail));
  }

  /** A map, the same map over its image, and the bar of its colours. */
  public HtmlPage pair(byte[] map, byte[] overlay, JsonNode colors, String caption, String detail) {
    page.append("<figure class=\"pair\"><div class=\"two\">")
        .append(image(map, caption + ", map"))
        .append(image(overlay, caption + ", over the image"))
        .append("</div>");
    scale(colors);
    return caption(caption, clipped(colors, detail));
  }

  private static String clipped(JsonNode colors, String detail) {
    return colors.path("clipped").asBoolean()
        ? detail.isEmpty() ? CLIPPED : detail + ", " + CLIPPED
        : detail;
  }

  private void scale(JsonNode colors) {
    ColorMap map = ColorMap.valueOf(text(colors, "map").toUpperCase(Locale.ROOT));
    float low = (float) Json.number(colors.path("low"));
    float high = (float) Json.number(colors.path("high"));
    byte[] bar = ImageFiles.png(new ColorScale(map, low, high, false).bar(BAR_WIDTH, 1));
    page.append("<div class=\"scale\"><span>")
        .append(number(low))
        .append("</span>")
        .append(image(bar, "colours from %s to %s".formatted(number(low), number(high))))
        .append("<span>")
        .append(number(high))
        .append("</span></div>");
  }

  private HtmlPage caption(String caption, String detail) {
    if (caption.isEmpty() && detail.isEmpty()) {
      page.append("</figure>");
      return this;
    }
    page.append("<figcaption>").append(escape(caption));
    if (!detail.isEmpty()) {
      page.append("<small>").append(escape(detail)).append("</small>");
    }
    page.append("</figcaption></figure>");
    return this;
  }

  private static String image(byte[] file, String alt) {
    return "<img"
        + (isSmall(file) ? " class=\"pixels\"" : "")
        + " alt=\""
        + escape(alt)
        + "\" src=\"data:image/"
        + (isPng(file) ? "png" : "jpeg")
        + ";base64,"
        + Base64.getEncoder().encodeToString(file)
        + "\">";
  }

  /** Whether an image is so small that it is enlarged in whole pixels. */
  public static boolean isSmall(byte[] file) {
    // The width stands in the header of every PNG file (W3C PNG, section 11.2.1).
    return isPng(file) && ByteBuffer.wrap(file).getInt(16) < SMALL;
  }

  private static boolean isPng(byte[] file) {
    return file.length > 20 && file[0] == (byte) 0x89;
  }

  /** What was left out, and how the rest was made, from a result that says so. */
  public HtmlPage footer(JsonNode result, JsonNode spec) {
    return footer(result, text(spec, "model"), text(spec, "modelSha256"));
  }

  /** What was left out, and how the rest was made: the command, the versions and the network. */
  public HtmlPage footer(JsonNode result, String model, String modelSha256) {
    leftOut(result.path("leftOut"));
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
        .append(number(Json.number(provenance.path("seconds"))))
        .append(" s");
    if (!model.isEmpty()) {
      page.append("; network ").append(escape(model));
    }
    if (!modelSha256.isEmpty()) {
      page.append(" <code>").append(escape(modelSha256)).append("</code>");
    }
    page.append("</p></footer>");
    return this;
  }

  private void leftOut(JsonNode images) {
    if (!images.isEmpty()) {
      open("Images that were left out")
          .table(
              List.of("image", "reason"),
              images
                  .valueStream()
                  .map(image -> List.of(text(image, "name"), text(image, "reason")))
                  .toList(),
              2)
          .close();
    }
  }

  /** The whole page. */
  public String text() {
    return page + "</main></body></html>\n";
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  public static String percent(double probability) {
    return String.format(
        Locale.ROOT, probability >= 0.0995 ? "%.1f %%" : "%.2f %%", 100 * probability);
  }

  /** A share in per cent; a dash without trials. */
  public static String percent(Proportion share) {
    return share.trials() == 0 ? "-" : percent(share.value());
  }

  /** The 95 % interval of a share; a dash without trials. */
  public static String interval(Proportion share) {
    return share.trials() == 0
        ? "-"
        : percent(share.wilson().low()) + " to " + percent(share.wilson().high());
  }

  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(
        Locale.ROOT, Math.abs(value) >= 0.001 && Math.abs(value) < 1e5 ? "%.4g" : "%.2e", value);
  }

  public static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  public static String escape(String text) {
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
