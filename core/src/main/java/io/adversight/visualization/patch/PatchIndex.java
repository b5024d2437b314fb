package io.adversight.visualization.patch;

import io.adversight.input.InputException;
import io.adversight.input.UnknownNameException;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Safetensors;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.visualization.objective.LayerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stored scan: for every channel of its layers the images that excite it most, and where. Kept as
 * safetensors: per layer {@code values}, {@code images} and {@code places} (row times columns plus
 * column), each (C, k).
 *
 * @param model the network's name and the checksum of its file
 * @param images the files of the set, in the order of the scan
 * @param done how many of them were seen
 * @param best how many are kept per channel
 * @param scan of the layers
 */
public record PatchIndex(
    String model, List<String> images, int done, int best, Map<String, Stored> scan) {
  private static final String SEPARATOR = "\n";

  /**
   * What is stored of one layer, each (C, k).
   *
   * @param values of the activations, largest first
   * @param images their numbers; -1 where there was none
   * @param places row times columns plus column
   */
  public record Stored(Tensor values, Tensor images, Tensor places) {}

  public PatchIndex {
    images = List.copyOf(images);
    scan = Map.copyOf(scan);
  }

  /** What identifies a network in an index. */
  public static String model(Classifier classifier) {
    return classifier.card().nameInResults() + " " + classifier.card().sha256();
  }

  /** Writes a scan as far as it has come; a file of that name is replaced in one step. */
  public static void write(PatchScan scan, Classifier classifier, List<String> files, Path path) {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      Map<String, PatchScan.Found> all = scan.found();
      all.forEach(
          (layer, found) -> {
            tensors.put("values/" + layer, found.values());
            tensors.put("images/" + layer, found.images());
            tensors.put("places/" + layer, found.places());
          });
      Map<String, String> metadata =
          Map.of(
              "model", model(classifier),
              "files", String.join(SEPARATOR, files),
              "done", Integer.toString(scan.done()),
              "best", Integer.toString(scan.best()),
              "layers", String.join(SEPARATOR, all.keySet()));
      new Safetensors(tensors, metadata).write(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the index %s cannot be written".formatted(path), e);
    }
  }

  /** Reads an index. */
  public static PatchIndex read(Path path) {
    Safetensors stored = Safetensors.read(path);
    Map<String, Stored> layers = new LinkedHashMap<>();
    for (String layer : text(stored, path, "layers").split(SEPARATOR, -1)) {
      layers.put(
          layer,
          new Stored(
              tensor(stored, path, "values/" + layer),
              tensor(stored, path, "images/" + layer),
              tensor(stored, path, "places/" + layer)));
    }
    return new PatchIndex(
        text(stored, path, "model"),
        List.of(text(stored, path, "files").split(SEPARATOR, -1)),
        number(stored, path, "done"),
        number(stored, path, "best"),
        layers);
  }

  private static String text(Safetensors stored, Path path, String name) {
    String text = stored.metadata().get(name);
    if (text == null) {
      throw new InputException(
          "%s is not an index of patches: it has no \"%s\"".formatted(path, name));
    }
    return text;
  }

  private static int number(Safetensors stored, Path path, String name) {
    String text = text(stored, path, name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "%s is not an index of patches: \"%s\" is no number but \"%s\""
              .formatted(path, name, text),
          e);
    }
  }

  private static Tensor tensor(Safetensors stored, Path path, String name) {
    Tensor tensor = stored.tensors().get(name);
    if (tensor == null) {
      throw new InputException(
          "%s is not an index of patches: it has no \"%s\"".formatted(path, name));
    }
    return tensor;
  }

  /**
   * A scan that goes on where this one was.
   *
   * @throws IllegalArgumentException if it is one of another network, set, or of other layers
   */
  public PatchScan resume(
      GraphClassifier classifier, List<String> layers, int wanted, List<String> files) {
    requireModel(classifier);
    if (!files.equals(images) || !scan.keySet().equals(new HashSet<>(layers)) || wanted != best) {
      throw new InputException(
          "the index there is one of other images, layers or numbers of patches;"
              + " give another file with --index");
    }
    Map<String, PatchScan.Found> found = new LinkedHashMap<>();
    for (String layer : layers) {
      Stored stored = layer(layer);
      found.put(layer, new PatchScan.Found(stored.values(), stored.images(), stored.places()));
    }
    return new PatchScan(classifier, layers, best, done, found);
  }

  /** Refuses another network than the one that was scanned. */
  public void requireModel(Classifier classifier) {
    if (!model(classifier).equals(model)) {
      throw new InputException(
          "the index is one of network %s, not of %s"
              .formatted(
                  model.substring(0, model.lastIndexOf(' ')), classifier.card().nameInResults()));
    }
  }

  private Stored layer(String name) {
    Stored stored = scan.get(name);
    if (stored == null) {
      throw new UnknownNameException(
          "the index does not hold layer \"%s\"; it holds %s"
              .formatted(name, String.join(", ", scan.keySet().stream().sorted().toList())));
    }
    return stored;
  }

  /** Whether a channel never rose above 0: its best are none, or all the same and not above. */
  public static boolean isDead(List<TopActivation> best) {
    return best.stream().allMatch(at -> at.value() == best.get(0).value() && at.value() <= 0);
  }

  /** The images that excite a channel most, at most {@code count}. */
  public List<TopActivation> top(LayerAddress place, int count) {
    Stored stored = layer(place.layer().name());
    int channel = place.channel();
    boolean maps = place.layer().mapShape().rank() == 4;
    int columns = maps ? (int) place.layer().mapShape().size(3) : 1;
    float[] values = stored.values().select(0, channel).toFloats();
    float[] numbers = stored.images().select(0, channel).toFloats();
    float[] places = stored.places().select(0, channel).toFloats();
    List<TopActivation> top = new ArrayList<>();
    for (int i = 0; i < Math.min(count, values.length) && numbers[i] >= 0; i++) {
      int at = (int) places[i];
      top.add(new TopActivation((int) numbers[i], values[i], at / columns, at % columns));
    }
    return top;
  }
}
