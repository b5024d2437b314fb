package io.adversight.report.robustness;

import io.adversight.attack.universal.Patch;
import io.adversight.attack.universal.Universal;
import io.adversight.attack.universal.UniversalPerturbation;
import io.adversight.image.ImageFiles;
import io.adversight.image.ImageFormatException;
import io.adversight.image.Npy;
import io.adversight.image.Raster;
import io.adversight.input.InputException;
import io.adversight.report.ResultFolder;
import io.adversight.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change for all images as files: {@code NAME.npy} holds its values, {@code NAME.png} shows it,
 * and {@code NAME.json} says what it is. A {@code .npy} without such a file is a perturbation.
 */
public final class UniversalFile {
  private static final JsonMapper MAPPER = Json.MAPPER;

  private UniversalFile() {}

  /** Writes the three files into a folder. */
  public static void write(Universal change, ResultFolder folder, String name) {
    ObjectNode node = MAPPER.createObjectNode();
    if (change instanceof Patch patch) {
      node.put("kind", "patch");
      node.put("smallest", patch.smallest());
      node.put("largest", patch.largest());
      node.put("turn", patch.turn());
      Npy.write(patch.content(), folder.resolve(name + ".npy"));
      ImageFiles.writePng(patch.content(), folder.resolve(name + ".png"));
    } else if (change instanceof UniversalPerturbation perturbation) {
      node.put("kind", "perturbation");
      perturbation.save(folder.path(), name);
    }
    folder.write(name + ".json", node);
  }

  /**
   * Reads a change from its {@code .npy} file.
   *
   * @throws ImageFormatException if it is not one
   */
  public static Universal read(Path npy) {
    Raster values = Npy.read(npy);
    Path beside =
        npy.resolveSibling(String.valueOf(npy.getFileName()).replaceAll("\\.npy$", ".json"));
    if (!Files.exists(beside) || beside.equals(npy)) {
      return new UniversalPerturbation(values);
    }
    try {
      return described(values, MAPPER.readTree(beside.toFile()), beside);
    } catch (JacksonException e) {
      throw new ImageFormatException("%s: %s".formatted(beside, Json.reason(e)));
    } catch (InputException e) {
      throw new ImageFormatException("%s: %s".formatted(beside, e.getMessage()));
    }
  }

  private static Universal described(Raster values, JsonNode node, Path beside) {
    return switch (node.path("kind").asString("")) {
      case "patch" ->
          new Patch(
              values,
              Json.number(node.path("smallest")),
              Json.number(node.path("largest")),
              Json.number(node.path("turn")));
      case "perturbation" -> new UniversalPerturbation(values);
      default ->
          throw new ImageFormatException(
              "%s: expected \"kind\" perturbation or patch; make it with adversight universal craft"
                  .formatted(beside));
    };
  }

  /** The change for images of a network's size; a patch fits any. */
  public static Universal fitted(Universal change, int height, int width) {
    return change instanceof UniversalPerturbation perturbation
        ? perturbation.resized(height, width)
        : change;
  }
}
