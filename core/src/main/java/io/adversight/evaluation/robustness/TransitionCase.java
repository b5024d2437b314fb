package io.adversight.evaluation.robustness;

import io.adversight.data.DataSet;
import io.adversight.input.InputException;
import io.adversight.model.Batches;
import io.adversight.model.Classifier;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image of a set that shall become another class.
 *
 * @param image its number
 * @param label its class
 * @param target the other class
 * @param end number of an image of the target, where interpolations end
 * @param companion number of another image of the label; the image itself where it is alone
 */
public record TransitionCase(int image, int label, int target, int end, int companion) {
  private static final int BATCH = 100;

  /**
   * The first {@code count} images of a set that a network has right, each with another class in
   * turn: the images of a class take all others as targets before one comes again.
   *
   * @throws InputException if a class has no image in the set that the network has right
   */
  public static List<TransitionCase> first(Classifier attacked, DataSet set, int count) {
    int classes = attacked.card().classes();
    List<List<Integer>> ofClass = new ArrayList<>();
    IntStream.range(0, classes).forEach(c -> ofClass.add(new ArrayList<>()));
    List<Integer> chosen = right(attacked, set, count);
    chosen.forEach(image -> ofClass.get(set.label(image)).add(image));
    List<Integer> ends = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      ends.add(ofClass.get(c).isEmpty() ? firstOf(attacked, set, c) : ofClass.get(c).get(0));
    }
    List<TransitionCase> cases = new ArrayList<>();
    for (int image : chosen) {
      int label = set.label(image);
      List<Integer> own = ofClass.get(label);
      int turn = own.indexOf(image);
      int target = (label + 1 + turn % (classes - 1)) % classes;
      int companion = own.get((turn + 1) % own.size());
      cases.add(new TransitionCase(image, label, target, ends.get(target), companion));
    }
    return cases;
  }

  /**
   * The first image of a class that a network has right.
   *
   * @throws InputException if there is none
   */
  public static int firstOf(Classifier attacked, DataSet set, int label) {
    int[] ofClass = IntStream.range(0, set.size()).filter(i -> set.label(i) == label).toArray();
    List<Integer> right = ofClass.length == 0 ? List.of() : right(attacked, set.select(ofClass), 1);
    if (right.isEmpty()) {
      throw new InputException(
          "%s has no image of class %s that \"%s\" has right"
              .formatted(set.name(), label, attacked.card().name()));
    }
    return ofClass[right.get(0)];
  }

  /** The first images of a set that a network has right; all of them where there are fewer. */
  public static List<Integer> right(Classifier attacked, DataSet set, int count) {
    List<Integer> right = new ArrayList<>();
    for (int start = 0; start < set.size() && right.size() < count; start += BATCH) {
      int end = Math.min(set.size(), start + BATCH);
      int first = start;
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        long[] predicted =
            attacked
                .logits(
                    Batches.of(IntStream.range(start, end).mapToObj(set::image).toList())
                        .to(attacked.device()))
                .argmax(1)
                .toLongs();
        IntStream.range(start, end)
            .filter(i -> predicted[i - first] == set.label(i))
            .limit(count - right.size())
            .forEach(right::add);
      }
    }
    return right;
  }
}
