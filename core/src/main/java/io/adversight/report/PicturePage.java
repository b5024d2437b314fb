package io.adversight.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The pictures of a folder with what is known of each, as one self-contained page. */
final class PicturePage {
  private static final int SHOWN = 60;
  private static final Set<String> OWN = Set.of("pictures", "provenance", "model");

  private PicturePage() {}

  static String of(Path folder, JsonNode manifest) throws IOException {
    String model = HtmlPage.text(manifest, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    manifest.forEachEntry(
        (name, value) -> {
          if (!OWN.contains(name)) {
            facts.put(name, text(value));
          }
        });
    String command = manifest.path("provenance").path("command").path(1).asString("pictures");
    String title = "%s, %s".formatted(command, model);
    HtmlPage page = new HtmlPage(title).header(title, facts);
    JsonNode pictures = manifest.path("pictures");
    // What was written last, a sheet of all where there are several, comes first.
    for (int i = pictures.size() - 1; i >= Math.max(0, pictures.size() - SHOWN); i--) {
      picture(page, folder, pictures.get(i));
    }
    if (pictures.size() > SHOWN) {
      page.note("The page shows the last %d pictures; the folder holds all.".formatted(SHOWN));
    }
    return page.footer(manifest.path("provenance"), model, "").text();
  }

  private static void picture(HtmlPage page, Path folder, JsonNode picture) throws IOException {
    String file = HtmlPage.text(picture, "file");
    Map<String, String> facts = new LinkedHashMap<>();
    picture.forEachEntry(
        (name, value) -> {
          if (!name.equals("file")) {
            facts.put(name, text(value));
          }
        });
    page.open(file.replaceFirst("[.]png$", ""))
        .wide(Files.readAllBytes(folder.resolve(file)), file)
        .facts(facts)
        .close();
  }

  private static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return HtmlPage.number(value.asDouble());
    }
    if (value.isArray()) {
      return value.valueStream().map(PicturePage::text).collect(Collectors.joining(", "));
    }
    if (value.has("id")) {
      JsonNode parameters = value.path("parameters");
      return HtmlPage.text(value, "id") + (parameters.isEmpty() ? "" : " " + parameters);
    }
    return value.isValueNode() ? value.asString() : value.toString();
  }
}
