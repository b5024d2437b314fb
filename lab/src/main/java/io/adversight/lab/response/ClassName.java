package io.adversight.lab.response;

import io.adversight.data.Labels;
import io.adversight.model.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A class of a network, by number and name. */
public record ClassName(int index, String name) {
  static ClassName of(int index, Labels labels) {
    return new ClassName(index, labels.name(index));
  }

  /** A class that is predicted. */
  public record Predicted(int index, String name, double probability) {
    static Predicted top(Prediction prediction, Labels labels) {
      int top = prediction.top();
      return new Predicted(top, labels.name(top), prediction.probability(top));
    }
  }

  /** A class and its probability before and after a change. */
  public record BeforeAfter(int index, String name, double before, double after) {
    /** The likeliest classes of either prediction, those of the first one first. */
    static List<BeforeAfter> of(Prediction before, Prediction after, int top, Labels labels) {
      Set<Integer> leading = new LinkedHashSet<>(before.top(top));
      leading.addAll(after.top(top));
      List<BeforeAfter> rows = new ArrayList<>();
      for (int index : leading) {
        rows.add(
            new BeforeAfter(
                index, labels.name(index), before.probability(index), after.probability(index)));
      }
      return rows;
    }
  }
}
