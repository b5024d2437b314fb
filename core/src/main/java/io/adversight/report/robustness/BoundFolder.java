package io.adversight.report.robustness;

import io.adversight.attack.problem.Norm;
import io.adversight.data.DataSet;
import io.adversight.data.Labels;
import io.adversight.evaluation.certificate.VnnLib;
import io.adversight.evaluation.robustness.DistanceBound;
import io.adversight.evaluation.robustness.SmallestDistance;
import io.adversight.file.FileNames;
import io.adversight.graph.onnx.OnnxWriter;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Input;
import io.adversight.report.Provenance;
import io.adversight.report.ResultFolder;
import io.adversight.report.format.Block;
import io.adversight.report.format.Facts;
import io.adversight.report.format.HtmlPage;
import io.adversight.report.format.NumberText;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
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

/** The folder of lower bounds and found distances: finished images are kept in {@code parts}. */
public final class BoundFolder {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private final ResultFolder folder;
  private final ObjectNode spec;
  private final List<String> names;
  private final long start = System.nanoTime();

  /** Opens a folder, or goes on in the one of the same work. */
  public BoundFolder(
      Path path,
      Classifier classifier,
      List<Algorithm> bounds,
      Algorithm attack,
      Norm norm,
      DataSet images,
      long seed) {
    names = bounds.stream().map(Algorithm::toString).toList();
    spec = MAPPER.createObjectNode();
    spec.put("model", classifier.card().nameInResults());
    spec.put("modelSha256", classifier.card().sha256());
    spec.set("bounds", ResultJson.algorithms(bounds));
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
    return folder.recall(part(image), BoundFolder::read);
  }

  private static SmallestDistance read(JsonNode json) {
    List<DistanceBound.Estimate> bounds = new ArrayList<>();
    for (JsonNode bound : json.path("bounds")) {
      bounds.add(
          new DistanceBound.Estimate(
              Json.number(bound.path("score")),
              bound.path("nearest").asInt(),
              Json.number(bound.path("margin")),
              Json.number(bound.path("lipschitz"))));
    }
    return new SmallestDistance(
        json.path("predicted").asInt(),
        bounds,
        json.has("attack")
            ? OptionalDouble.of(Json.number(json.path("attack")))
            : OptionalDouble.empty());
  }

  /** Keeps what was found about an image. */
  public void keep(int image, SmallestDistance found) {
    folder.keep(part(image), json(found));
  }

  private ObjectNode json(SmallestDistance found) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("predicted", found.predicted());
    ArrayNode bounds = node.putArray("bounds");
    for (int i = 0; i < names.size(); i++) {
      DistanceBound.Estimate bound = found.bounds().get(i);
      ObjectNode one = bounds.addObject();
      one.put("method", names.get(i));
      one.put("score", bound.score());
      one.put("nearest", bound.nearest());
      one.put("margin", bound.margin());
      one.put("lipschitz", bound.lipschitz());
    }
    found.attack().ifPresent(distance -> node.put("attack", distance));
    node.put("consistent", found.isConsistent());
    return node;
  }

  /**
   * Writes the questions whether the LINF balls hold adversarial images for a complete verifier:
   * {@code vnnlib/network.onnx}, and a file in VNN-LIB for each image.
   */
  public void writeVnnLib(GraphClassifier classifier, DataSet images, double epsilon) {
    Input input = classifier.card().input();
    FileNames names = new FileNames();
    try (Scope scope = Scope.open()) {
      Tensor blank = Tensor.zeros(1, input.channels(), input.height(), input.width());
      Shape shape = classifier.preprocess(blank).shape();
      folder.write("vnnlib/network.onnx", OnnxWriter.write(classifier.graph(), shape));
    }
    for (int i = 0; i < images.size(); i++) {
      try (Scope scope = Scope.open()) {
        Tensor pixels =
            Tensor.of(
                images.image(i).toArray(), 1, input.channels(), input.height(), input.width());
        int label = (int) classifier.logits(pixels).argmax(1).toLongs()[0];
        folder.write(
            "vnnlib/%s.vnnlib".formatted(names.unique(images.imageName(i))),
            VnnLib.robustness(classifier, pixels, label, epsilon));
      }
    }
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
      List<String> row = new ArrayList<>();
      row.add(images.imageName(i));
      row.add(labels.name(found.get(i).predicted()));
      found.get(i).bounds().forEach(bound -> row.add(Double.toString(bound.score())));
      OptionalDouble distance = found.get(i).attack();
      row.add(distance.isPresent() ? Double.toString(distance.getAsDouble()) : "");
      rows.add(row);
    }
    folder.write("bounds.csv", Csv.table(header(), rows));
    folder.writeResult(result);
    folder.write("report.html", page(images, found, labels, result));
    return folder.resolve("report.html");
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("image", "class"));
    header.addAll(names);
    header.add("attack");
    return header;
  }

  private String page(
      DataSet images, List<SmallestDistance> found, Labels labels, ObjectNode result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SmallestDistance one = found.get(i);
      List<String> row = new ArrayList<>();
      row.add(images.imageName(i));
      row.add(labels.name(one.predicted()));
      one.bounds().forEach(bound -> row.add(NumberText.of(bound.score())));
      row.add(one.attack().isPresent() ? NumberText.of(one.attack().getAsDouble()) : "none found");
      rows.add(row);
    }
    return new HtmlPage(
            "How near adversarial images are, " + Json.text(spec, "model"),
            Facts.of(spec),
            List.of(
                new Block.Section(
                    "Lower bounds beside what an attack finds",
                    new Block.Table(header(), rows, 2),
                    new Block.Note(
                        "All are distances in the norm above. A certified radius is a proof: no"
                            + " image nearer than that has another class. CLEVER is an estimate"
                            + " from samples; where it lies above what the attack finds, it was"
                            + " sampled too little. The attack's distance is an upper bound."))),
            result,
            spec)
        .html();
  }
}
