package io.adversight.report.image;

import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The pictures of a folder with what is known of each, as one self-contained page. */
final class PicturePage {
  private static final Set<String> NAMED = Set.of("file", "caption");
  private static final int SHOWN = 60;
  private static final Set<String> OWN = Set.of("pictures", "leftOut", "provenance", "model");

  private PicturePage() {}

  static String of(Path folder, JsonNode manifest) throws IOException {
    String model = HtmlPage.text(manifest, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    manifest.forEachEntry(
        (name, value) -> {
          if (!OWN.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
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
      page.note("The page shows the last %s pictures; the folder holds all.".formatted(SHOWN));
    }
    return page.footer(manifest, model, "").text();
  }

  private static void picture(HtmlPage page, Path folder, JsonNode picture) throws IOException {
    String file = HtmlPage.text(picture, "file");
    Map<String, String> facts = new LinkedHashMap<>();
    picture.forEachEntry(
        (name, value) -> {
          if (!NAMED.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
          }
        });
    page.open(HtmlPage.text(picture, "caption"))
        .wide(folder.resolve(file), "")
        .facts(facts)
        .close();
  }
}
