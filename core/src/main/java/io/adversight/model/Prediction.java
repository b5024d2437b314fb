package io.adversight.model;

import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says of one image.
 *
 * @param logits one per class
 * @param probabilities their softmax
 */
public record Prediction(List<Double> logits, List<Double> probabilities) {
  public Prediction {
    logits = List.copyOf(logits);
    probabilities = List.copyOf(probabilities);
  }

  /** The predictions of a batch of logits, (N, classes). */
  public static List<Prediction> of(Tensor logits) {
    int classes = (int) logits.size(1);
    double[] scores = logits.toDoubles();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < logits.size(0); i++) {
      predictions.add(of(Arrays.copyOfRange(scores, i * classes, (i + 1) * classes)));
    }
    return predictions;
  }

  private static Prediction of(double[] logits) {
    double max = Arrays.stream(logits).max().orElse(0);
    double[] exponentials = Arrays.stream(logits).map(z -> Math.exp(z - max)).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return new Prediction(
        Arrays.stream(logits).boxed().toList(),
        Arrays.stream(exponentials).map(e -> e / sum).boxed().toList());
  }

  /** The class with the largest logit; the first of ties. */
  public int top() {
    return top(1).get(0);
  }

  /** The {@code k} classes with the largest logits, largest first. */
  public List<Integer> top(int k) {
    return IntStream.range(0, logits.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -logits.get(i)))
        .limit(k)
        .toList();
  }

  /** The probability of a class. */
  public double probability(int index) {
    return probabilities.get(index);
  }
}
