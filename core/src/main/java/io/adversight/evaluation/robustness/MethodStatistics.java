package io.adversight.evaluation.robustness;

import io.adversight.evaluation.robustness.TypeOneResult.Method;
import io.adversight.evaluation.robustness.TypeOneResult.Outcome;
import io.adversight.metric.numeric.Proportion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What one method made of many images.
 *
 * @param kept the attacked network predicts the label
 * @param seen most oracles predict the target
 * @param success both
 * @param agreed the attacked network predicts the label and all oracles the target
 * @param pixelDistance mean L2 distance from the original
 * @param latentDistance mean L2 distance of the codes
 * @param mapSimilarity mean similarity of the explanation to the original's
 * @param mapOfSuccesses the same mean over successes; NaN without any
 */
public record MethodStatistics(
    Method method,
    Proportion kept,
    Proportion seen,
    Proportion success,
    Proportion agreed,
    double pixelDistance,
    double latentDistance,
    double mapSimilarity,
    double mapOfSuccesses) {
  /**
   * The statistics of every method, in their order.
   *
   * @param oracles how many there are
   */
  public static List<MethodStatistics> of(Collection<TypeOneResult> results, int oracles) {
    List<MethodStatistics> all = new ArrayList<>();
    for (Method method : Method.values()) {
      List<Outcome> own = results.stream().map(result -> result.of(method)).toList();
      all.add(
          new MethodStatistics(
              method,
              share(own, Outcome::kept),
              share(own, Outcome::seen),
              share(own, Outcome::succeeds),
              share(own, outcome -> outcome.kept() && outcome.votes() == oracles),
              mean(own, Outcome::pixelDistance),
              mean(own, Outcome::latentDistance),
              mean(own, Outcome::mapSimilarity),
              mean(own.stream().filter(Outcome::succeeds).toList(), Outcome::mapSimilarity)));
    }
    return all;
  }

  /**
   * The share of images for which something holds, by label and target; NaN where there is none.
   *
   * @return one list per label, with a value per target
   */
  public static List<List<Double>> byPair(
      Collection<TypeOneResult> results, int classes, Predicate<TypeOneResult> holds) {
    long[][] all = new long[classes][classes];
    long[][] held = new long[classes][classes];
    for (TypeOneResult result : results) {
      all[result.label()][result.target()]++;
      held[result.label()][result.target()] += holds.test(result) ? 1 : 0;
    }
    List<List<Double>> rows = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      List<Double> row = new ArrayList<>();
      for (int target = 0; target < classes; target++) {
        row.add(
            all[label][target] == 0
                ? Double.NaN
                : (double) held[label][target] / all[label][target]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Proportion share(List<Outcome> outcomes, Predicate<Outcome> holds) {
    return new Proportion(outcomes.stream().filter(holds).count(), outcomes.size());
  }

  private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
    return outcomes.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
