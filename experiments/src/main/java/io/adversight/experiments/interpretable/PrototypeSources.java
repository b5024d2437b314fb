package io.adversight.experiments.interpretable;

import io.adversight.attribution.inherent.PrototypeMatch;
import io.adversight.attribution.inherent.PrototypeSimilarity;
import io.adversight.data.DataSet;
import io.adversight.experiments.Bench;
import io.adversight.image.Raster;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prototypes.Prototype;
import io.adversight.model.Trace;
import io.adversight.report.study.PrototypeSheet;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The prototypes that a network finds in images, and whether they show the object at all. */
final class PrototypeSources {
  private final Bench bench;
  private final GraphClassifier network;
  private final int top;
  private final Map<Prototype, Boolean> beside = new HashMap<>();

  /**
   * The prototypes of a network.
   *
   * @param top how many are looked at, those that add most to the class
   */
  PrototypeSources(Bench bench, GraphClassifier network, int top) {
    this.bench = bench;
    this.network = network;
    this.top = top;
  }

  /** Those that add most to a class of each image, most first. */
  List<List<PrototypeMatch>> in(Tensor pixels, List<Integer> classes) {
    try (Scope scope = Scope.open()) {
      Trace trace =
          network.trace(
              pixels, new LinkedHashSet<>(new PrototypeSimilarity().gradientsAt(network)));
      return PrototypeMatch.of(trace, new Objective.Logit(classes), top);
    }
  }

  /** Whether the training patch of a prototype shows nothing of the object. */
  boolean isBackground(PrototypeMatch match) {
    return match.source().map(source -> isBackground(source, match.map())).orElse(false);
  }

  /** The share of all prototypes whose training patch shows nothing of the object. */
  double backgroundOfAll(Raster map) {
    List<Prototype> all = network.prototypes().all();
    return (double) all.stream().filter(source -> isBackground(source, map)).count() / all.size();
  }

  /**
   * Where the prototype comes from, in the map of features of its image.
   *
   * @param map of a match, which is as large
   */
  private boolean isBackground(Prototype source, Raster map) {
    return beside.computeIfAbsent(
        source,
        key -> isBeside(bench.images(key.dataSet(), 0), key.image(), key.row(), key.column(), map));
  }

  /**
   * Whether the part of an image that belongs to a place of a map of features shows nothing of the
   * first object of the set: no pixel of it is mostly object.
   */
  static boolean isBeside(DataSet images, int image, int row, int column, Raster map) {
    Raster mask = images.mask(image, images.objects().get(0));
    return PrototypeSheet.patch(mask, row, column, map.height(), map.width()).max() <= 0.5;
  }
}
