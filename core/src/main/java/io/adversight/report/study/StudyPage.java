package io.adversight.report.study;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.RobustnessTable;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The page about a folder of results. */
final class StudyPage {
  private static final int IMAGES_SHOWN = 60;

  private final Path folder;
  private final JsonNode result;
  private final JsonNode study;
  private final JsonNode images;
  private final Norm norm;

  private StudyPage(Path folder, JsonNode result) {
    this.folder = folder;
    this.result = result;
    this.study = result.path("study");
    this.images = result.path("images");
    this.norm = Norm.valueOf(Json.text(study, "norm"));
  }

  /** The page about {@code result}, the content of {@code result.json} in {@code folder}. */
  static HtmlPage of(Path folder, JsonNode result) {
    return new StudyPage(folder, result).page();
  }

  private HtmlPage page() {
    List<Block> blocks = new ArrayList<>();
    if (result.has("summary")) {
      blocks.add(section("All images", SetSummary.table(result.path("summary"), norm), 1));
    }
    if (result.has("objectShares")) {
      RobustnessTable shares = ObjectTable.table(result.path("objectShares"), norm);
      blocks.add(section("How much of the maps lies where", shares, 3));
    }
    ImageSection section = new ImageSection(folder, norm);
    for (int i = 0; i < Math.min(IMAGES_SHOWN, images.size()); i++) {
      blocks.add(section.of(images.path(i)));
    }
    if (images.size() > IMAGES_SHOWN) {
      blocks.add(
          new Block.Note(
              "The page shows the first %s of %s images; the folder holds all."
                  .formatted(IMAGES_SHOWN, images.size())));
    }
    return new HtmlPage(title(), facts(), blocks, result, study);
  }

  private static Block.Section section(String title, RobustnessTable table, int names) {
    return new Block.Section(title, new Block.Table(table.header(), table.rows(), names));
  }

  private String title() {
    return study.path("attacks").isEmpty()
        ? "What %s looks at".formatted(Json.text(study, "model"))
        : "Attacks on %s".formatted(Json.text(study, "model"));
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(images.size()));
    if (!study.path("attacks").isEmpty()) {
      facts.put("attacks", Titles.list(study.path("attacks")));
      facts.put("norm", Json.text(study, "norm"));
      if (!study.path("epsilons").isEmpty()) {
        facts.put("epsilon", epsilons(study.path("epsilons")));
      }
      facts.put("attack success", count("success"));
      if (study.path("rounding").asBoolean()) {
        facts.put("after 8-bit quantization", count("successAfterRounding"));
      }
    }
    if (!study.path("methods").isEmpty()) {
      facts.put("explanations", Titles.list(study.path("methods")));
    }
    facts.put("seed", study.path("seed").asString());
    return facts;
  }

  private String epsilons(JsonNode epsilons) {
    List<String> words = new ArrayList<>();
    epsilons.forEach(epsilon -> words.add(Epsilon.text(norm, Json.number(epsilon))));
    return String.join(", ", words);
  }

  /** In how many attacked images something is true, such as "3 of 4". */
  private String count(String field) {
    int all = 0;
    int found = 0;
    for (JsonNode image : images) {
      for (JsonNode attack : image.path("attacks")) {
        all += attack.has(field) ? 1 : 0;
        found += attack.path(field).asBoolean() ? 1 : 0;
      }
    }
    return found + " of " + all;
  }
}
