package io.adversight.model;

import io.adversight.data.Labels;
import io.adversight.input.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Some labels of a network whose labels are independent of each other (multi-label), as one choice:
 * each subset of them is a class (label powerset, Tsoumakas and Katakis 2007). With z_i the logit
 * of label i, the logit of a subset is the sum of z_i / 2 over its labels less that of the others,
 * so that its softmax probability is the product of the labels' own. For one label the classes are
 * "not NAME" and "NAME".
 *
 * @param labels the numbers of at most 10 labels
 */
public record LabelSet(List<Integer> labels) {
  /** How many labels a set can have: it has two to this power classes. */
  public static final int MOST = 10;

  public LabelSet {
    labels = List.copyOf(labels);
    if (labels.isEmpty() || labels.size() > MOST || new HashSet<>(labels).size() < labels.size()) {
      throw new InputException(
          "a label set needs 1 to %s different labels, but has %s".formatted(MOST, labels.size()));
    }
  }

  /**
   * The set of labels by their names or numbers; {@code all} stands for every one.
   *
   * @throws InputException if they are too many, or one is named twice
   * @throws java.util.NoSuchElementException if there is no such label
   */
  public static LabelSet of(List<String> names, Labels known) {
    List<Integer> labels = new ArrayList<>();
    if (names.equals(List.of("all"))) {
      for (int i = 0; i < known.size() && i <= MOST; i++) {
        labels.add(i);
      }
    } else {
      names.forEach(name -> labels.add(known.index(name)));
    }
    return new LabelSet(labels);
  }

  /** The number of classes. */
  public int classes() {
    return 1 << labels.size();
  }

  private boolean has(int subset, int place) {
    return (subset >> place & 1) == 1;
  }

  /** The factors of the network's logits in those of the classes, (classes, outputs). */
  float[][] factors(int outputs) {
    float[][] factors = new float[classes()][outputs];
    for (int subset = 0; subset < factors.length; subset++) {
      for (int place = 0; place < labels.size(); place++) {
        factors[subset][labels.get(place)] = has(subset, place) ? 0.5f : -0.5f;
      }
    }
    return factors;
  }

  /** The names of the classes, from those of the labels. */
  List<String> names(Labels known) {
    if (labels.size() == 1) {
      String name = known.name(labels.get(0));
      return List.of("not " + name, name);
    }
    List<String> names = new ArrayList<>();
    for (int subset = 0; subset < classes(); subset++) {
      List<String> on = new ArrayList<>();
      for (int place = 0; place < labels.size(); place++) {
        if (has(subset, place)) {
          on.add(known.name(labels.get(place)));
        }
      }
      names.add(on.isEmpty() ? "none" : String.join(" + ", on));
    }
    return names;
  }
}
