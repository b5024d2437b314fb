package io.adversight.cluster;

import io.adversight.catalog.Kind;
import io.adversight.cluster.source.ImageFormatKind;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import io.adversight.metric.similarity.MapSimilarity;
import io.adversight.model.GraphClassifier;
import io.adversight.model.ModelCard;
import io.adversight.report.format.ResultJson;
import io.adversight.report.format.SpecJson;
import io.adversight.study.Algorithm;
import io.adversight.study.Study;
import io.adversight.study.StudySpec;
import io.adversight.study.robustness.RobustnessSpec;
import io.adversight.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a job does: the specification of a study or of a robustness measurement as JSON, with the
 * network and the images. It travels to the tasks as text.
 */
public final class JobSpec {
  private static final Set<String> FIELDS =
      new TreeSet<>(
          Set.of(
              "kind",
              "model",
              "modelSha256",
              "images",
              "format",
              "partSize",
              "attacks",
              "norm",
              "epsilons",
              "target",
              "methods",
              "explainedClass",
              "similarities",
              "seed",
              "batch",
              "rounding",
              "quantize",
              "smallest",
              "earlyStop"));

  private static final int PART = 256;

  private final JsonNode node;
  private final boolean robustness;

  private JobSpec(JsonNode node) {
    this.node = node;
    SpecJson.requireKnown(node, new LinkedHashSet<>(FIELDS));
    String kind = node.path("kind").asString("study");
    if (!Set.of("study", "robustness").contains(kind)) {
      throw new InputException("\"kind\" must be study or robustness, but is \"" + kind + "\"");
    }
    this.robustness = kind.equals("robustness");
    if (Json.text(node, "model").isEmpty()) {
      throw new InputException("\"model\" must name a network, or be the path of an ONNX file");
    }
    if (robustness && !SpecJson.algorithms(node, "methods").isEmpty()) {
      throw new InputException("a robustness measurement has no \"methods\"; leave them out");
    }
  }

  /**
   * Reads a specification.
   *
   * @param from what messages call it
   * @throws InputException if it is no such specification
   */
  public static JobSpec parse(String json, String from) {
    try {
      JsonNode node = Json.MAPPER.readTree(json);
      if (!node.isObject()) {
        throw new InputException("expected an object, but got " + Json.shown(node));
      }
      return new JobSpec(node);
    } catch (JacksonException e) {
      throw new InputException("%s: %s".formatted(from, Json.reason(e)), e);
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new InputException("%s: %s".formatted(from, e.getMessage()), e);
    }
  }

  /** This specification with other images. */
  JobSpec withImages(String images) {
    ObjectNode changed = ((ObjectNode) node).deepCopy();
    changed.put("images", images);
    return new JobSpec(changed);
  }

  /** This specification with another storage format of the images. */
  JobSpec withFormat(String format) {
    ObjectNode changed = ((ObjectNode) node).deepCopy();
    changed.put("format", format);
    return new JobSpec(changed);
  }

  /** This specification with another number of images in a part. */
  JobSpec withPartSize(int size) {
    ObjectNode changed = ((ObjectNode) node).deepCopy();
    changed.put("partSize", size);
    return new JobSpec(changed);
  }

  /** The network: a name, or the path of a file. */
  String model() {
    return Json.text(node, "model");
  }

  /** The SHA-256 that the network must have; empty if any will do. */
  String modelSha256() {
    return Json.text(node, "modelSha256");
  }

  /**
   * Where the images lie.
   *
   * @throws InputException if that was not given
   */
  String images() {
    String images = Json.text(node, "images");
    if (images.isEmpty()) {
      throw new InputException(
          "the specification names no images; give them with --images, or as its field \"images\"");
    }
    return images;
  }

  Optional<ImageFormatKind> format() {
    return Optional.of(Json.text(node, "format"))
        .filter(format -> !format.isEmpty())
        .map(ImageFormatKind::named);
  }

  /** Images computed together. */
  int batch() {
    return robustness ? robustness().batch() : study().batch();
  }

  /** Images in a part: a multiple of the batch, so that batches do not depend on parts. */
  int partSize() {
    int wanted = Math.toIntExact(SpecJson.whole(node, "partSize", PART));
    Check.atLeast(1, wanted, "partSize");
    int batch = batch();
    return Math.multiplyExact(Math.max(1, (wanted + batch - 1) / batch), batch);
  }

  /** Whether this is a measurement of robustness, and not a study. */
  boolean isRobustness() {
    return robustness;
  }

  StudySpec study() {
    return SpecJson.study(node);
  }

  RobustnessSpec robustness() {
    return SpecJson.robustness(node);
  }

  /**
   * The similarities of maps before and after an attack; Spearman's correlation if none is named.
   */
  List<Algorithm> similarities() {
    return node.has("similarities")
        ? SpecJson.algorithms(node, "similarities")
        : List.of(Algorithm.of("spearman"));
  }

  /** The work itself, checked as far as it can be without an image. */
  ImageWork work(GraphClassifier classifier) {
    if (robustness) {
      return new RobustnessWork(robustness(), classifier);
    }
    List<StudyWork.NamedSimilarity> measures = new ArrayList<>();
    for (Algorithm one : similarities()) {
      measures.add(
          new StudyWork.NamedSimilarity(
              one.id(), one.create(MapSimilarity.class, Kind.MAP_SIMILARITY)));
    }
    StudySpec spec = study();
    if (spec.attacks().isEmpty() && spec.methods().isEmpty()) {
      throw new InputException("name at least one of \"attacks\" and \"methods\"");
    }
    return new StudyWork(new Study(spec, classifier), measures);
  }

  /**
   * What is done, by which results are known again: all fields, absent ones with their defaults.
   */
  ObjectNode identity(ModelCard card) {
    ObjectNode all = robustness ? SpecJson.of(robustness(), card) : ResultJson.spec(study(), card);
    all.put("kind", robustness ? "robustness" : "study");
    if (!robustness && !study().methods().isEmpty()) {
      all.set("similarities", ResultJson.algorithms(similarities()));
    }
    all.put("images", images());
    all.put("partSize", partSize());
    return all;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return node.toString();
  }
}
