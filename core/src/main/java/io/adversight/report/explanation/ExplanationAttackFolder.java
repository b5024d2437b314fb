package io.adversight.report.explanation;

import io.adversight.attack.Epsilon;
import io.adversight.attack.problem.Norm;
import io.adversight.data.Labels;
import io.adversight.evaluation.explanation.ExplanationAttack.Moved;
import io.adversight.image.ColorMap;
import io.adversight.image.ImageFiles;
import io.adversight.image.Npy;
import io.adversight.image.Perturbation;
import io.adversight.image.Plane;
import io.adversight.image.Raster;
import io.adversight.metric.similarity.Spearman;
import io.adversight.model.ModelCard;
import io.adversight.report.PerImageFolders;
import io.adversight.report.PerImageResults;
import io.adversight.report.Provenance;
import io.adversight.report.format.Block;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.PageImage;
import io.adversight.report.format.Panel;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.study.explanation.Region;
import io.adversight.study.image.InputImage;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Images whose prediction stays while their explanation moves.
 *
 * <pre>
 * report.html  moved.csv  result.json
 * IMAGE/  adversarial.npy  adversarial.png  before.npy  after.npy  moved.png  image.json
 * </pre>
 */
public final class ExplanationAttackFolder implements PerImageResults {
  private static final List<String> HEADER =
      List.of("image", "class", "mass before", "mass after", "spearman", "linf");
  private static final int IMAGES_SHOWN = 24;

  private final PerImageFolders folder;
  private final Region region;
  private final ModelCard card;
  private final Labels labels;

  /**
   * Opens a folder for moved explanations, or goes on with the same ones.
   *
   * @throws IllegalArgumentException if the folder holds something else
   */
  public ExplanationAttackFolder(
      Path folder, Algorithm attack, Region region, ModelCard card, Labels labels) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("model", card.nameInResults());
    node.put("modelSha256", card.sha256());
    node.set("attack", ResultJson.algorithm(attack));
    node.put("region", region.toString());
    this.folder = new PerImageFolders(folder, node);
    this.region = region;
    this.card = card;
    this.labels = labels;
  }

  /** Adds what became of some images, one of each in turn. */
  public void accept(List<InputImage> images, List<Moved> moved) {
    for (int i = 0; i < images.size(); i++) {
      InputImage image = images.get(i);
      Moved one = moved.get(i);
      folder.add(image, place -> write(place, image, one));
    }
  }

  private ObjectNode write(Path place, InputImage image, Moved moved) throws IOException {
    Npy.write(moved.image(), place.resolve("adversarial.npy"));
    ImageFiles.writePng(moved.image(), place.resolve("adversarial.png"));
    Npy.writeMap(moved.before(), place.resolve("before.npy"));
    Npy.writeMap(moved.after(), place.resolve("after.npy"));
    ImageFiles.writePng(sheet(image.view(), moved), place.resolve("moved.png"));
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", image.name());
    node.put("file", image.file());
    node.put("class", labels.name(moved.label()));
    node.put("massBefore", moved.massBefore());
    node.put("massAfter", moved.massAfter());
    node.put("spearman", new Spearman().similarity(moved.before(), moved.after()));
    node.put("linf", moved.linf());
    return node;
  }

  private Raster sheet(Raster original, Moved moved) {
    int height = original.height();
    int width = original.width();
    Panel panel =
        new Panel(
            List.of("original", "its map", "changed, same class", "its map", "aim", "change"));
    return panel
        .row(
            List.of(
                original,
                Panel.overlaid(original, enlarged(moved.before(), height, width)),
                moved.image(),
                Panel.overlaid(moved.image(), enlarged(moved.after(), height, width)),
                ColorMap.GREY.apply(region.map(height, width), 0, 1),
                Perturbation.between(original, moved.image()).image()))
        .sheet();
  }

  private static Raster enlarged(Raster map, int height, int width) {
    return Plane.channel(map, 0).resize(height, width).toRaster();
  }

  /** A line per image; heading first. */
  public List<List<String>> summary() {
    List<List<String>> lines = new ArrayList<>(List.of(HEADER));
    for (JsonNode image : folder.images()) {
      lines.add(
          List.of(
              Json.text(image, "name"),
              Json.text(image, "class"),
              NumberText.percent(Json.number(image.path("massBefore"))),
              NumberText.percent(Json.number(image.path("massAfter"))),
              NumberText.of(Json.number(image.path("spearman"))),
              Epsilon.text(Norm.LINF, Json.number(image.path("linf")))));
    }
    return lines;
  }

  @Override
  public PerImageFolders folders() {
    return folder;
  }

  @Override
  public Path finish(Provenance provenance) {
    List<JsonNode> images = folder.images();
    List<List<String>> lines = new ArrayList<>();
    for (JsonNode image : images) {
      List<String> line = new ArrayList<>();
      for (String field : List.of("name", "class", "massBefore", "massAfter", "spearman", "linf")) {
        line.add(image.path(field).asString());
      }
      lines.add(line);
    }
    folder.write("moved.csv", Csv.table(HEADER, lines));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("study", folder.spec());
    result.set("provenance", ResultJson.provenance(provenance, folder.seconds()));
    ArrayNode written = result.putArray("images");
    images.forEach(written::add);
    folder.writeResult(result);
    folder.write("report.html", page(images, result));
    return folder.path().resolve("report.html");
  }

  private String page(List<JsonNode> images, ObjectNode result) {
    String title = "Moved explanations, " + card.nameInResults();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Integer.toString(images.size()));
    facts.put("region", region.toString());
    List<List<String>> lines = summary();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Section(
            "How much of the map lies in the region",
            Block.Table.headed(lines, 2),
            new Block.Note("Every prediction is the same before and after.")));
    for (JsonNode image : images.subList(0, Math.min(IMAGES_SHOWN, images.size()))) {
      String name = Json.text(image, "name");
      blocks.add(
          new Block.Section(
              name,
              new Block.WideFigure(
                  PageImage.in(folder.path().resolve(name).resolve("moved.png")),
                  Json.text(image, "class"))));
    }
    return new HtmlPage(title, facts, blocks, result, card.nameInResults(), card.sha256()).html();
  }
}
