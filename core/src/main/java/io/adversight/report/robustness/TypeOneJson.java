package io.adversight.report.robustness;

import io.adversight.evaluation.robustness.FrameNumbers;
import io.adversight.evaluation.robustness.TypeOneResult;
import io.adversight.evaluation.robustness.TypeOneResult.Outcome;
import io.adversight.image.ImageFiles;
import io.adversight.image.Raster;
import io.adversight.text.Json;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of an image that should show another class, as JSON and back. */
public final class TypeOneJson {
  private TypeOneJson() {}

  /** What each method made, and the similarities of explanations of other images. */
  static ObjectNode outcomes(TypeOneResult result) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("label", result.label());
    node.put("target", result.target());
    node.set("outcomes", Json.MAPPER.valueToTree(result.outcomes()));
    node.set("mapOfCompanion", Json.of(result.mapOfCompanion()));
    node.set("mapOfTarget", Json.of(result.mapOfTarget()));
    node.set("mapOfOtherClass", Json.of(result.mapOfOtherClass()));
    return node;
  }

  /** Everything; the image that the attack made in 8 bit. */
  public static ObjectNode of(TypeOneResult result) {
    ObjectNode node = outcomes(result);
    node.set("typeOnePath", Json.MAPPER.valueToTree(result.typeOnePath()));
    node.set("transitionPath", Json.MAPPER.valueToTree(result.transitionPath()));
    node.put("example", Base64.getEncoder().encodeToString(ImageFiles.png(result.example())));
    return node;
  }

  /** Reads what {@link #of} wrote. */
  public static TypeOneResult read(JsonNode node) {
    return new TypeOneResult(
        node.path("label").asInt(),
        node.path("target").asInt(),
        List.of(Json.MAPPER.treeToValue(node.path("outcomes"), Outcome[].class)),
        List.of(Json.MAPPER.treeToValue(node.path("typeOnePath"), FrameNumbers[].class)),
        List.of(Json.MAPPER.treeToValue(node.path("transitionPath"), FrameNumbers[].class)),
        Json.number(node.path("mapOfCompanion")),
        Json.number(node.path("mapOfTarget")),
        Json.number(node.path("mapOfOtherClass")),
        example(node));
  }

  private static Raster example(JsonNode node) {
    byte[] png = Base64.getDecoder().decode(Json.text(node, "example"));
    return ImageFiles.read(png, "Type I example", ImageFiles.DEFAULT_MAX_PIXELS);
  }
}
