package io.adversight.attribution.inherent;

import io.adversight.image.Raster;
import io.adversight.model.Classifier;
import io.adversight.model.GraphClassifier;
import io.adversight.model.Objective;
import io.adversight.model.Prototypes.Prototype;
import io.adversight.model.Trace;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A prototype that a network found in an image.
 *
 * @param number of the prototype, from 0
 * @param source where it comes from, if the network's file says so
 * @param similarity of the place that is most like it
 * @param contribution what it adds to the objective
 * @param row of that place
 * @param column of that place
 * @param map how much each place is like it, (1, h, w)
 */
public record PrototypeMatch(
    int number,
    Optional<Prototype> source,
    double similarity,
    double contribution,
    int row,
    int column,
    Raster map) {
  /**
   * The prototypes that add most to the objective, for each image of the batch, most first.
   *
   * @param top how many
   * @throws IllegalArgumentException if the network has no prototypes
   */
  public static List<List<PrototypeMatch>> of(Trace trace, Objective objective, int top) {
    PrototypeMaps maps = PrototypeMaps.of(trace, objective);
    Tensor contributions = maps.contributions();
    int images = (int) contributions.size(0);
    int count = (int) contributions.size(1);
    int wanted = Math.min(top, count);
    long[] best = contributions.top(wanted, 1).indices().toLongs();
    float[] added = contributions.toFloats();
    float[] all = maps.similarities().contiguous().toFloats();
    int height = (int) maps.similarities().size(2);
    int width = (int) maps.similarities().size(3);
    List<List<PrototypeMatch>> matches = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      List<PrototypeMatch> own = new ArrayList<>();
      for (int rank = 0; rank < wanted; rank++) {
        int number = (int) best[image * wanted + rank];
        float[] map = new float[height * width];
        System.arraycopy(all, (image * count + number) * map.length, map, 0, map.length);
        int place = place(map);
        own.add(
            new PrototypeMatch(
                number,
                source(trace.classifier(), number),
                map[place],
                added[image * count + number],
                place / width,
                place % width,
                Raster.map(height, width, map)));
      }
      matches.add(own);
    }
    return matches;
  }

  private static int place(float[] map) {
    int best = 0;
    for (int i = 1; i < map.length; i++) {
      best = map[i] > map[best] ? i : best;
    }
    return best;
  }

  private static Optional<Prototype> source(Classifier classifier, int number) {
    List<Prototype> all = ((GraphClassifier) classifier).prototypes().all();
    return number < all.size() ? Optional.of(all.get(number)) : Optional.empty();
  }
}
