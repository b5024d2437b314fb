package io.adversight.report.format;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.output.StringOutput;
import io.adversight.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A page of results: no script, no link to anything outside. The templates in {@code src/main/jte}
 * are what it looks like; they escape every text.
 *
 * @param facts what is known of the work, beneath the title
 * @param blocks what it found, from top to bottom
 * @param origin how it was made; empty where nothing was computed
 */
public record HtmlPage(
    String title, Map<String, String> facts, List<Block> blocks, Optional<Origin> origin) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

  public HtmlPage {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    blocks = List.copyOf(blocks);
  }

  /** A page without a word on how it was made. */
  public HtmlPage(String title, Map<String, String> facts, Block... blocks) {
    this(title, facts, List.of(blocks), Optional.empty());
  }

  /** A page with what was left out, and how the rest was made. */
  public HtmlPage(
      String title,
      Map<String, String> facts,
      List<Block> blocks,
      JsonNode result,
      String model,
      String modelSha256) {
    this(
        title,
        facts,
        withLeftOut(blocks, result.path("leftOut")),
        Optional.of(Origin.of(result, model, modelSha256)));
  }

  /** A page with what was left out, and how the rest was made, with the network of a spec. */
  public HtmlPage(
      String title, Map<String, String> facts, List<Block> blocks, JsonNode result, JsonNode spec) {
    this(title, facts, blocks, result, Json.text(spec, "model"), Json.text(spec, "modelSha256"));
  }

  private static List<Block> withLeftOut(List<Block> blocks, JsonNode images) {
    List<Block> all = new ArrayList<>(blocks);
    if (!images.isEmpty()) {
      List<List<String>> rows =
          images
              .valueStream()
              .map(image -> List.of(Json.text(image, "name"), Json.text(image, "reason")))
              .toList();
      all.add(
          new Block.Section(
              "Images that were left out", new Block.Table(List.of("image", "reason"), rows, 2)));
    }
    return all;
  }

  /**
   * The page as HTML.
   *
   * @throws UncheckedIOException if one of its images cannot be read
   */
  public String html() {
    StringOutput output = new StringOutput();
    try {
      TEMPLATES.render("page.jte", this, output);
    } catch (TemplateException e) {
      if (e.getCause() instanceof UncheckedIOException unread) {
        throw unread;
      }
      throw e;
    }
    return output.toString();
  }

  /** The style sheet of every page. */
  String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the style sheet of pages is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet of pages cannot be read", e);
    }
  }
}
