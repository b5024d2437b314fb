package io.adversight.lab.store;

import io.adversight.model.GraphClassifier;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network that is open.
 *
 * @param classifier whose classes exclude each other; where the network's labels are independent of
 *     each other (multi-label), they are the subsets of the label set
 * @param independent the names of all independent labels; none where classes exclude each other
 * @param labelSet the numbers of the labels that are decided on, in the order of the bits of a
 *     class
 */
public record OpenNetwork(
    GraphClassifier classifier, List<String> independent, List<Integer> labelSet) {
  public OpenNetwork {
    independent = List.copyOf(independent);
    labelSet = List.copyOf(labelSet);
  }

  /** The names of the labels of the set that are on in one class and off in another. */
  public List<String> onlyIn(int index, int other) {
    return IntStream.range(0, labelSet.size())
        .filter(place -> isOn(index, place) && !isOn(other, place))
        .mapToObj(place -> independent.get(labelSet.get(place)))
        .toList();
  }

  private static boolean isOn(int index, int place) {
    return (index >> place & 1) == 1;
  }
}
