package io.adversight.evaluation.certificate;

import io.adversight.describe.Check;
import io.adversight.metric.numeric.NormalDistribution;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Classifier;
import io.adversight.run.Run;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Randomized smoothing (Cohen et al. 2019, section 3.2): the smoothed network says of an image the
 * class that the network most often says of it with normal noise, and is certified to say the same
 * within an L2 radius. Two stages: some draws choose the class, others bound its probability from
 * below (Clopper and Pearson). Noise is not cut to [0, 1].
 *
 * @param deviation sigma, standard deviation of the noise of a pixel in [0, 1]
 * @param selection draws that choose the class, n0
 * @param samples draws that bound its probability, n
 * @param alpha the probability that a certificate is wrong
 */
public record RandomizedSmoothing(double deviation, int selection, int samples, double alpha) {
  private static final int MOST = 10_000_000;

  public RandomizedSmoothing {
    Check.within(1e-4, 10, deviation, "deviation");
    Check.within(1, MOST, selection, "selection");
    Check.within(1, MOST, samples, "samples");
    Check.within(1e-9, 0.5, alpha, "alpha");
  }

  /** The paper's setting: 100 and 100,000 draws, alpha 0.001. */
  public RandomizedSmoothing(double deviation) {
    this(deviation, 100, 100_000, 0.001);
  }

  /**
   * What is certified of an image.
   *
   * @param candidate the class that the first stage chose
   * @param votes how often the second stage saw it
   * @param probability lower bound of its probability under noise
   * @param radius certified radius in L2; 0 where the smoothed network abstains
   */
  public record Result(int candidate, Proportion votes, double probability, double radius) {
    /** Whether the bound is not above 1/2, so that nothing is said of the image. */
    public boolean abstains() {
      return !(probability > 0.5);
    }

    /** Whether the smoothed network is certified to say {@code label} within {@code distance}. */
    public boolean holds(int label, double distance) {
      return !abstains() && candidate == label && radius >= distance;
    }
  }

  /**
   * Certifies an image (CERTIFY of the paper).
   *
   * @param pixels (1, C, H, W)
   * @param batch draws computed together; the result does not depend on it
   * @param run of size 1
   */
  public Result certify(Classifier classifier, Tensor pixels, int batch, Run run) {
    long[] chosen = counts(classifier, pixels, selection, batch, run, 0);
    int candidate = largest(chosen);
    long[] counted = counts(classifier, pixels, samples, batch, run, 1);
    Proportion votes = new Proportion(counted[candidate], samples);
    double probability = votes.lowerBound(alpha);
    double radius = probability > 0.5 ? deviation * NormalDistribution.quantile(probability) : 0;
    return new Result(candidate, votes, probability, radius);
  }

  /** How often each class is said of the image with noise. */
  private long[] counts(
      Classifier classifier, Tensor pixels, int count, int batch, Run run, long stage) {
    Rng source = run.rng(0).split(stage);
    long[] counts = new long[classifier.card().classes()];
    int size = (int) pixels.elements();
    for (int first = 0; first < count; first += batch) {
      run.checkCancelled();
      int some = Math.min(batch, count - first);
      float[] noise = new float[some * size];
      for (int i = 0; i < some; i++) {
        System.arraycopy(source.split(first + i).normal(size), 0, noise, i * size, size);
      }
      try (Scope scope = Scope.open();
          Gradients.Off off = Gradients.off()) {
        long[] shape = pixels.shape().toArray();
        shape[0] = some;
        Tensor noisy = pixels.add(Tensor.of(noise, shape).like(pixels).mul(deviation));
        for (long said : classifier.logits(noisy).argmax(1).toLongs()) {
          counts[(int) said]++;
        }
      }
    }
    return counts;
  }

  private static int largest(long[] counts) {
    return IntStream.range(0, counts.length)
        .reduce((a, b) -> counts[b] > counts[a] ? b : a)
        .orElseThrow();
  }
}
