package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prototypes;
import io.adversight.model.Prototypes.Prototype;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.PrototypeHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prototypes replaced by the nearest training patches of their class (Chen et al. 2019, equation
 * 3).
 *
 * @param values (P, depth, 1, 1), a column of the map of features each
 * @param prototypes where they come from
 */
record PrototypeProjection(Tensor values, Prototypes prototypes) {
  /** The projection of a network's prototypes onto the patches of a set. */
  static PrototypeProjection of(Graph graph, GraphClassifier preprocessing, DataSet set) {
    Tensor old = graph.constants().get(PrototypeHead.PROTOTYPES);
    Tensor last = graph.constants().get(PrototypeHead.LAST);
    if (old == null || last == null) {
      throw new InputException("there is no tensor \"prototypes\" to be projected");
    }
    int count = (int) old.size(0);
    int perClass = count / (int) last.size(0);
    float[] smallest = new float[count];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    float[][] patches = new float[count][];
    Prototype[] found = new Prototype[count];
    PrototypePatchScan.of(
        graph,
        preprocessing,
        set,
        (image, prototype, distance, place, patch) -> {
          int owner = prototype / perClass;
          if (set.label(image) == owner && distance < smallest[prototype]) {
            smallest[prototype] = distance;
            patches[prototype] = patch.features();
            found[prototype] =
                new Prototype(
                    owner, set.name(), image, set.imageName(image), place.row(), place.column());
          }
        });
    return new PrototypeProjection(values(patches), new Prototypes(all(found)));
  }

  private static List<Prototype> all(Prototype[] found) {
    List<Prototype> all = new ArrayList<>();
    for (Prototype prototype : found) {
      if (prototype == null) {
        throw new InputException("a class has no training image to project onto");
      }
      all.add(prototype);
    }
    return all;
  }

  private static Tensor values(float[][] patches) {
    int depth = patches[0].length;
    float[] values = new float[patches.length * depth];
    for (int i = 0; i < patches.length; i++) {
      System.arraycopy(patches[i], 0, values, i * depth, depth);
    }
    return Tensor.of(values, patches.length, depth, 1, 1);
  }
}
