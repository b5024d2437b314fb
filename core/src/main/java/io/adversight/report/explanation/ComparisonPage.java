package io.adversight.report.explanation;

import io.adversight.attack.Epsilon;
import io.adversight.plot.Plot;
import io.adversight.report.PerImageFolders;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The report of compared explanations as one self-contained page. */
final class ComparisonPage {
  private static final int IMAGES_SHOWN = 24;

  private ComparisonPage() {}

  static String of(
      PerImageFolders folder, ComparisonTable table, Map<String, Plot> plots, JsonNode result) {
    JsonNode study = result.path("study");
    String title = "Explanations before and after, " + Json.text(study, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(result.path("images").size()));
    facts.put("attacks", Titles.list(study.path("attacks")));
    facts.put("explanations", Titles.list(study.path("methods")));
    facts.put("norm", Json.text(study, "norm"));
    facts.put("seed", study.path("seed").asString());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Section(
            "Before against after",
            summary(table),
            new Block.Note(
                "Mean ± standard deviation over the images. The map before explains the prediction"
                    + " of the clean image. \"original class\" explains that class in the changed"
                    + " image too, \"new class\" the one that the changed image is taken for.")));
    if (!plots.isEmpty()) {
      blocks.add(new Block.Section("Distributions", Block.Group.ofPlots(folder.path(), plots)));
    }
    JsonNode images = result.path("images");
    for (int i = 0; i < Math.min(IMAGES_SHOWN, images.size()); i++) {
      blocks.add(image(folder, images.path(i), table));
    }
    if (images.size() > IMAGES_SHOWN) {
      blocks.add(
          new Block.Note(
              "The page shows the first %s images; the folder holds all.".formatted(IMAGES_SHOWN)));
    }
    return new HtmlPage(title, facts, blocks, result, study).html();
  }

  /** The table without the columns that say the same in every row. */
  private static Block.Table summary(ComparisonTable table) {
    List<List<String>> rows = table.summary();
    int keys = ComparisonTable.KEYS.size();
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < table.summaryHeader().size(); i++) {
      int column = i;
      boolean says = rows.stream().map(row -> row.get(column)).distinct().count() > 1;
      if (i > keys || says || table.summaryHeader().get(i).equals("method")) {
        shown.add(i);
      }
    }
    return new Block.Table(
        shown.stream().map(table.summaryHeader()::get).toList(),
        rows.stream().map(row -> shown.stream().map(row::get).toList()).toList(),
        (int) shown.stream().filter(i -> i < keys).count());
  }

  private static Block.Section image(
      PerImageFolders folder, JsonNode image, ComparisonTable table) {
    String name = Json.text(image, "name");
    List<Block> blocks = new ArrayList<>();
    for (JsonNode attack : image.path("attacks")) {
      blocks.add(
          new Block.Heading(
              "%s%s: %s to %s"
                  .formatted(
                      Titles.of(attack),
                      attack.has("epsilon")
                          ? ", epsilon "
                              + Epsilon.text(table.norm(), Json.number(attack.path("epsilon")))
                          : "",
                      top(image.path("before")),
                      top(attack.path("after")))));
      Path sheet =
          folder
              .path()
              .resolve(name)
              .resolve(Json.text(attack, "folder"))
              .resolve("comparison.png");
      blocks.add(
          new Block.WideFigure(
              PageImage.in(sheet),
              "clean and adversarial, map by map; differences are after less before, white is"
                  + " zero"));
      blocks.add(comparisons(attack, table.measures()));
    }
    return new Block.Section(name, blocks);
  }

  private static Block.Table comparisons(JsonNode attack, List<String> measures) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode comparison : attack.path("comparisons")) {
      List<String> row = new ArrayList<>();
      row.add(Json.text(comparison, "method"));
      row.add(Json.text(comparison, "explains") + empty(comparison));
      for (String measure : measures) {
        row.add(NumberText.of(Json.number(comparison.path("values").path(measure))));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("method", "explains"));
    header.addAll(measures);
    return new Block.Table(header, rows, 2);
  }

  private static String empty(JsonNode comparison) {
    String which = Json.text(comparison, "empty");
    return which.isEmpty() ? "" : " (nothing positive: " + which + ")";
  }

  private static String top(JsonNode prediction) {
    JsonNode first = prediction.path("top").path(0);
    return "%s %s"
        .formatted(
            Json.text(first, "name"), NumberText.percent(Json.number(first.path("probability"))));
  }
}
