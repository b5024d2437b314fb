package io.adversight.report.robustness;

import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.model.Classifier;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
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

/** The folder of estimated and found distances: finished pictures are kept in {@code parts}. */
public final class BoundFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;
  private static final List<String> HEADER =
      List.of("picture", "class", "estimate", "attack", "nearest class", "margin", "lipschitz");

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
      DataSet pictures,
      long seed) {
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().name());
    spec.put("modelSha256", classifier.card().sha256());
    spec.set("estimate", ResultJson.algorithm(estimate));
    spec.set("attack", ResultJson.algorithm(attack));
    spec.put("norm", norm.name());
    spec.put("pictures", pictures.name());
    spec.put("count", pictures.size());
    spec.put("imagesSha256", pictures.sha256());
    spec.put("seed", seed);
    folder = ResultFolder.open(path, spec, "bound.json");
    folder.leaveOut(pictures.leftOut());
  }

  /** What was found about a picture before. */
  public Optional<SmallestDistance> recall(int picture) {
    return folder.recall(part(picture)).map(BoundFolder::read);
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

  /** Keeps what was found about a picture. */
  public void keep(int picture, SmallestDistance found) {
    folder.keep(part(picture), json(found));
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

  private static String part(int picture) {
    return "parts/%s.json".formatted(picture);
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
      DataSet pictures, List<SmallestDistance> found, Labels labels, Provenance provenance) {
    ObjectNode result = MAPPER.createObjectNode();
    result.set("bound", spec);
    result.set("provenance", ResultJson.provenance(provenance, (System.nanoTime() - start) / 1e9));
    ArrayNode all = result.putArray("pictures");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      ObjectNode one = json(found.get(i));
      one.put("picture", pictures.imageName(i));
      all.add(one);
      DistanceBound.Estimate estimate = found.get(i).estimate();
      OptionalDouble distance = found.get(i).attack();
      rows.add(
          List.of(
              pictures.imageName(i),
              Integer.toString(found.get(i).predicted()),
              Double.toString(estimate.score()),
              distance.isPresent() ? Double.toString(distance.getAsDouble()) : "",
              Integer.toString(estimate.nearest()),
              Double.toString(estimate.margin()),
              Double.toString(estimate.lipschitz())));
    }
    folder.write("bounds.csv", Csv.table(HEADER, rows));
    folder.writeResult(result);
    folder.write("report.html", page(pictures, found, labels, result));
    return folder.resolve("report.html");
  }

  private String page(
      DataSet pictures, List<SmallestDistance> found, Labels labels, ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SmallestDistance one = found.get(i);
      OptionalDouble distance = one.attack();
      rows.add(
          List.of(
              pictures.imageName(i),
              labels.name(one.predicted()),
              labels.name(one.estimate().nearest()),
              HtmlPage.number(one.estimate().score()),
              distance.isPresent() ? HtmlPage.number(distance.getAsDouble()) : "none found"));
    }
    return HtmlPage.of(
        "How near adversarial images are, " + HtmlPage.text(spec, "model"),
        Facts.of(spec),
        page ->
            page.open("Estimated lower bound beside what an attack finds")
                .table(List.of("image", "class", "nearest class", "estimate", "attack"), rows, 3)
                .note(
                    "Both are distances in the norm above. An estimate that lies above what the"
                        + " attack finds was sampled too little.")
                .close()
                .footer(result, spec));
  }
}
