package io.adversight.report.study;

import io.adversight.report.format.Block;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** "This looks like that": each prototype found, and the training patch that it is. */
final class PrototypeRows {
  private final Path folder;

  PrototypeRows(Path folder) {
    this.folder = folder;
  }

  /** A heading and a row for each prototype; empty without any. */
  List<Block> of(String title, String place, JsonNode found) {
    List<Block> blocks = new ArrayList<>();
    int number = 0;
    for (JsonNode match : found.path("prototypes")) {
      if (number++ == 0) {
        blocks.add(new Block.Subheading(title));
      }
      blocks.add(row(place + "/prototypes/" + number, match));
    }
    return blocks;
  }

  private Block row(String start, JsonNode match) {
    JsonNode source = match.path("source");
    List<Block> figures = new ArrayList<>();
    figures.add(
        figure(
            start + "-here.png",
            String.format(
                Locale.ROOT, "%+.2f to the class", Json.number(match.path("contribution"))),
            "similarity " + NumberText.of(Json.number(match.path("similarity")))));
    if (Files.exists(folder.resolve(start + "-patch.png"))) {
      figures.add(
          figure(
              start + "-patch.png",
              "looks like prototype %s".formatted(match.path("prototype").asInt()),
              "of " + Json.text(source, "class")));
      figures.add(
          figure(
              start + "-training.png",
              "which comes from",
              "%s: %s, row %s, column %s"
                  .formatted(
                      Json.text(source, "dataSet"),
                      Json.text(source, "name"),
                      source.path("row").asInt(),
                      source.path("column").asInt())));
    }
    figures.add(figure(start + "-map.png", "similarity", ""));
    return new Block.Group(Block.Layout.ROW, figures);
  }

  private Block figure(String file, String caption, String detail) {
    return new Block.Figure(PageImage.in(folder.resolve(file)), caption, detail);
  }
}
