package io.adversight.report.image;

import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The images of a folder with what is known of each, as one self-contained page. */
final class ImageFolderPage {
  private static final Set<String> NAMED = Set.of("file", "caption");
  private static final int SHOWN = 60;
  private static final Set<String> OWN = Set.of("images", "leftOut", "provenance", "model");

  private ImageFolderPage() {}

  static String of(Path folder, JsonNode manifest) throws IOException {
    String model = HtmlPage.text(manifest, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    manifest.forEachEntry(
        (name, value) -> {
          if (!OWN.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
          }
        });
    String command = manifest.path("provenance").path("command").path(1).asString("images");
    String title = "%s, %s".formatted(command, model);
    HtmlPage page = new HtmlPage(title).header(title, facts);
    JsonNode images = manifest.path("images");
    // What was written last, a sheet of all where there are several, comes first.
    for (int i = images.size() - 1; i >= Math.max(0, images.size() - SHOWN); i--) {
      image(page, folder, images.get(i));
    }
    if (images.size() > SHOWN) {
      page.note("The page shows the last %s images; the folder holds all.".formatted(SHOWN));
    }
    return page.footer(manifest, model, "").text();
  }

  private static void image(HtmlPage page, Path folder, JsonNode image) throws IOException {
    String file = HtmlPage.text(image, "file");
    Map<String, String> facts = new LinkedHashMap<>();
    image.forEachEntry(
        (name, value) -> {
          if (!NAMED.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
          }
        });
    page.open(HtmlPage.text(image, "caption")).wide(folder.resolve(file), "").facts(facts).close();
  }
}
