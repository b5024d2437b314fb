package io.adversight.report.study;

import io.adversight.attack.problem.Norm;
import io.adversight.report.format.Block;
import io.adversight.report.format.Block.Layout;
import io.adversight.report.format.ColorBar;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.Titles;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the page of a study shows of one image: its explanations, or what attacks did to it. */
final class ImageSection {
  private final Path folder;
  private final Norm norm;
  private final PrototypeRows prototypes;

  ImageSection(Path folder, Norm norm) {
    this.folder = folder;
    this.norm = norm;
    this.prototypes = new PrototypeRows(folder);
  }

  /** The section of one of the images of {@code result.json}. */
  Block.Section of(JsonNode image) {
    String name = Json.text(image, "name");
    List<Block> blocks = new ArrayList<>();
    if (image.path("attacks").isEmpty()) {
      blocks.add(explained(name, image));
      blocks.addAll(prototypes.of("Prototypes", name, image));
    }
    for (JsonNode attack : image.path("attacks")) {
      blocks.addAll(attacked(name, image, attack));
    }
    return new Block.Section(name, blocks);
  }

  private Block explained(String name, JsonNode image) {
    Block seen =
        new Block.Group(
            Layout.SEEN,
            figure(name + "/original.png", "the image as the network sees it", ""),
            prediction("prediction", image.path("before"), -1));
    List<Block> maps = new ArrayList<>();
    for (JsonNode explained : image.path("explanations")) {
      maps.add(
          pair(
              name + "/" + Json.text(explained, "id"),
              "%s of %s".formatted(Titles.of(explained), className(explained)),
              explained));
    }
    return new Block.Group(Layout.EXPLAINED, seen, new Block.Group(Layout.MAPS, maps));
  }

  private List<Block> attacked(String name, JsonNode image, JsonNode attack) {
    String place = name + "/" + Json.text(attack, "folder");
    List<Block> blocks = new ArrayList<>();
    blocks.add(AttackText.heading(attack, norm));
    String gain = NumberText.of(Json.number(attack.path("perturbationGain")));
    int own = image.path("before").path("top").path(0).path("index").asInt();
    blocks.add(
        new Block.Group(
            Layout.ROW,
            figure(name + "/original.png", "original", ""),
            figure(place + "/adversarial.png", "adversarial", ""),
            figure(
                place + "/perturbation.png",
                "perturbation",
                "enlarged %s times, grey is zero".formatted(gain)),
            new Block.Group(
                Layout.PREDICTIONS,
                prediction("before the attack", image.path("before"), own),
                prediction("after the attack", attack.path("after"), own))));
    if (attack.has("trajectory")) {
      blocks.add(
          new Block.WideFigure(
              image(place + "/trajectory.png"), "the image on its way through the attack"));
    }
    blocks.addAll(maps(name, place, image, attack));
    blocks.addAll(prototypes.of("Prototypes before the attack", name, image));
    blocks.addAll(prototypes.of("Prototypes after the attack", place, attack));
    blocks.add(new Block.NamedValues(AttackText.norms(attack), true));
    for (JsonNode finding : attack.path("findings")) {
      blocks.add(new Block.Note(finding.asString()));
    }
    return blocks;
  }

  /** The maps of every method before and after an attack, a row each. */
  private List<Block> maps(String name, String place, JsonNode image, JsonNode attack) {
    List<Block> blocks = new ArrayList<>();
    JsonNode explanations = image.path("explanations");
    for (int i = 0; i < explanations.size(); i++) {
      JsonNode before = explanations.path(i);
      JsonNode after = attack.path("explanationsOfOriginalClass").path(i);
      JsonNode other = attack.path("explanationsOfNewClass").path(i);
      String id = Json.text(before, "id");
      String own = place + "/" + id;
      List<Block> maps = new ArrayList<>();
      maps.add(pair(name + "/" + id, "before, " + className(before), before));
      maps.add(pair(own, "after, " + className(after), after));
      maps.add(
          new Block.MapFigure(
              image(own + "/difference.png"),
              ColorBar.of(after.path("differenceColors")),
              "after minus before",
              ""));
      if (!other.isMissingNode()) {
        maps.add(pair(own + "-new-class", "after, " + className(other), other));
      }
      blocks.add(new Block.Subheading(Titles.of(before)));
      blocks.add(new Block.Group(Layout.MAPS, maps));
    }
    return blocks;
  }

  private Block pair(String place, String caption, JsonNode explained) {
    return new Block.MapPair(
        image(place + "/map.png"),
        image(place + "/overlay.png"),
        ColorBar.of(explained.path("colors")),
        caption,
        range(explained));
  }

  private Block figure(String file, String caption, String detail) {
    return new Block.Figure(image(file), caption, detail);
  }

  private PageImage image(String file) {
    return PageImage.in(folder.resolve(file));
  }

  private static Block prediction(String title, JsonNode prediction, int marked) {
    Stream<Block.Bar> bars =
        prediction
            .path("top")
            .valueStream()
            .map(
                row ->
                    new Block.Bar(
                        Json.text(row, "name"),
                        Json.number(row.path("probability")),
                        row.path("index").asInt() == marked));
    return new Block.Prediction(title, bars.toList());
  }

  private static String className(JsonNode explained) {
    return explained.path("class").path("name").asString();
  }

  private static String range(JsonNode explained) {
    if (explained.path("allNegative").asBoolean()) {
      return "empty: all contributions are negative; attribution.npy is the signed map";
    }
    if (explained.path("empty").asBoolean()) {
      return "empty: nothing contributes";
    }
    String shares = ObjectTable.words(explained);
    return "%s from %s to %s%s"
        .formatted(
            reduced(Json.text(explained, "reduction")),
            NumberText.of(Json.number(explained.path("min"))),
            NumberText.of(Json.number(explained.path("max"))),
            shares.isEmpty() ? "" : "; " + shares);
  }

  private static String reduced(String reduction) {
    return switch (reduction) {
      case "max-absolute" -> "largest absolute value over the channels,";
      case "absolute" -> "sum of absolute values over the channels,";
      case "sum" -> "sum over the channels,";
      default -> "positive part,";
    };
  }
}
