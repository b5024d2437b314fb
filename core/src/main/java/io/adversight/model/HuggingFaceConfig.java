package io.adversight.model;

import io.adversight.graph.ModelFormatException;
import io.adversight.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What lies beside an ONNX file that Hugging Face's Optimum wrote, or one folder above {@code
 * onnx/}: {@code preprocessor_config.json} says how an image enters the network, {@code
 * config.json} names the classes.
 *
 * @param preprocessing from the first file; an empty object if it is not there
 * @param network from the second file; an empty object if it is not there
 * @param path of the first file, for messages
 */
record HuggingFaceConfig(JsonNode preprocessing, JsonNode network, Path path) {
  private static final String PREPROCESSING = "preprocessor_config.json";
  private static final String NETWORK = "config.json";
  private static final long LARGEST = 1L << 24;
  private static final double ROUNDING = 1e-6;

  /**
   * What is known of a file; empty if there is no preprocessing beside it.
   *
   * @throws ModelFormatException if one of the files is not JSON
   */
  static Optional<HuggingFaceConfig> beside(Path file) {
    Path own = file.toAbsolutePath().getParent();
    if (own == null) {
      return Optional.empty();
    }
    boolean inner = own.getFileName() != null && own.getFileName().toString().equals("onnx");
    return Stream.of(Optional.of(own), Optional.ofNullable(own.getParent()).filter(up -> inner))
        .flatMap(Optional::stream)
        .filter(folder -> Files.isRegularFile(folder.resolve(PREPROCESSING)))
        .findFirst()
        .map(
            folder ->
                new HuggingFaceConfig(
                    read(folder.resolve(PREPROCESSING)),
                    read(folder.resolve(NETWORK)),
                    folder.resolve(PREPROCESSING)));
  }

  private static JsonNode read(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        return Json.MAPPER.createObjectNode();
      }
      if (Files.size(path) > LARGEST) {
        throw new ModelFormatException(path.toString(), "it is too large for a configuration");
      }
      return Json.MAPPER.readTree(Files.readAllBytes(path));
    } catch (JacksonException e) {
      throw new ModelFormatException(path.toString(), Json.reason(e));
    } catch (IOException e) {
      throw new ModelFormatException(path.toString(), "the file cannot be read");
    }
  }

  /**
   * What was said of a file, with what it leaves open taken from here.
   *
   * @throws ModelFormatException if a number is none
   */
  ModelReader.Given completing(ModelReader.Given given) {
    boolean plain =
        given.range().isEmpty()
            && given.mean().stream().allMatch(mean -> mean == 0)
            && given.std().stream().allMatch(std -> std == 1);
    boolean normalized = preprocessing.path("do_normalize").asBoolean(true);
    return new ModelReader.Given(
        given.input(),
        given.channels(),
        plain ? Optional.of(range()) : given.range(),
        plain && normalized ? numbers("image_mean", given.mean()) : given.mean(),
        plain && normalized ? numbers("image_std", given.std()) : given.std(),
        given.layout(),
        given.side().or(this::side),
        given.output(),
        given.outputName());
  }

  /** What white is: pixels of 0 to 255, times a factor. */
  private double range() {
    if (!preprocessing.path("do_rescale").asBoolean(true)) {
      return 255;
    }
    double range = 255 * number(preprocessing.path("rescale_factor"), 1.0 / 255);
    return Math.abs(range - Math.rint(range)) < ROUNDING ? Math.rint(range) : range;
  }

  private List<Double> numbers(String field, List<Double> otherwise) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : preprocessing.path(field)) {
      numbers.add(number(each, 0));
    }
    return numbers.isEmpty() ? otherwise : numbers;
  }

  private double number(JsonNode node, double otherwise) {
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isNumber()) {
      throw new ModelFormatException(
          path.toString(), "expected a number, but got " + Json.shown(node));
    }
    return Json.number(node);
  }

  private Optional<Integer> side() {
    return length("crop_size", "height")
        .filter(side -> isCropped())
        .or(() -> length("size", "height"));
  }

  private boolean isCropped() {
    return preprocessing.path("do_center_crop").asBoolean(false);
  }

  /** A length, which may stand alone, under a name, or as the shortest edge. */
  private Optional<Integer> length(String field, String name) {
    JsonNode node = preprocessing.path(field);
    for (JsonNode each : List.of(node, node.path(name), node.path("shortest_edge"))) {
      if (each.isIntegralNumber()
          && Json.number(each) >= 1
          && Json.number(each) <= Input.LONGEST_SIDE) {
        return Optional.of(each.asInt());
      }
    }
    return Optional.empty();
  }

  /** How an image becomes one of the network's size: cut out of a larger one, or stretched. */
  InputResize resize() {
    return length("size", "shortest_edge")
        .filter(side -> isCropped())
        .map(InputResize::shortSideThenCentreCrop)
        .orElse(InputResize.stretch());
  }

  /** The names of the classes in order; none if they are not 0 to n - 1. */
  List<String> labels() {
    JsonNode names = network.path("id2label");
    List<String> labels = new ArrayList<>(Collections.nCopies(names.size(), ""));
    for (int i = 0; i < labels.size(); i++) {
      labels.set(i, names.path(Integer.toString(i)).asString(""));
    }
    return labels.contains("") ? List.of() : labels;
  }
}
