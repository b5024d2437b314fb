package io.adversight.model;

import io.adversight.graph.Layer;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one forward pass of a batch computed: the logits and, where it was asked, every layer. */
public final class Activations {
  private final @Nullable Tensor logits;
  private final Map<String, Tensor> layers;
  private final List<Layer> places;

  /**
   * What was computed.
   *
   * @param places how maps lie in the layers
   */
  Activations(@Nullable Tensor logits, Map<String, Tensor> layers, List<Layer> places) {
    this.logits = logits;
    this.layers = Map.copyOf(layers);
    this.places = List.copyOf(places);
  }

  /** The logits alone, (N, classes). */
  public static Activations ofLogits(Tensor logits) {
    return new Activations(logits, Map.of(), List.of());
  }

  /** Layers without the logits. */
  static Activations ofLayers(Map<String, Tensor> layers, List<Layer> places) {
    return new Activations(null, layers, places);
  }

  /**
   * The logits, (N, classes).
   *
   * @throws NoSuchElementException if only layers were computed
   */
  public Tensor logits() {
    if (logits == null) {
      throw new NoSuchElementException("no logits were computed");
    }
    return logits;
  }

  /**
   * The value of a layer for the batch.
   *
   * @throws NoSuchElementException if there is no layer of that name, or only logits were computed
   */
  public Tensor layer(String name) {
    Tensor value = layers.get(name);
    if (value == null) {
      throw new NoSuchElementException(
          "no activation of layer \"%s\" was computed".formatted(name));
    }
    return value;
  }

  /**
   * The value of a layer for the batch as maps (N, C, H, W), also where channels are last, or
   * tokens lie on a grid; those of no place are left out. A layer without places is as it is, (N,
   * C).
   *
   * @throws NoSuchElementException if it was not computed
   */
  public Tensor maps(String name) {
    Tensor value = layer(name);
    return places.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .map(layer -> layer.maps(value))
        .orElse(value);
  }

  /** Every tensor of this pass. */
  List<Tensor> all() {
    List<Tensor> all = new ArrayList<>(layers.values());
    if (logits != null && !all.contains(logits)) {
      all.add(logits);
    }
    return all;
  }

  /** The sum of a value per image over everything but the batch, shape (N). */
  public static Tensor perImage(Tensor value) {
    return value.reshape(value.size(0), -1).sum(1).reshape(value.size(0));
  }

  /** The classes of the given images; a single class serves all. */
  static List<Integer> select(List<Integer> classes, int... images) {
    return classes.size() == 1 ? classes : IntStream.of(images).mapToObj(classes::get).toList();
  }

  /** The element of each image's logits that {@code classes} names, shape (N). */
  static Tensor pick(Tensor logits, List<Integer> classes) {
    return logits.gather(1, index(logits, classes)).reshape(logits.size(0));
  }

  /** Booleans (N, classes), true at the class that {@code classes} names for each image. */
  static Tensor isClass(Tensor logits, List<Integer> classes) {
    Tensor numbers = logits.fullLike(1).cumulativeSum(1).sub(1);
    return numbers.eq(index(logits, classes));
  }

  /** The class of each image as an index tensor (N, 1). */
  private static Tensor index(Tensor logits, List<Integer> classes) {
    long images = logits.size(0);
    long[] indices = new long[(int) images];
    for (int i = 0; i < indices.length; i++) {
      int index = classes.get(classes.size() == 1 ? 0 : i);
      checkClass(index, logits.size(1));
      indices[i] = index;
    }
    return Tensor.of(indices, images, 1).to(logits.device());
  }

  static void checkClass(int index, long classes) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          "class %s does not exist; the network has classes 0 to %s".formatted(index, classes - 1));
    }
  }
}
