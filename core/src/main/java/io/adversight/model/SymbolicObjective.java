package io.adversight.model;

import io.adversight.graph.derivative.GraphObjective;
import io.adversight.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An objective as a graph computes it of its logits: a factor times a function of the logits and of
 * weights of the classes.
 *
 * @param form the function
 * @param terms whose sum is the weights
 * @param factor by which values and gradients are multiplied
 */
public record SymbolicObjective(GraphObjective form, List<Term> terms, double factor) {
  public SymbolicObjective {
    terms = List.copyOf(terms);
  }

  /**
   * A weight of one class of each image.
   *
   * @param classes one per image, or one for all
   */
  public record Term(List<Integer> classes, double weight) {
    public Term {
      classes = List.copyOf(classes);
    }
  }

  /** A function of the logits and of a class, one per image or one for all. */
  public static SymbolicObjective of(GraphObjective form, List<Integer> classes) {
    return new SymbolicObjective(form, List.of(new Term(classes, 1)), 1);
  }

  /** The same weights in another function. */
  public SymbolicObjective in(GraphObjective other) {
    return new SymbolicObjective(other, terms, factor);
  }

  SymbolicObjective times(double number) {
    return new SymbolicObjective(form, terms, number * factor);
  }

  /** The sum with another objective, where both are linear in the logits. */
  Optional<SymbolicObjective> plus(SymbolicObjective other) {
    if (form != GraphObjective.LOGIT || other.form != GraphObjective.LOGIT) {
      return Optional.empty();
    }
    List<Term> all = Stream.concat(weighted(), other.weighted()).toList();
    return Optional.of(new SymbolicObjective(form, all, 1));
  }

  private Stream<Term> weighted() {
    return terms.stream().map(term -> new Term(term.classes(), factor * term.weight()));
  }

  /**
   * The weights, (N, classes).
   *
   * @throws IllegalArgumentException if a class does not exist
   */
  Tensor weights(int images, int classes) {
    float[] weights = new float[images * classes];
    for (Term term : terms) {
      for (int i = 0; i < images; i++) {
        int index = term.classes().get(term.classes().size() == 1 ? 0 : i);
        Activations.checkClass(index, classes);
        weights[i * classes + index] += (float) term.weight();
      }
    }
    return Tensor.of(weights, images, classes);
  }
}
