package io.adversight.report.image;

import io.adversight.attack.fooling.FoolingImage;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.ConfidenceStatistics;
import io.adversight.file.FileNames;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageGrid;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.report.CheckpointFiles;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.ResultJson;
import io.adversight.run.Checkpoint;
import io.adversight.study.Algorithm;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder of images made from nothing.
 *
 * <pre>
 * report.html  result.json  generated.csv  gallery.png
 * images/NUMBER-CLASS.png  .npy
 * lineage/NUMBER-CLASS.json  .png
 * </pre>
 */
public final class GeneratedFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final int CLASSES = 10;
  private static final int ACROSS = 8;
  private static final List<String> HEADER =
      List.of(
          "image",
          "class",
          "class name",
          "confidence",
          "top",
          "top name",
          "top probability",
          "ancestors");

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final Labels labels;
  private final CheckpointFiles checkpoint;
  private final long start = System.nanoTime();

  /** Opens a folder for images of the given classes, in this order. */
  public GeneratedFolder(
      Path path, Classifier classifier, Algorithm generator, List<Integer> classes, long seed) {
    labels = classifier.labels();
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.set("generator", ResultJson.algorithm(generator));
    ArrayNode wanted = spec.putArray("classes");
    classes.forEach(wanted::add);
    spec.put("seed", seed);
    folder = ResultFolder.open(path, spec, "generate.json");
    checkpoint = new CheckpointFiles(folder, "checkpoint");
  }

  /** Where unfinished work is kept. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes images, lineages, gallery, table, statistics and page.
   *
   * @return the page
   */
  public Path finish(List<FoolingImage> images, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("fooling-images", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    result.set("statistics", statistics(images));
    ArrayNode all = result.putArray("images");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      FoolingImage one = images.get(i);
      String name = name(i, one);
      Npy.write(one.image(), folder.resolve("images/" + name + ".npy"));
      ImageFiles.writePng(one.image(), folder.resolve("images/" + name + ".png"));
      lineage(one, name);
      ObjectNode json = ResultJson.prediction(one.prediction(), labels);
      json.put("image", name);
      json.put("target", one.target());
      json.put("confidence", one.confidence());
      json.put("ancestors", one.lineage().size());
      all.add(json);
      rows.add(row(name, one));
    }
    Gallery gallery = new Gallery(images, labels);
    ImageFiles.writePng(gallery.sheet(), folder.resolve("gallery.png"));
    folder.write("generated.csv", Csv.table(HEADER, rows));
    folder.writeResult(result);
    folder.write("report.html", page(gallery, result));
    checkpoint.delete();
    return folder.resolve("report.html");
  }

  private String page(Gallery gallery, ObjectNode result) {
    Map<String, String> facts = Facts.of(spec);
    facts.putAll(Facts.of(result.path("statistics")));
    return new HtmlPage(
            "Fooling images for " + Json.text(spec, "model"),
            facts,
            List.of(new Block.Section("Images and the class each was made for", gallery.blocks())),
            result,
            spec)
        .html();
  }

  private String name(int number, FoolingImage one) {
    return String.format(Locale.ROOT, "%04d-%s", number, FileNames.of(labels.name(one.target())));
  }

  private List<String> row(String name, FoolingImage one) {
    int top = one.prediction().top();
    return List.of(
        name,
        Integer.toString(one.target()),
        labels.name(one.target()),
        Double.toString(one.confidence()),
        Integer.toString(top),
        labels.name(top),
        Double.toString(one.prediction().probability(top)),
        Integer.toString(one.lineage().size()));
  }

  private void lineage(FoolingImage one, String name) {
    if (one.lineage().isEmpty()) {
      return;
    }
    ArrayNode ancestors = MAPPER.createArrayNode();
    for (FoolingImage.Ancestor ancestor : one.lineage()) {
      ObjectNode node = ancestors.addObject();
      node.put("generation", ancestor.generation());
      node.put("class", ancestor.niche());
      node.put("name", labels.name(ancestor.niche()));
      node.put("confidence", ancestor.confidence());
    }
    folder.write("lineage/" + name + ".json", ancestors);
    List<Raster> cards = Gallery.lineage(one, labels);
    if (!cards.isEmpty()) {
      ImageFiles.writePng(
          ImageGrid.of(cards, ACROSS, 10), folder.resolve("lineage/" + name + ".png"));
    }
  }

  private ObjectNode statistics(List<FoolingImage> images) {
    ConfidenceStatistics found =
        ConfidenceStatistics.of(images.stream().map(FoolingImage::prediction).toList());
    ObjectNode node = MAPPER.createObjectNode();
    node.put("images", found.images());
    node.put("mean", found.mean());
    node.put("median", found.median());
    node.put("largest", found.largest());
    node.put("aboveHalf", found.aboveHalf());
    node.put("aboveNine", found.aboveNine());
    node.put(
        "meanOfTarget", images.stream().mapToDouble(FoolingImage::confidence).average().orElse(0));
    ArrayNode classes = node.putArray("classes");
    found.classes().entrySet().stream()
        .limit(CLASSES)
        .forEach(
            entry -> {
              ObjectNode one = classes.addObject();
              one.put("index", entry.getKey());
              one.put("name", labels.name(entry.getKey()));
              one.put("images", entry.getValue());
            });
    return node;
  }
}
