package io.adversight.experiments.lecture;

import io.adversight.data.DataSet;
import io.adversight.image.Raster;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.text.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labelled images of one size, a batch of a set.
 *
 * @param images of the network's size
 * @param labels one class each
 */
record Digits(List<Raster> images, List<Integer> labels) {
  Digits {
    images = List.copyOf(images);
    labels = List.copyOf(labels);
  }

  /** The images of a set from {@code first} to before {@code end}. */
  static Digits of(DataSet set, int first, int end) {
    return new Digits(
        IntStream.range(first, end).mapToObj(set::image).toList(),
        IntStream.range(first, end).mapToObj(set::label).toList());
  }

  /** Headings of a sheet: the labels. */
  List<String> headings() {
    return labels.stream().map(label -> "digit " + label).toList();
  }

  int size() {
    return images.size();
  }

  /** Batch number {@code number} of a set in batches of {@code size}, the last one smaller. */
  static Digits batch(DataSet set, int number, int size) {
    return of(set, number * size, Math.min(set.size(), (number + 1) * size));
  }

  /** How many batches a set has. */
  static int batches(DataSet set, int size) {
    return (set.size() + size - 1) / size;
  }

  /** The pixels, (N, C, H, W). */
  Tensor pixels() {
    return Batches.of(images);
  }

  /** How many changed images, (N, C, H, W), a network does not take for their label. */
  int wrong(Classifier network, Tensor shown) {
    return (int) IntStream.range(0, size()).filter(areWrong(network, shown)::get).count();
  }

  /** How many images there are, and how many of the changed ones each network gets wrong. */
  ObjectNode counts(Tensor shown, Map<String, GraphClassifier> networks) {
    ObjectNode counts = Json.MAPPER.createObjectNode();
    counts.put("images", size());
    networks.forEach((name, network) -> counts.put(name, wrong(network, shown)));
    return counts;
  }

  /** Which changed images a network does not take for their label. */
  List<Boolean> areWrong(Classifier network, Tensor shown) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      long[] classes = network.logits(shown).argmax(1).toLongs();
      return IntStream.range(0, size()).mapToObj(i -> classes[i] != labels.get(i)).toList();
    }
  }

  /**
   * The distortion of each image as Szegedy et al. (2014) measure it: the root of the mean square
   * of its changes.
   */
  static List<Double> distortions(Tensor change) {
    double values = (double) change.elements() / change.size(0);
    return Arrays.stream(change.l2PerImage().reshape(-1).toDoubles())
        .mapToObj(l2 -> l2 / Math.sqrt(values))
        .toList();
  }

  /** Changes scaled so that each has the same {@linkplain #distortions distortion}; 0 stays 0. */
  static Tensor scaled(Tensor change, double distortion) {
    double length = distortion * Math.sqrt((double) change.elements() / change.size(0));
    return change.div(change.l2PerImage().clamp(1e-12, Float.MAX_VALUE)).mul(length);
  }

  /** Images of a batch. */
  static List<Raster> images(Tensor batch) {
    return Batches.rasters(batch);
  }
}
