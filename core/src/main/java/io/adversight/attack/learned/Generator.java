package io.adversight.attack.learned;

import io.adversight.attack.problem.Goal;
import io.adversight.graph.Graph;
import io.adversight.graph.ModelFormatException;
import io.adversight.graph.onnx.ImportOptions;
import io.adversight.graph.onnx.ImportedModel;
import io.adversight.graph.onnx.OnnxImporter;
import io.adversight.input.InputException;
import io.adversight.model.Classifier;
import io.adversight.model.Input;
import io.adversight.tensor.Device;
import io.adversight.tensor.Shape;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network that makes directions of adversarial changes: from pixels in [0, 1], (N, C, H, W), to
 * (N, (1 + classes) C, H, W) in [-1, 1]. The first C channels lead to any other class, the next C
 * to class 0, and so on.
 *
 * @param graph from pixels to directions
 * @param channels of an image, C
 */
public record Generator(Graph graph, int channels) {
  /** The output of a file in which a generator is looked for. */
  public static final String DIRECTIONS = "directions";

  private static final String FOLDER = "/io/adversight/generators/";

  /** The generators of the library by the attacked network's name; read once. */
  private static final Map<String, Generator> EMBEDDED = new ConcurrentHashMap<>();

  /**
   * The generator that comes with the library for a network.
   *
   * @throws InputException if there is none
   */
  static Generator embedded(Classifier attacked) {
    String name = attacked.card().name();
    return EMBEDDED.computeIfAbsent(name, id -> read(id, attacked)).on(attacked.device());
  }

  private static Generator read(String name, Classifier attacked) {
    try (InputStream in = Generator.class.getResourceAsStream(FOLDER + name + ".onnx")) {
      if (in == null) {
        throw new InputException(
            ("no generator comes with \"%s\"; train one against it by a recipe of the architecture"
                    + " transformation-network and give its file")
                .formatted(name));
      }
      return of(in.readAllBytes(), FOLDER + name + ".onnx", attacked);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The generator in a file.
   *
   * @throws InputException if the file cannot be read, or its images or classes are others than
   *     those of the attacked network
   * @throws ModelFormatException if it is no network with an output {@value #DIRECTIONS}
   */
  static Generator read(Path file, Classifier attacked) {
    try {
      return of(Files.readAllBytes(file), file.toString(), attacked).on(attacked.device());
    } catch (IOException e) {
      throw new InputException(file + ": expected the ONNX file of a generator", e);
    }
  }

  private static Generator of(byte[] bytes, String from, Classifier attacked) {
    Input input = attacked.card().input();
    Shape image = Shape.of(1, input.channels(), input.height(), input.width());
    ImportOptions options = new ImportOptions().image(image);
    ImportedModel file = OnnxImporter.read(bytes, from, options);
    if (!file.outputs().contains(DIRECTIONS)) {
      throw new ModelFormatException(
          from,
          "is no generator: expected an output \"%s\", but its outputs are %s"
              .formatted(DIRECTIONS, String.join(", ", file.outputs())));
    }
    Graph graph = OnnxImporter.read(bytes, from, options.output(DIRECTIONS)).graph().to(Device.CPU);
    Shape made = graph.shapes(image).getOrDefault(graph.output(), Shape.of(0));
    long channels = (1L + attacked.card().classes()) * input.channels();
    Shape expected = Shape.of(1, channels, input.height(), input.width());
    if (!made.equals(expected)) {
      throw new InputException(
          "%s: for \"%s\" a generator makes directions of shape %s, but this one makes %s"
              .formatted(from, attacked.card().name(), expected, made));
    }
    return new Generator(graph, input.channels());
  }

  private Generator on(Device device) {
    return graph.device().equals(device) ? this : new Generator(graph.to(device), channels);
  }

  /** The directions that lead to the goal, (N, C, H, W) in [-1, 1]. */
  Tensor towards(Goal goal, Tensor pixels) {
    Tensor all = graph.forward(pixels);
    if (!(goal instanceof Goal.MisclassifyAs as)) {
      return all.narrow(1, 0, channels);
    }
    List<Tensor> chosen = new ArrayList<>();
    for (int i = 0; i < as.targets().size(); i++) {
      chosen.add(all.rows(i).narrow(1, (1L + as.targets().get(i)) * channels, channels));
    }
    return Tensor.concat(chosen, 0);
  }
}
