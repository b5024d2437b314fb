package io.adversight.report.image;

import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.PageImage;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The images of a folder with what is known of each, as one self-contained page. */
final class ImageFolderPage {
  private static final Set<String> NAMED = Set.of("file", "caption");
  private static final int SHOWN = 60;
  private static final Set<String> OWN = Set.of("images", "leftOut", "provenance", "model");

  private ImageFolderPage() {}

  static String of(Path folder, JsonNode manifest) {
    String model = Json.text(manifest, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    manifest.forEachEntry(
        (name, value) -> {
          if (!OWN.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
          }
        });
    String command = manifest.path("provenance").path("command").path(1).asString("images");
    String title = "%s, %s".formatted(command, model);
    List<Block> blocks = new ArrayList<>();
    JsonNode images = manifest.path("images");
    // What was written last, a sheet of all where there are several, comes first.
    for (int i = images.size() - 1; i >= Math.max(0, images.size() - SHOWN); i--) {
      blocks.add(image(folder, images.get(i)));
    }
    if (images.size() > SHOWN) {
      blocks.add(
          new Block.Note(
              "The page shows the last %s images; the folder holds all.".formatted(SHOWN)));
    }
    return new HtmlPage(title, facts, blocks, manifest, model, "").html();
  }

  private static Block.Section image(Path folder, JsonNode image) {
    Map<String, String> facts = new LinkedHashMap<>();
    image.forEachEntry(
        (name, value) -> {
          if (!NAMED.contains(name)) {
            facts.put(Facts.name(name), Facts.words(value));
          }
        });
    return new Block.Section(
        Json.text(image, "caption"),
        new Block.WideFigure(PageImage.in(folder.resolve(Json.text(image, "file"))), ""),
        new Block.NamedValues(facts, false));
  }
}
