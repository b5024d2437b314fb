package io.adversight.report.robustness;

import io.adversight.data.DataSet;
import io.adversight.evaluation.certificate.RandomizedSmoothing;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.model.NetworkView;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of radii certified by smoothing: finished images are kept in {@code parts}. */
public final class SmoothingFolder {
  private static final double STEP = 0.25;
  private static final List<String> HEADER =
      List.of("image", "label", "class", "votes", "probability at least", "certified radius");

  private final ResultFolder folder;
  private final ObjectNode spec = Json.MAPPER.createObjectNode();
  private final Classifier classifier;
  private final NetworkView images;
  private final long start = System.nanoTime();

  /** Opens a folder, or goes on in the one of the same work. */
  public SmoothingFolder(
      Path path,
      Classifier classifier,
      RandomizedSmoothing smoothing,
      NetworkView images,
      long seed) {
    this.classifier = classifier;
    this.images = images;
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.put("norm", "L2");
    spec.put("deviation", smoothing.deviation());
    spec.put("selection", smoothing.selection());
    spec.put("samples", smoothing.samples());
    spec.put("alpha", smoothing.alpha());
    spec.put("images", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    spec.put("seed", seed);
    folder = ResultFolder.open(path, spec, "smoothing.json");
    folder.leaveOut(images.leftOut());
  }

  /** What was certified of an image before. */
  public Optional<RandomizedSmoothing.Result> recall(int image) {
    return folder.recall(part(image), SmoothingFolder::read);
  }

  private static RandomizedSmoothing.Result read(JsonNode json) {
    return new RandomizedSmoothing.Result(
        json.path("class").asInt(),
        new Proportion(json.path("votes").asLong(), json.path("samples").asLong()),
        Json.number(json.path("probability")),
        Json.number(json.path("radius")));
  }

  /** Keeps what was certified of an image. */
  public void keep(int image, RandomizedSmoothing.Result result) {
    folder.keep(part(image), json(result));
  }

  private static ObjectNode json(RandomizedSmoothing.Result result) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("class", result.candidate());
    node.put("abstains", result.abstains());
    node.put("votes", result.votes().successes());
    node.put("samples", result.votes().trials());
    node.put("probability", result.probability());
    node.put("radius", result.radius());
    return node;
  }

  private static String part(int image) {
    return "parts/%s.json".formatted(image);
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /** The table of all images, with its head. */
  public List<List<String>> table(List<RandomizedSmoothing.Result> results) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < results.size(); i++) {
      RandomizedSmoothing.Result one = results.get(i);
      rows.add(
          List.of(
              images.imageName(i),
              images.label(i) != DataSet.UNLABELLED
                  ? classifier.labels().name(images.label(i))
                  : "",
              one.abstains() ? "abstains" : classifier.labels().name(one.candidate()),
              "%s of %s".formatted(one.votes().successes(), one.votes().trials()),
              NumberText.of(one.probability()),
              one.abstains() ? "" : NumberText.of(one.radius())));
    }
    return rows;
  }

  /** Certified accuracy of the labelled images by radius, with its head; only that if none is. */
  public List<List<String>> curve(List<RandomizedSmoothing.Result> results) {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("radius", "certified accuracy")));
    double largest =
        results.stream().mapToDouble(RandomizedSmoothing.Result::radius).max().orElse(0);
    for (double radius = 0; radius <= largest + STEP; radius += STEP) {
      Proportion held = new Proportion(0, 0);
      for (int i = 0; i < results.size(); i++) {
        if (images.label(i) != DataSet.UNLABELLED) {
          boolean holds = results.get(i).holds(images.label(i), radius);
          held = held.plus(new Proportion(holds ? 1 : 0, 1));
        }
      }
      if (held.trials() > 0) {
        rows.add(
            List.of(
                String.format(Locale.ROOT, "%.2f", radius),
                String.format(
                    Locale.ROOT,
                    "%.1f %% (%d of %d)",
                    100 * held.value(),
                    held.successes(),
                    held.trials())));
      }
    }
    return rows;
  }

  /**
   * Writes {@code result.json}, {@code radii.csv} and the page.
   *
   * @return the page
   */
  public Path finish(List<RandomizedSmoothing.Result> results, Provenance provenance) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.set("smoothing", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode all = result.putArray("images");
    for (int i = 0; i < results.size(); i++) {
      ObjectNode one = json(results.get(i));
      one.put("image", images.imageName(i));
      all.add(one);
    }
    List<List<String>> table = table(results);
    List<List<String>> curve = curve(results);
    folder.write("radii.csv", Csv.table(table.get(0), table.subList(1, table.size())));
    folder.writeResult(result);
    List<Block> blocks = new ArrayList<>();
    if (curve.size() > 1) {
      blocks.add(
          new Block.Section(
              "Certified accuracy by L2 radius",
              new Block.Table(curve.get(0), curve.subList(1, curve.size()), 1)));
    }
    blocks.add(
        new Block.Section(
            "Certified radii",
            new Block.Table(table.get(0), table.subList(1, table.size()), 3),
            new Block.Note(
                "Within the radius the smoothed network says the same class, except with the"
                    + " probability alpha for each image. It abstains where the class has no"
                    + " majority under noise.")));
    String page =
        new HtmlPage(
                "Randomized smoothing of " + Json.text(spec, "model"),
                Facts.of(spec),
                blocks,
                result,
                spec)
            .html();
    folder.write("report.html", page);
    return folder.resolve("report.html");
  }
}
