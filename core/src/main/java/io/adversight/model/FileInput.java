package io.adversight.model;

import io.adversight.graph.onnx.ImportOptions;
import io.adversight.input.InputException;
import java.util.Map;

/**
 * Which input of a file takes the images.
 *
 * @param name of the input; empty where the file has one only, or the others have numbers
 * @param others what every element of the other inputs is, by name
 */
public record FileInput(String name, Map<String, Double> others) {
  /** The only input of a file. */
  public static final FileInput ONLY = new FileInput("", Map.of());

  public FileInput {
    others = Map.copyOf(others);
    others.forEach(
        (input, number) -> {
          if (!Double.isFinite(number)) {
            throw new InputException(
                "the input \"%s\" must be given a finite number, but got %s"
                    .formatted(input, number));
          }
        });
  }

  /** How a file is read for this input. */
  ImportOptions in(ImportOptions options) {
    ImportOptions given = options.others(others);
    return name.isEmpty() ? given : given.input(name);
  }
}
