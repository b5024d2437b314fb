package io.adversight.study.evaluation;

import io.adversight.attack.corruption.CommonCorruption;
import io.adversight.metric.numeric.Proportion;
import io.adversight.model.Prediction;
import io.adversight.run.Run;
import io.adversight.study.image.LabelledImages;
import io.adversight.tensor.Gradients;
import io.adversight.tensor.Rng;
import io.adversight.tensor.Scope;
import io.adversight.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * What one corruption leaves of a network's accuracy (Hendrycks and Dietterich 2019).
 *
 * @param type the corruption
 * @param images how many were corrupted: all
 * @param right how many were still classified right, at each severity
 */
public record CorruptionAccuracy(CommonCorruption.Type type, int images, List<Integer> right) {
  public CorruptionAccuracy {
    right = List.copyOf(right);
  }

  static CorruptionAccuracy of(
      CommonCorruption.Type type,
      EvaluationSpec spec,
      LabelledImages images,
      AtomicBoolean cancel) {
    List<Integer> right = new ArrayList<>();
    for (int severity = 1; severity <= CommonCorruption.SEVERITIES; severity++) {
      CommonCorruption corruption = new CommonCorruption(type, severity);
      int count = 0;
      for (int first = 0; first < images.size(); first += spec.batch()) {
        int end = Math.min(images.size(), first + spec.batch());
        count += right(corruption, spec, images, IntStream.range(first, end).toArray(), cancel);
      }
      right.add(count);
    }
    return new CorruptionAccuracy(type, images.size(), right);
  }

  private static int right(
      CommonCorruption corruption,
      EvaluationSpec spec,
      LabelledImages images,
      int[] batch,
      AtomicBoolean cancel) {
    try (Scope scope = Scope.open();
        Gradients.Off off = Gradients.off()) {
      Tensor pixels = images.batch(batch);
      Run run = Run.of(new Rng(spec.seed()), pixels).with(cancel);
      run.checkCancelled();
      List<Prediction> seen = images.classifier().predict(corruption.of(pixels, run));
      return (int)
          IntStream.range(0, batch.length)
              .filter(i -> seen.get(i).top() == images.label(batch[i]))
              .count();
    }
  }

  /** The accuracy at a severity from 1 on. */
  public Proportion at(int severity) {
    return new Proportion(right.get(severity - 1), images);
  }

  /** The accuracy over all severities. */
  public double mean() {
    return right.stream().mapToInt(i -> i).average().orElse(0) / images;
  }

  /** Whether it is one of the benchmark's fifteen. */
  boolean isCommon() {
    return type.family() != CommonCorruption.Family.GEOMETRY;
  }

  /** The mean accuracy over the benchmark's corruptions and severities. */
  public static double mean(List<CorruptionAccuracy> all) {
    return all.stream()
        .filter(CorruptionAccuracy::isCommon)
        .mapToDouble(CorruptionAccuracy::mean)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The mean corruption error: for each of the benchmark's corruptions the sum of errors over the
   * severities, divided by that of a reference; the mean of these ratios. Corruptions under which
   * the reference makes no error do not count; empty if there are no others.
   */
  public static OptionalDouble error(
      List<CorruptionAccuracy> all, List<CorruptionAccuracy> reference) {
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).isCommon() && reference.get(i).mean() < 1)
        .mapToDouble(i -> (1 - all.get(i).mean()) / (1 - reference.get(i).mean()))
        .average();
  }
}
