package io.adversight.training.loss;

import io.adversight.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loss as the weighted sum of its terms.
 *
 * @param terms in the order of the loss's definition; at least one
 */
public record LossTerms(List<Term> terms) {
  /**
   * One term.
   *
   * @param name of its column in the training curve
   * @param weight its factor in the loss
   * @param value before the factor, shape ()
   */
  public record Term(String name, double weight, Tensor value) {}

  public LossTerms {
    terms = List.copyOf(terms);
  }

  /** A loss of a single term, which needs no name. */
  public static LossTerms single(Tensor loss) {
    return new LossTerms(List.of(new Term("loss", 1, loss)));
  }

  /** The loss, shape (). */
  public Tensor sum() {
    return terms.stream()
        .map(term -> term.weight() == 1 ? term.value() : term.value().mul(term.weight()))
        .reduce(Tensor::add)
        .orElseThrow();
  }

  /** The values of several terms by name; none for a loss of a single term. */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    if (terms.size() > 1) {
      terms.forEach(term -> values.put(term.name(), term.value().item()));
    }
    return values;
  }
}
