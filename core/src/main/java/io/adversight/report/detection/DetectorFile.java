package io.adversight.report.detection;

import io.adversight.file.AtomicFile;
import io.adversight.input.InputException;
import io.adversight.metric.numeric.Proportion;
import io.adversight.report.format.ResultJson;
import io.adversight.study.Algorithm;
import io.adversight.study.detection.CalibratedDetector;
import io.adversight.study.detection.DetectorSet;
import io.adversight.study.detection.ScorePart;
import io.adversight.text.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calibrated detectors as a JSON file. */
public final class DetectorFile {
  private static final String FORMAT = "adversight-detector";

  private DetectorFile() {}

  /** Writes a file, whole or not at all. */
  public static void write(DetectorSet set, Path file) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("format", FORMAT);
    node.put("model", set.model());
    node.put("modelSha256", set.modelSha256());
    node.put("falsePositiveRate", set.falsePositiveRate());
    node.put("seed", set.seed());
    ArrayNode detectors = node.putArray("detectors");
    set.detectors().forEach(detector -> detectors.add(detector(detector)));
    set.calibrated().forEach(node.putArray("calibratedOn")::add);
    set.heldOut().forEach(node.putArray("heldOut")::add);
    String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    AtomicFile.writeDurably(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode detector(CalibratedDetector detector) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", detector.name());
    node.put("threshold", detector.threshold());
    node.put("heldOutAlarms", detector.heldOut().successes());
    node.put("heldOutImages", detector.heldOut().trials());
    ArrayNode scores = node.putArray("scores");
    for (ScorePart part : detector.parts()) {
      ObjectNode score = ResultJson.algorithm(part.algorithm());
      score.put("mean", part.mean());
      score.put("spread", part.spread());
      scores.add(score);
    }
    return node;
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is missing or something else
   */
  public static DetectorSet read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s: no such file; make one with: adversight detect calibrate".formatted(file));
    }
    JsonNode node;
    try {
      node = Json.MAPPER.readTree(file.toFile());
    } catch (JacksonException e) {
      throw notOne(file, e);
    }
    if (!Json.text(node, "format").equals(FORMAT) || node.path("detectors").isEmpty()) {
      throw notOne(file, null);
    }
    try {
      return set(node);
    } catch (JacksonException | IllegalArgumentException e) {
      throw notOne(file, e);
    }
  }

  private static DetectorSet set(JsonNode node) {
    List<CalibratedDetector> detectors = new ArrayList<>();
    node.path("detectors").forEach(detector -> detectors.add(detector(detector)));
    return new DetectorSet(
        Json.text(node, "model"),
        Json.text(node, "modelSha256"),
        Json.number(node.path("falsePositiveRate")),
        node.path("seed").asLong(),
        texts(node.path("calibratedOn")),
        texts(node.path("heldOut")),
        detectors);
  }

  private static IllegalArgumentException notOne(
      Path file, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InputException(
        "%s is not a detector; make one with: adversight detect calibrate".formatted(file), cause);
  }

  private static CalibratedDetector detector(JsonNode node) {
    List<ScorePart> parts = new ArrayList<>();
    for (JsonNode score : node.path("scores")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      score
          .path("parameters")
          .properties()
          .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
      parts.add(
          new ScorePart(
              new Algorithm(Json.text(score, "id"), parameters),
              Json.number(score.path("mean")),
              Json.number(score.path("spread"))));
    }
    return new CalibratedDetector(
        Json.text(node, "name"),
        parts,
        Json.number(node.path("threshold")),
        new Proportion(node.path("heldOutAlarms").asLong(), node.path("heldOutImages").asLong()));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return texts;
  }
}
