package io.adversight.evaluation.robustness;

import io.adversight.attack.universal.Universal;
import io.adversight.data.DataSet;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a universal change does to the classes that a network sees.
 *
 * @param counts images by the class seen before (row) and after (column)
 */
public record FoolingMatrix(List<List<Integer>> counts) {
  private static final int IMAGES_AT_ONCE = 16;

  public FoolingMatrix {
    counts = counts.stream().map(List::copyOf).toList();
  }

  /**
   * Applies a change to all images of a set.
   *
   * @param rng for changes with a random part, such as the place of a patch
   * @param run progress and the wish to stop
   */
  public static FoolingMatrix of(
      Classifier classifier, DataSet images, Universal change, Rng rng, Run run) {
    int classes = classifier.card().classes();
    List<List<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      counts.add(new ArrayList<>(Collections.nCopies(classes, 0)));
    }
    for (int from = 0; from < images.size(); from += IMAGES_AT_ONCE) {
      int to = Math.min(from + IMAGES_AT_ONCE, images.size());
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        Tensor pixels =
            Batches.of(IntStream.range(from, to).mapToObj(images::image).toList())
                .to(classifier.device());
        Tensor changed = change.apply(pixels, Run.of(rng, pixels));
        long[] before = classifier.logits(pixels).argmax(1).toLongs();
        long[] after = classifier.logits(changed).argmax(1).toLongs();
        for (int i = 0; i < before.length; i++) {
          List<Integer> row = counts.get((int) before[i]);
          row.set((int) after[i], row.get((int) after[i]) + 1);
        }
      }
      run.report(to, images.size(), "images");
    }
    return new FoolingMatrix(counts);
  }

  /** The number of images. */
  public int images() {
    return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** The share of images whose class changed. */
  public double rate() {
    int same = IntStream.range(0, counts.size()).map(i -> counts.get(i).get(i)).sum();
    int all = images();
    return all == 0 ? 0 : 1 - (double) same / all;
  }

  /** The share of the images of a class that are seen as another; NaN if there are none. */
  public double rate(int before) {
    int all = counts.get(before).stream().mapToInt(Integer::intValue).sum();
    return all == 0 ? Double.NaN : 1 - (double) counts.get(before).get(before) / all;
  }

  /** The classes into which most changed images fall, most frequent first. */
  public List<Integer> dominant(int count) {
    return IntStream.range(0, counts.size())
        .boxed()
        .sorted((a, b) -> Integer.compare(into(b), into(a)))
        .filter(c -> into(c) > 0)
        .limit(count)
        .toList();
  }

  private int into(int after) {
    return IntStream.range(0, counts.size())
        .filter(before -> before != after)
        .map(before -> counts.get(before).get(after))
        .sum();
  }
}
