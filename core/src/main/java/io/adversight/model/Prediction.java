package io.adversight.model;

import io.adversight.graph.ModelFormatException;
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
 * @param probabilities their softmax; for independent classes the sigmoid of each
 */
public record Prediction(List<Double> logits, List<Double> probabilities) {
  public Prediction {
    logits = List.copyOf(logits);
    probabilities = List.copyOf(probabilities);
  }

  /**
   * What a network says of a batch.
   *
   * @param logits (N, classes)
   * @param card of the network
   * @throws ModelFormatException if they are not finite, naming the network
   */
  public static List<Prediction> of(Tensor logits, ModelCard card) {
    return of(logits, card.name(), card.output().isMultiLabel());
  }

  /**
   * The predictions of a batch of logits, (N, classes), of classes that exclude each other.
   *
   * @throws ModelFormatException if they are not finite
   */
  public static List<Prediction> of(Tensor logits) {
    return of(logits, "the network", false);
  }

  private static List<Prediction> of(Tensor logits, String network, boolean sigmoid) {
    int classes = (int) logits.size(1);
    double[] scores = logits.toDoubles();
    List<Prediction> predictions = new ArrayList<>();
    if (!Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new ModelFormatException(
          network,
          "its outputs are not finite numbers (NaN or infinite): its weights or its preprocessing"
              + " are wrong");
    }
    for (int i = 0; i < logits.size(0); i++) {
      double[] row = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
      predictions.add(sigmoid ? independent(row) : of(row));
    }
    return predictions;
  }

  private static Prediction independent(double[] logits) {
    return new Prediction(
        Arrays.stream(logits).boxed().toList(),
        Arrays.stream(logits).map(z -> 1 / (1 + Math.exp(-z))).boxed().toList());
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

  /**
   * z_c - log of the sum of exp(z) over all other classes, for classes that exclude each other: it
   * orders images as the probability of the class does, without its saturation.
   */
  public double logOdds(int index) {
    double[] others =
        IntStream.range(0, logits.size())
            .filter(i -> i != index)
            .mapToDouble(logits::get)
            .toArray();
    double largest = Arrays.stream(others).max().orElse(0);
    double sum = Arrays.stream(others).map(z -> Math.exp(z - largest)).sum();
    return logits.get(index) - largest - Math.log(sum);
  }
}
