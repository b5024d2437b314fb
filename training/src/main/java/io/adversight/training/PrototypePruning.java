package io.adversight.training;

import io.adversight.data.DataSet;
import io.adversight.graph.Graph;
import io.adversight.input.InputException;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Prototypes;
import io.adversight.tensor.Tensor;
import io.adversight.training.architecture.PrototypeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is left of a network's prototypes without those whose nearest training patches belong to
 * other classes (Chen et al. 2019, appendix 4).
 *
 * @param values (P, depth, 1, 1)
 * @param connections of the last layer, (classes, P)
 * @param prototypes where they come from
 */
record PrototypePruning(Tensor values, Tensor connections, Prototypes prototypes) {
  private static final int NEAREST = 6;

  /** A patch near a prototype. */
  private record Near(float distance, int label) {}

  /**
   * Keeps the prototypes of whose six nearest patches, one per image, at least {@code least} belong
   * to their class.
   */
  static PrototypePruning of(
      Graph graph, Prototypes prototypes, GraphClassifier preprocessing, DataSet set, int least) {
    List<PriorityQueue<Near>> nearest = new ArrayList<>();
    prototypes
        .all()
        .forEach(
            prototype ->
                nearest.add(
                    new PriorityQueue<>((a, b) -> Float.compare(b.distance(), a.distance()))));
    PrototypePatchScan.of(
        graph,
        preprocessing,
        set,
        (image, prototype, distance, place, patch) -> {
          PriorityQueue<Near> near = nearest.get(prototype);
          near.add(new Near(distance, set.label(image)));
          if (near.size() > NEAREST) {
            near.poll();
          }
        });
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < nearest.size(); i++) {
      int owner = prototypes.all().get(i).owner();
      if (nearest.get(i).stream().filter(near -> near.label() == owner).count() >= least) {
        kept.add(i);
      }
    }
    Prototypes left = new Prototypes(kept.stream().map(prototypes.all()::get).toList());
    return only(graph, kept, left);
  }

  private static PrototypePruning only(Graph graph, List<Integer> kept, Prototypes left) {
    long[] indices = kept.stream().mapToLong(Integer::longValue).toArray();
    Tensor which = Tensor.of(indices, indices.length);
    Map<String, Tensor> all = graph.constants();
    Tensor values = all.get(PrototypeHead.PROTOTYPES);
    Tensor last = all.get(PrototypeHead.LAST);
    if (values == null || last == null) {
      throw new InputException("the network has no prototypes");
    }
    Tensor there = which.to(values.device());
    return new PrototypePruning(values.select(0, there), last.select(1, there), left);
  }
}
