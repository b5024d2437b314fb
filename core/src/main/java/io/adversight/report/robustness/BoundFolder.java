package io.adversight.report.robustness;

import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.model.Classifier;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.text.Csv;
import io.adversight.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of estimated and found distances: finished images are kept in {@code parts}. */
public final class BoundFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final List<String> HEADER =
      List.of("image", "class", "estimate", "attack", "nearest class", "margin", "lipschitz");

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final long start = System.nanoTime();

  /** Opens a folder, or goes on in the one of the same work. */
  public BoundFolder(
      Path path,
      Classifier classifier,
      Algorithm estimate,
      Algorithm attack,
      Norm norm,
      DataSet images,
      long seed) {
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.set("estimate", ResultJson.algorithm(estimate));
    spec.set("attack", ResultJson.algorithm(attack));
    spec.put("norm", norm.name());
    spec.put("images", images.name());
    spec.put("count", images.size());
    spec.put("imagesSha256", images.sha256());
    spec.put("seed", seed);
    folder = ResultFolder.open(path, spec, "bound.json");
    folder.leaveOut(images.leftOut());
  }

  /** What was found about an image before. */
  public Optional<SmallestDistance> recall(int image) {
    return folder.recall(part(image)).map(BoundFolder::read);
  }

  private static SmallestDistance read(JsonNode json) {
    return new SmallestDistance(
        json.path("predicted").asInt(),
        new DistanceBound.Estimate(
            Json.number(json.path("estimate")),
            json.path("nearest").asInt(),
            Json.number(json.path("margin")),
            Json.number(json.path("lipschitz"))),
        json.has("attack")
            ? OptionalDouble.of(Json.number(json.path("attack")))
            : OptionalDouble.empty());
  }

  /** Keeps what was found about an image. */
  public void keep(int image, SmallestDistance found) {
    folder.keep(part(image), json(found));
  }

  private static ObjectNode json(SmallestDistance found) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("predicted", found.predicted());
    node.put("estimate", found.estimate().score());
    node.put("nearest", found.estimate().nearest());
    node.put("margin", found.estimate().margin());
    node.put("lipschitz", found.estimate().lipschitz());
    found.attack().ifPresent(distance -> node.put("attack", distance));
    node.put("consistent", found.isConsistent());
    return node;
  }

  private static String part(int image) {
    return "parts/%s.json".formatted(image);
  }

  /** Removes the folder if nothing was finished in it. */
  public void abandon() {
    folder.abandon();
  }

  /**
   * Writes {@code result.json}, {@code bounds.csv} and the page.
   *
   * @return the page
   */
  public Path finish(
      DataSet images, List<SmallestDistance> found, Labels labels, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("bound", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode all = result.putArray("images");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      ObjectNode one = json(found.get(i));
      one.put("image", images.imageName(i));
      all.add(one);
      DistanceBound.Estimate estimate = found.get(i).estimate();
      OptionalDouble distance = found.get(i).attack();
      rows.add(
          List.of(
              images.imageName(i),
              Integer.toString(found.get(i).predicted()),
              Double.toString(estimate.score()),
              distance.isPresent() ? Double.toString(distance.getAsDouble()) : "",
              Integer.toString(estimate.nearest()),
              Double.toString(estimate.margin()),
              Double.toString(estimate.lipschitz())));
    }
    folder.write("bounds.csv", Csv.table(HEADER, rows));
    folder.writeResult(result);
    folder.write("report.html", page(images, found, labels, result));
    return folder.resolve("report.html");
  }

  private String page(
      DataSet images, List<SmallestDistance> found, Labels labels, ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SmallestDistance one = found.get(i);
      OptionalDouble distance = one.attack();
      rows.add(
          List.of(
              images.imageName(i),
              labels.name(one.predicted()),
              labels.name(one.estimate().nearest()),
              NumberText.of(one.estimate().score()),
              distance.isPresent() ? NumberText.of(distance.getAsDouble()) : "none found"));
    }
    return new HtmlPage(
            "How near adversarial images are, " + Json.text(spec, "model"),
            Facts.of(spec),
            List.of(
                new Block.Section(
                    "Estimated lower bound beside what an attack finds",
                    new Block.Table(
                        List.of("image", "class", "nearest class", "estimate", "attack"), rows, 3),
                    new Block.Note(
                        "Both are distances in the norm above. An estimate that lies above what"
                            + " the attack finds was sampled too little."))),
            result,
            spec)
        .html();
  }
}
