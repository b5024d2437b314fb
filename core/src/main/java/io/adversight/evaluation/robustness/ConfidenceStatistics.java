package io.adversight.evaluation.robustness;

import io.adversight.model.Prediction;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How sure a network is of many images, such as noise, and of what.
 *
 * @param images how many
 * @param mean of the largest probabilities
 * @param median of the largest probabilities
 * @param largest of all
 * @param aboveHalf share of images with a probability of at least 0.5
 * @param aboveNine share of images with a probability of at least 0.9
 * @param classes how often each class was the likeliest, most frequent first
 */
public record ConfidenceStatistics(
    int images,
    double mean,
    double median,
    double largest,
    double aboveHalf,
    double aboveNine,
    Map<Integer, Integer> classes) {
  public ConfidenceStatistics {
    classes = new LinkedHashMap<>(classes);
  }

  /**
   * The statistics of some predictions.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ConfidenceStatistics of(List<Prediction> predictions) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("statistics need at least one prediction");
    }
    double[] tops =
        predictions.stream().mapToDouble(p -> p.probability(p.top())).sorted().toArray();
    Map<Integer, Integer> counts = new TreeMap<>();
    predictions.forEach(p -> counts.merge(p.top(), 1, Integer::sum));
    Map<Integer, Integer> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    int n = tops.length;
    double sum = 0;
    int half = 0;
    int nine = 0;
    for (double top : tops) {
      sum += top;
      half += top >= 0.5 ? 1 : 0;
      nine += top >= 0.9 ? 1 : 0;
    }
    return new ConfidenceStatistics(
        n,
        sum / n,
        (tops[(n - 1) / 2] + tops[n / 2]) / 2,
        tops[n - 1],
        (double) half / n,
        (double) nine / n,
        ordered);
  }

  /** How often each class was the likeliest, most frequent first. */
  @Override
  public Map<Integer, Integer> classes() {
    return new LinkedHashMap<>(classes);
  }
}
