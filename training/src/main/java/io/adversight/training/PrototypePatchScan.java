package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.graph.BackwardRules;
import io.adversight.graph.Graph;
import io.adversight.model.GraphClassifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.PrototypeHead;
import io.adversight.training.data.Batch;
import java.util.Map;
import java.util.Objects;

/** Looks through a set for the patches that are nearest to the prototypes of a network. */
final class PrototypePatchScan {
  private static final int BATCH = 100;

  private PrototypePatchScan() {}

  /** Hears of the patch of an image that is nearest to a prototype. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A patch.
     *
     * @param cell row and column in the map of features
     * @param patch its features, to be asked for if needed
     */
    void nearest(int image, int prototype, float distance, Cell cell, Patch patch);
  }

  /** A cell of the map of features. */
  record Cell(int row, int column) {}

  /** The features of a patch. */
  @FunctionalInterface
  interface Patch {
    float[] features();
  }

  /** Visits every prototype on every image, image by image. */
  static void of(Graph graph, GraphClassifier preprocessing, DataSet set, Visitor visitor) {
    Graph part = graph.upTo(PrototypeHead.DISTANCES);
    for (int first = 0; first < set.size(); first += BATCH) {
      int count = Math.min(BATCH, set.size() - first);
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels = Batch.pixels(set, first, count).to(preprocessing.device());
        Map<String, Tensor> values =
            part.forwardAll(preprocessing.preprocess(pixels), BackwardRules.STANDARD);
        Tensor distances = Objects.requireNonNull(values.get(PrototypeHead.DISTANCES)).contiguous();
        Tensor patches = Objects.requireNonNull(values.get(PrototypeHead.PATCHES)).contiguous();
        visit(distances, patches, first, visitor);
      }
    }
  }

  private static void visit(Tensor distances, Tensor patches, int first, Visitor visitor) {
    int images = (int) distances.size(0);
    int prototypes = (int) distances.size(1);
    int columns = (int) distances.size(3);
    int places = (int) distances.size(2) * columns;
    int depth = (int) patches.size(1);
    float[] all = distances.toFloats();
    float[] features = patches.toFloats();
    for (int image = 0; image < images; image++) {
      for (int prototype = 0; prototype < prototypes; prototype++) {
        int start = (image * prototypes + prototype) * places;
        int best = 0;
        for (int place = 1; place < places; place++) {
          if (all[start + place] < all[start + best]) {
            best = place;
          }
        }
        int from = image * depth * places + best;
        visitor.nearest(
            first + image,
            prototype,
            all[start + best],
            new Cell(best / columns, best % columns),
            () -> {
              float[] patch = new float[depth];
              for (int i = 0; i < depth; i++) {
                patch[i] = features[from + i * places];
              }
              return patch;
            });
      }
    }
  }
}
