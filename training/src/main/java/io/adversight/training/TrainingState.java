package io.adversight.training;

import io.adversight.input.InputException;
import io.adversight.model.Prototypes;
import io.adversight.model.Safetensors;
import io.adversight.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a training needs to go on after an epoch. Randomness has no state: it follows from the
 * seed, the epoch and the image.
 *
 * @param values all weights
 * @param memory what the optimiser of the current phase remembers
 * @param steps of the current phase
 * @param statistics running statistics by name
 * @param curve of the epochs that are done
 * @param prototypes where the prototypes come from
 */
record TrainingState(
    List<Tensor> values,
    List<Tensor> memory,
    long steps,
    Map<String, Tensor> statistics,
    TrainingCurve curve,
    Prototypes prototypes) {
  private static final String FILE = "checkpoint.safetensors";

  /** Replaces the checkpoint of a folder, in one step. */
  void write(Path folder, Recipe recipe) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    put(tensors, "value.", values);
    put(tensors, "memory.", memory);
    statistics.forEach((name, tensor) -> tensors.put("statistic." + name, tensor));
    Map<String, String> metadata =
        Map.of(
            "recipe", recipe.toJson(),
            "steps", Long.toString(steps),
            "prototypes", prototypes.toJson(),
            "curve", curve.toCsv());
    try {
      new Safetensors(tensors, metadata).write(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint cannot be written to " + folder, e);
    }
  }

  private static void put(Map<String, Tensor> tensors, String prefix, List<Tensor> values) {
    for (int i = 0; i < values.size(); i++) {
      tensors.put(prefix + i, values.get(i));
    }
  }

  /**
   * The checkpoint of a folder, if there is one.
   *
   * @throws IllegalArgumentException if it was made by another recipe
   */
  static Optional<TrainingState> read(Path folder, Recipe recipe) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Safetensors stored = Safetensors.read(file);
    if (!recipe.toJson().equals(stored.metadata().get("recipe"))) {
      throw new InputException(
          "%s belongs to another recipe; remove it or choose another folder".formatted(file));
    }
    Map<String, Tensor> statistics = new LinkedHashMap<>();
    stored
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("statistic.")) {
                statistics.put(name.substring("statistic.".length()), tensor);
              }
            });
    Map<String, String> metadata = stored.metadata();
    try {
      return Optional.of(
          new TrainingState(
              numbered(stored.tensors(), "value."),
              numbered(stored.tensors(), "memory."),
              Long.parseLong(metadata.getOrDefault("steps", "0")),
              statistics,
              TrainingCurve.parse(metadata.getOrDefault("curve", "")),
              Prototypes.parse(metadata.getOrDefault("prototypes", "[]"), file.toString())));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InputException(
          "%s: expected a checkpoint of a training, but it is damaged (%s); remove it to start anew"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static List<Tensor> numbered(Map<String, Tensor> tensors, String prefix) {
    List<Tensor> values = new ArrayList<>();
    for (Tensor next = tensors.get(prefix + 0); next != null; ) {
      values.add(next);
      next = tensors.get(prefix + values.size());
    }
    return values;
  }
}
