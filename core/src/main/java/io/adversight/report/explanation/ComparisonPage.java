package io.adversight.report.explanation;

import io.adversight.attack.Epsilon;
import io.adversight.plot.Plot;
import io.adversight.report.PerImageFolders;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
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
      PerImageFolders folder, ComparisonTable table, Map<String, Plot> plots, JsonNode result)
      throws IOException {
    JsonNode study = result.path("study");
    String title = "Explanations before and after, " + HtmlPage.text(study, "model");
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(result.path("images").size()));
    facts.put("attacks", Titles.list(study.path("attacks")));
    facts.put("explanations", Titles.list(study.path("methods")));
    facts.put("norm", HtmlPage.text(study, "norm"));
    facts.put("seed", study.path("seed").asString());
    HtmlPage page = new HtmlPage(title).header(title, facts).open("Before against after");
    summary(page, table);
    page.note(
        "Mean ± standard deviation over the images. The map before explains the prediction of the"
            + " clean image. \"original class\" explains that class in the changed image too,"
            + " \"new class\" the one that the changed image is taken for.");
    page.close();
    if (!plots.isEmpty()) {
      page.open("Distributions").plots(folder.path(), plots).close();
    }
    int shown = 0;
    for (JsonNode image : result.path("images")) {
      if (shown++ == IMAGES_SHOWN) {
        page.note("The page shows the first %s images; the folder holds all.".formatted(shown - 1));
        break;
      }
      image(page, folder, image, table);
    }
    return page.footer(result, HtmlPage.text(study, "model"), HtmlPage.text(study, "modelSha256"))
        .text();
  }

  /** The table without the columns that say the same in every row. */
  private static void summary(HtmlPage page, ComparisonTable table) {
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
    page.table(
        shown.stream().map(table.summaryHeader()::get).toList(),
        rows.stream().map(row -> shown.stream().map(row::get).toList()).toList(),
        (int) shown.stream().filter(i -> i < keys).count());
  }

  private static void image(
      HtmlPage page, PerImageFolders folder, JsonNode image, ComparisonTable table)
      throws IOException {
    String name = HtmlPage.text(image, "name");
    page.open(name);
    for (JsonNode attack : image.path("attacks")) {
      page.heading(
          "%s%s: %s to %s"
              .formatted(
                  Titles.of(attack),
                  attack.has("epsilon")
                      ? ", epsilon "
                          + Epsilon.text(table.norm(), Json.number(attack.path("epsilon")))
                      : "",
                  top(image.path("before")),
                  top(attack.path("after"))));
      page.wide(
          Files.readAllBytes(
              folder
                  .path()
                  .resolve(name)
                  .resolve(HtmlPage.text(attack, "folder"))
                  .resolve("comparison.png")),
          "clean and adversarial, map by map; differences are after less before, white is zero");
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode comparison : attack.path("comparisons")) {
        List<String> row = new ArrayList<>();
        row.add(HtmlPage.text(comparison, "method"));
        row.add(HtmlPage.text(comparison, "explains") + empty(comparison));
        for (String measure : table.measures()) {
          row.add(HtmlPage.number(Json.number(comparison.path("values").path(measure))));
        }
        rows.add(row);
      }
      List<String> header = new ArrayList<>(List.of("method", "explains"));
      header.addAll(table.measures());
      page.table(header, rows, 2);
    }
    page.close();
  }

  private static String empty(JsonNode comparison) {
    String which = HtmlPage.text(comparison, "empty");
    return which.isEmpty() ? "" : " (nothing positive: " + which + ")";
  }

  private static String top(JsonNode prediction) {
    JsonNode first = prediction.path("top").path(0);
    return "%s %s"
        .formatted(
            HtmlPage.text(first, "name"), HtmlPage.percent(Json.number(first.path("probability"))));
  }
}
